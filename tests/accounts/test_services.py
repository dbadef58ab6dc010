"""What each write about people guarantees and refuses."""

import datetime

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts import services
from accounts.models import Membership, Role, User
from accounts.permissions import has_role
from core.models import AuditEntry
from tests.factories.accounts import MembershipFactory, TerritoryFactory, UserFactory, someone

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
DAY = datetime.timedelta(days=1)


@pytest.fixture
def administrator() -> User:
    return someone(Role.ADMINISTRATOR)


def groups(user: User) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


class TestGrantMembership:
    def test_the_role_counts_at_once_and_is_audited(self, administrator: User) -> None:
        user = UserFactory()
        membership = services.grant_membership(
            actor=administrator, user=user, role=Role.EDITOR, territory=TerritoryFactory(), starts_on=TODAY()
        )
        assert has_role(user, Role.EDITOR)
        assert groups(user) == {"Editors"}
        entry = AuditEntry.objects.get(verb="membership_granted")
        assert (entry.actor, entry.target_id) == (administrator, str(membership.pk))

    @pytest.mark.parametrize("role", [None, Role.ORGANISER, Role.DPO, Role.PUBLISHER])
    def test_only_administrators_grant(self, role: Role | None) -> None:
        with pytest.raises(PermissionDenied):
            services.grant_membership(
                actor=someone(role),
                user=UserFactory(),
                role=Role.ADMINISTRATOR,
                territory=TerritoryFactory(),
                starts_on=TODAY(),
            )
        assert not Membership.objects.filter(role=Role.ADMINISTRATOR).exists()

    def test_a_place_is_needed(self, administrator: User) -> None:
        with pytest.raises(ValidationError, match="territoire ou une organisation"):
            services.grant_membership(
                actor=administrator, user=UserFactory(), role=Role.EDITOR, starts_on=TODAY()
            )

    def test_the_last_day_does_not_come_before_the_first(self, administrator: User) -> None:
        with pytest.raises(ValidationError):
            services.grant_membership(
                actor=administrator,
                user=UserFactory(),
                role=Role.EDITOR,
                territory=TerritoryFactory(),
                starts_on=TODAY(),
                ends_on=TODAY() - DAY,
            )

    @pytest.mark.parametrize(
        ("starts", "ends", "refused"),
        [(0, None, True), (-60, -30, True), (-60, -31, False), (31, None, True)],
        ids=["now", "touching the first day", "before", "after, while the first has no end"],
    )
    def test_the_same_role_is_not_held_twice_on_a_day(
        self, administrator: User, starts: int, ends: int | None, refused: bool
    ) -> None:
        held = MembershipFactory(role=Role.EDITOR)

        def grant() -> Membership:
            return services.grant_membership(
                actor=administrator,
                user=held.user,
                role=Role.EDITOR,
                territory=held.territory,
                starts_on=TODAY() + starts * DAY,
                ends_on=None if ends is None else TODAY() + ends * DAY,
            )

        if refused:
            with pytest.raises(ValidationError, match="déjà"):
                grant()
        else:
            assert grant().pk

    def test_a_closed_account_gets_no_role(self, administrator: User) -> None:
        with pytest.raises(ValidationError, match="fermé"):
            services.grant_membership(
                actor=administrator,
                user=UserFactory(erased=True),
                role=Role.EDITOR,
                territory=TerritoryFactory(),
                starts_on=TODAY(),
            )


