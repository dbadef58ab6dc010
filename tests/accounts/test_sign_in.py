"""Signing in, as people do it: by code, by password with a second factor, and what goes wrong."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import override_settings
from django.urls import reverse

from accounts.adapters import anonymous_sender
from accounts.models import Role, User
from tests.factories.accounts import (
    PASSWORD,
    TOTP_SECRET,
    MembershipFactory,
    SignedInClient,
    UserFactory,
)

pytestmark = pytest.mark.django_db
LOGIN, CODE, CONFIRM = "account_login", "account_request_login_code", "account_confirm_login_code"


def last_code() -> str:
    """The code in the latest e-mail."""
    return re.search(r"\d{4}-\d{4}", mail.outbox[-1].body)[0]  # type: ignore[index]


def totp_now() -> str:
    return format_hotp_value(hotp_value(TOTP_SECRET, int(time.time()) // 30))


def signed_in_as(client: SignedInClient) -> str | None:
    pk = client.session.get("_auth_user_id")
    return User.objects.get(pk=pk).email if pk else None


class TestByCode:
    def test_the_code_signs_in_and_leads_to_the_wanted_page(self, client: SignedInClient) -> None:
        user = UserFactory()
        wanted = f"{reverse(CODE)}?next=/compte/mes-donnees/"
        assert client.post(wanted, {"email": user.email, "next": "/compte/mes-donnees/"}).status_code == 302
        response = client.post(reverse(CONFIRM), {"code": last_code(), "next": "/compte/mes-donnees/"})
        assert response["Location"] == "/compte/mes-donnees/"
        assert signed_in_as(client) == user.email

    def test_a_wrong_code_is_said_and_can_be_corrected(self, client: SignedInClient) -> None:
        user = UserFactory()
        client.post(reverse(CODE), {"email": user.email})
        code = last_code()
        page = client.post(reverse(CONFIRM), {"code": "0000-0000"})
        assert page.status_code == 422
        assert "error-summary" in page.content.decode()
        client.post(reverse(CONFIRM), {"code": code})
        assert signed_in_as(client) == user.email

    def test_five_wrong_codes_end_the_attempt(self, client: SignedInClient) -> None:
        client.post(reverse(CODE), {"email": UserFactory().email})
        code = last_code()
        for _ in range(5):
            client.post(reverse(CONFIRM), {"code": "0000-0000"})
        client.post(reverse(CONFIRM), {"code": code})
        assert signed_in_as(client) is None

    def test_an_expired_code_is_refused(
        self, client: SignedInClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client.post(reverse(CODE), {"email": UserFactory().email})
        code, now = last_code(), time.time()
        monkeypatch.setattr(time, "time", lambda: now + 16 * 60)
        client.post(reverse(CONFIRM), {"code": code})
        assert signed_in_as(client) is None

    def test_an_unknown_address_looks_the_same(self, client: SignedInClient) -> None:
        known = client.post(reverse(CODE), {"email": UserFactory().email})
        other = SignedInClient().post(reverse(CODE), {"email": "inconnue@example.org"})
        assert (known.status_code, known["Location"]) == (other.status_code, other["Location"])
        assert not re.search(r"\d{4}-\d{4}", mail.outbox[-1].body)

    def test_asking_too_often_for_one_address_is_slowed_down(self) -> None:
        fields = {"email": UserFactory().email}
        answers = [SignedInClient().post(reverse(CODE), fields) for _ in range(4)]
        assert [answer.status_code for answer in answers[:3]] == [302, 302, 302]
        assert "Trop" in answers[3].content.decode()
        assert len(mail.outbox) == 3

    def test_a_flood_from_one_place_answers_429_in_french(self, client: SignedInClient) -> None:
        with override_settings(ACCOUNT_RATE_LIMITS={"login": "2/m/ip"}):
            pages = [client.post(reverse(LOGIN), {"login": "a@b.fr", "password": "x"}) for _ in range(3)]
        assert pages[2].status_code == 429
        assert "Retry-After" in pages[2]
        assert "Réessayez" in pages[2].content.decode()

    def test_a_room_behind_one_address_is_not_blocked(self, client: SignedInClient) -> None:
        people = UserFactory.create_batch(40)
        answers = {SignedInClient().post(reverse(CODE), {"email": p.email}).status_code for p in people}
        assert answers == {302}

    def test_a_code_proves_the_address_of_someone_invited(self, client: SignedInClient) -> None:
        user = User.objects.create_user("invitee@example.org")
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
        client.post(reverse(CODE), {"email": user.email})
        client.post(reverse(CONFIRM), {"code": last_code()})
        assert signed_in_as(client) == user.email
        assert EmailAddress.objects.get(user=user).verified


class TestByPassword:
    @pytest.fixture
    def editor(self) -> User:
        user = UserFactory(totp=True)
        user.set_password(PASSWORD)
        user.save()
        MembershipFactory(user=user, role=Role.EDITOR)
        return user

    def test_the_second_factor_is_asked_then_the_admin_opens(
        self, client: SignedInClient, editor: User
    ) -> None:
        response = client.post(reverse(LOGIN), {"login": editor.email, "password": PASSWORD})
        assert response["Location"].startswith(reverse("mfa_authenticate"))
        assert signed_in_as(client) is None
        client.post(reverse("mfa_authenticate"), {"code": totp_now()})
        assert signed_in_as(client) == editor.email
        assert client.get("/gestion/").status_code == 200

    def test_the_session_changes_when_signing_in(self, client: SignedInClient, editor: User) -> None:
        client.post(reverse(LOGIN), {"login": editor.email, "password": PASSWORD})
        before = client.session.session_key
        client.post(reverse("mfa_authenticate"), {"code": totp_now()})
        assert client.session.session_key != before

    def test_a_code_used_once_does_not_open_twice(self, client: SignedInClient, editor: User) -> None:
        code = totp_now()
        for browser in (client, SignedInClient()):
            browser.post(reverse(LOGIN), {"login": editor.email, "password": PASSWORD})
            browser.post(reverse("mfa_authenticate"), {"code": code})
        assert signed_in_as(client) == editor.email
        assert signed_in_as(browser) is None

    def test_wrong_passwords_are_slowed_down_in_french(self, client: SignedInClient, editor: User) -> None:
        for _ in range(5):
            page = client.post(reverse(LOGIN), {"login": editor.email, "password": "non"})
        page = client.post(reverse(LOGIN), {"login": editor.email, "password": PASSWORD})
        assert signed_in_as(client) is None
        assert "Trop" in page.content.decode()
        assert editor.email in page.content.decode()

    def test_an_unknown_address_is_told_the_same(self, client: SignedInClient, editor: User) -> None:
        def said(address: str) -> list[str]:
            page = SignedInClient().post(reverse(LOGIN), {"login": address, "password": "non"})
            return re.findall(r"<li>(.*?)</li>", page.content.decode().split("error-summary-title")[1])[:1]

        assert said(editor.email) == said("inconnue@example.org")


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_a_forged_next_address_is_not_followed(client: SignedInClient, wanted: str) -> None:
    user = UserFactory()
    client.post(reverse(CODE), {"email": user.email, "next": wanted})
    response = client.post(reverse(CONFIRM), {"code": last_code(), "next": wanted})
    assert response["Location"] == "/compte/"
    page = client.get(reverse("accounts:second_factor"), {"next": wanted}).content.decode()
    assert "evil.example" not in page


@pytest.mark.parametrize("name", [LOGIN, CODE, "account_signup", "account_reset_password", "account_logout"])
def test_a_post_without_the_form_token_is_refused(name: str) -> None:
    assert (
        SignedInClient(enforce_csrf_checks=True).post(reverse(name), {"email": "a@b.fr"}).status_code == 403
    )


class TestSignUp:
    def test_an_address_is_enough_and_proved_by_code(self, client: SignedInClient) -> None:
        response = client.post(reverse("account_signup"), {"email": "Nouveau@Example.org"})
        assert response.status_code == 302
        client.post(reverse("account_email_verification_sent"), {"code": last_code()})
        user = User.objects.get(email="nouveau@example.org")
        assert not user.has_usable_password()
        assert signed_in_as(client) == user.email

    def test_an_address_already_known_looks_the_same(self, client: SignedInClient) -> None:
        known = UserFactory()
        first = client.post(reverse("account_signup"), {"email": known.email})
        second = SignedInClient().post(reverse("account_signup"), {"email": "autre@example.org"})
        assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
        assert User.objects.filter(email=known.email).count() == 1


def test_a_password_is_reset_by_code(client: SignedInClient) -> None:
    user = UserFactory()
    client.post(reverse("account_reset_password"), {"email": user.email})
    client.post(reverse("account_confirm_password_reset_code"), {"code": last_code()})
    fields = {"password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_complete_password_reset"), fields)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("address", "same", "expected"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
    ],
)
def test_counters_keep_no_address(address: str, same: str, expected: bool) -> None:
    name = anonymous_sender(address, day="2026-11-21")
    assert address not in name
    assert (anonymous_sender(same, day="2026-11-21") == name) is expected
    assert anonymous_sender(address, day="2026-11-22") != name
