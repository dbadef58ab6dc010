"""The staff door: the rule as a table, then the door of the running site."""

import pytest
from allauth.account.internal.userkit import user_id_to_str
from django.urls import reverse

from accounts.models import Role
from accounts.second_factor import Area, Door, area_of, door_for, is_verified
from tests.factories.accounts import MembershipFactory, SignedInClient, UserFactory, someone

ADMIN, SPACE = Area.ADMIN, Area.WORKSPACE


@pytest.mark.parametrize(
    ("area", "signed_in", "is_staff", "may_enter_admin", "has_factor", "verified", "expected"),
    [
        (SPACE, False, False, False, False, False, Door.SIGN_IN),
        (ADMIN, False, False, False, False, False, Door.SIGN_IN),
        (SPACE, True, False, False, False, False, Door.OPEN),
        (ADMIN, True, False, False, False, False, Door.REFUSED),
        (ADMIN, True, True, False, True, True, Door.REFUSED),
        (SPACE, True, True, False, False, False, Door.SET_UP),
        (SPACE, True, True, False, True, False, Door.VERIFY),
        (SPACE, True, True, False, True, True, Door.OPEN),
        (ADMIN, True, True, True, False, False, Door.SET_UP),
        (ADMIN, True, True, True, True, False, Door.VERIFY),
        (ADMIN, True, True, True, True, True, Door.OPEN),
    ],
)
def test_door(
    area: Area,
    signed_in: bool,
    is_staff: bool,
    may_enter_admin: bool,
    has_factor: bool,
    verified: bool,
    expected: Door,
) -> None:
    door = door_for(
        area,
        signed_in=signed_in,
        is_staff=is_staff,
        may_enter_admin=may_enter_admin,
        has_factor=has_factor,
        verified=verified,
    )
    assert door is expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/espace/", SPACE),
        ("/espace", SPACE),
        ("/en/espace/consultations/", SPACE),
        ("/gestion/pages/", ADMIN),
        ("/gestionnaire/", None),
        ("/", None),
        ("/participer/espace/", None),
        ("/de/espace/", None),
    ],
)
def test_area_of_an_address(path: str, expected: Area | None) -> None:
    assert area_of(path, ("fr", "en")) is expected


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([], False),
        ([{"method": "password"}, {"method": "code"}], False),
        ([{"method": "code"}, {"method": "mfa", "type": "totp"}], True),
        ([{"method": "mfa", "type": "webauthn", "passwordless": True}], True),
    ],
)
def test_what_counts_as_a_second_factor(records: list[dict[str, object]], expected: bool) -> None:
    assert is_verified(records) is expected


@pytest.mark.django_db
class TestDoorOfTheSite:
    def test_anonymous_visitors_sign_in_first(self, client: SignedInClient) -> None:
        response = client.get("/gestion/")
        assert response.status_code == 302
        assert response["Location"] == reverse("account_login") + "?next=/gestion/"

    def test_staff_without_a_factor_are_told_how_to_set_one_up(self, client: SignedInClient) -> None:
        client.force_login(someone(Role.EDITOR), second_factor=False)
        assert client.get("/gestion/")["Location"].startswith(reverse("accounts:second_factor"))

    def test_staff_with_a_factor_not_proved_in_this_session_prove_it(self, client: SignedInClient) -> None:
        user = UserFactory(totp=True)
        MembershipFactory(user=user, role=Role.EDITOR)
        client.force_login(user, second_factor=False)
        assert client.get("/gestion/")["Location"].startswith(reverse("mfa_reauthenticate"))

    def test_staff_with_a_factor_proved_enter(self, client: SignedInClient) -> None:
        client.force_login(someone(Role.EDITOR))
        assert client.get("/gestion/").status_code == 200

    @pytest.mark.parametrize("role", [None, Role.MEMBER, Role.ORGANISER])
    def test_others_are_refused_the_admin_without_a_loop(
        self, client: SignedInClient, role: Role | None
    ) -> None:
        client.force_login(someone(role))
        assert client.get("/gestion/").status_code == 403

    def test_a_role_that_ended_closes_the_admin_at_once(self, client: SignedInClient) -> None:
        user = someone(Role.EDITOR)
        client.force_login(user)
        assert client.get("/gestion/").status_code == 200
        user.memberships.update(withdrawn_at="2026-01-01T00:00Z")
        assert client.get("/gestion/").status_code == 403

    def test_the_records_of_another_person_prove_nothing(self, client: SignedInClient) -> None:
        first, second = someone(Role.EDITOR), someone(Role.EDITOR)
        client.force_login(first)
        session = client.session
        methods, owner = session["account_authentication_methods"], user_id_to_str(first)
        client.force_login(second, second_factor=False)
        session = client.session
        session["account_authentication_methods"] = methods
        session["account_authentication_methods_user"] = owner
        session.save()
        assert client.get("/gestion/").status_code == 302