class TestEndMembership:
    def test_at_once_takes_the_rights_away_and_keeps_the_row(self, administrator: User) -> None:
        membership = MembershipFactory(role=Role.PUBLISHER)
        services.sync_wagtail_groups(membership.user)
        services.end_membership(actor=administrator, membership=membership)
        user = User.objects.get(pk=membership.user_id)
        assert not has_role(user, Role.PUBLISHER)
        assert groups(user) == set()
        assert Membership.objects.get(pk=membership.pk).withdrawn_at is not None

    def test_after_a_day_the_role_lasts_until_that_day(self, administrator: User) -> None:
        membership = MembershipFactory(role=Role.PUBLISHER)
        services.end_membership(actor=administrator, membership=membership, ends_on=TODAY() + DAY)
        active = Membership.objects.filter(pk=membership.pk).active_on
        assert active(TODAY() + DAY).exists()
        assert not active(TODAY() + 2 * DAY).exists()

    def test_a_role_already_ended_is_not_ended_twice(self, administrator: User) -> None:
        with pytest.raises(ValidationError, match="déjà terminé"):
            services.end_membership(actor=administrator, membership=MembershipFactory(expired=True))

    def test_a_past_day_is_refused(self, administrator: User) -> None:
        with pytest.raises(ValidationError):
            services.end_membership(
                actor=administrator, membership=MembershipFactory(), ends_on=TODAY() - DAY
            )

    def test_the_last_administrator_stays(self, administrator: User) -> None:
        with pytest.raises(ValidationError, match="dernier"):
            services.end_membership(actor=administrator, membership=administrator.memberships.get())

    @pytest.mark.parametrize("other", ["temporary", "closed"])
    def test_an_administrator_for_a_time_or_closed_does_not_count(
        self, administrator: User, other: str
    ) -> None:
        second = UserFactory(is_active=other != "closed")
        ends_on = TODAY() + DAY if other == "temporary" else None
        MembershipFactory(user=second, role=Role.ADMINISTRATOR, ends_on=ends_on)
        with pytest.raises(ValidationError, match="dernier"):
            services.end_membership(actor=administrator, membership=administrator.memberships.get())

    def test_another_lasting_administrator_is_enough(self, administrator: User) -> None:
        someone(Role.ADMINISTRATOR)
        assert services.end_membership(actor=administrator, membership=administrator.memberships.get())


class TestWagtailGroups:
    @pytest.mark.parametrize(
        ("role", "traits", "expected"),
        [
            (Role.EDITOR, {}, {"Editors"}),
            (Role.PUBLISHER, {}, {"Moderators"}),
            (Role.ADMINISTRATOR, {}, {"Moderators"}),
            (Role.ORGANISER, {}, set()),
            (Role.EDITOR, {"expired": True}, set()),
            (Role.EDITOR, {"to_come": True}, set()),
        ],
    )
    def test_groups_are_those_of_the_roles_in_force(
        self, role: Role, traits: dict[str, bool], expected: set[str]
    ) -> None:
        user = someone(role, **traits)
        services.sync_wagtail_groups(user)
        assert groups(user) == expected

    def test_other_groups_are_left_alone_and_stale_ones_removed(self) -> None:
        user = UserFactory()
        kept, _created = Group.objects.get_or_create(name="Relecteurs de la chaîne")
        user.groups.add(kept, Group.objects.get(name="Editors"))
        services.sync_wagtail_groups(user)
        assert groups(user) == {kept.name}


def test_the_tick_closes_the_rights_of_roles_that_ended() -> None:
    kept, ended = someone(Role.EDITOR), someone(Role.EDITOR, expired=True)
    for user in (kept, ended):
        user.groups.add(Group.objects.get(name="Editors"))
    assert services.close_expired_rights() == 1
    assert (groups(kept), groups(ended)) == ({"Editors"}, set())
    assert services.close_expired_rights() == 0


class TestInviteUser:
    def invite(self, administrator: User, email: str) -> Membership:
        return services.invite_user(
            actor=administrator,
            email=email,
            role=Role.ORGANISER,
            territory=TerritoryFactory(),
            starts_on=TODAY(),
        )

    def test_a_new_person_gets_an_account_and_a_letter_without_a_secret(
        self, administrator: User, django_capture_on_commit_callbacks: object
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            membership = self.invite(administrator, "Nouvelle@Example.org ")
        assert membership.user.email == "nouvelle@example.org"
        assert not membership.user.has_usable_password()
        (letter,) = mail.outbox
        assert letter.to == ["nouvelle@example.org"]
        assert "/compte/login/code/" in letter.body

    def test_a_known_person_keeps_their_account(self, administrator: User) -> None:
        known = UserFactory()
        assert self.invite(administrator, known.email.upper()).user == known

    def test_an_incomplete_address_is_refused(self, administrator: User) -> None:
        with pytest.raises(ValidationError, match="adresse complète"):
            self.invite(administrator, "sans arobase")

    def test_others_may_not_invite(self) -> None:
        with pytest.raises(PermissionDenied):
            self.invite(someone(Role.ORGANISER), "a@example.org")
        assert not User.objects.filter(email="a@example.org").exists()


class TestConsents:
    def test_the_exact_wording_is_kept_with_both_dates(self) -> None:
        user = UserFactory()
        consent = services.give_consent(actor=user, user=user, purpose="news")
        assert consent.wording.startswith("J’accepte de recevoir")
        services.withdraw_consent(actor=user, consent=consent)
        assert user.consents.get().withdrawn_at is not None
        assert not user.consents.in_force().exists()

    def test_agreeing_twice_changes_nothing(self) -> None:
        user = UserFactory()
        first = services.give_consent(actor=user, user=user, purpose="news")
        assert services.give_consent(actor=user, user=user, purpose="news") == first

    def test_a_new_version_replaces_the_former(self) -> None:
        user = UserFactory()
        services.give_consent(actor=user, user=user, purpose="news")
        user.consents.update(wording_version="0")
        services.give_consent(actor=user, user=user, purpose="news")
        assert [c.wording_version for c in user.consents.in_force()] == ["1"]
        assert user.consents.count() == 2

    def test_nobody_agrees_for_someone_else(self) -> None:
        with pytest.raises(PermissionDenied):
            services.give_consent(actor=someone(Role.ADMINISTRATOR), user=UserFactory(), purpose="news")

    def test_an_unknown_purpose_is_refused(self) -> None:
        user = UserFactory()
        with pytest.raises(ValidationError):
            services.give_consent(actor=user, user=user, purpose="publicite")


class TestPersonalData:
    def test_the_export_holds_what_we_hold_and_no_secret(self) -> None:
        user = UserFactory(totp=True, display_name="Aidante")
        MembershipFactory(user=user)
        services.give_consent(actor=user, user=user, purpose="news")
        data = services.export_personal_data(actor=user, user=user)
        assert data["account"]["email"] == user.email
        assert data["account"]["roles"][0]["role"] == Role.ORGANISER
        assert data["account"]["agreements"][0]["wording"].startswith("J’accepte")
        assert [action["verb"] for action in data["actions"]][-1] == "consent_given"
        assert "secret" not in str(data).lower().replace("secretary", "")

    def test_others_do_not_export(self) -> None:
        with pytest.raises(PermissionDenied):
            services.export_personal_data(actor=someone(Role.ADMINISTRATOR), user=UserFactory())

    def test_erasing_removes_what_identifies_and_keeps_roles_and_log(self) -> None:
        user = UserFactory(totp=True, display_name="Aidante de Fumel")
        email = user.email
        MembershipFactory(user=user, role=Role.EDITOR)
        services.sync_wagtail_groups(user)
        services.give_consent(actor=user, user=user, purpose="news")
        erased = services.erase_account(actor=user, user=user)
        assert erased.is_erased
        assert not erased.is_active
        assert not erased.has_usable_password()
        assert groups(erased) == set()
        assert not EmailAddress.objects.filter(user=user).exists()
        assert not Authenticator.objects.filter(user=user).exists()
        assert not user.consents.in_force().exists()
        membership = user.memberships.get()
        assert membership.role == Role.EDITOR
        assert membership.withdrawn_at
        everything = [*AuditEntry.objects.values(), *User.objects.values(), *Membership.objects.values()]
        assert email not in str(everything)
        assert "Aidante de Fumel" not in str(everything)
        assert AuditEntry.objects.filter(actor=user, verb="consent_given").exists()

    def test_erasing_the_last_administrator_is_refused(self, administrator: User) -> None:
        with pytest.raises(ValidationError, match="dernier"):
            services.erase_account(actor=administrator, user=administrator)
        administrator.refresh_from_db()
        assert not administrator.is_erased

    def test_the_same_address_may_come_back_as_a_new_person(self, administrator: User) -> None:
        user = UserFactory(email="retour@example.org")
        services.erase_account(actor=user, user=user)
        assert User.objects.create_user("retour@example.org").pk != user.pk
