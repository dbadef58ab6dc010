"""Who may do what with people and roles: one table of actors and states."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts import permissions
from accounts.backends import grants
from accounts.models import STAFF_ROLES, Role, User
from tests.factories.accounts import UserFactory, someone

pytestmark = pytest.mark.django_db

ACTORS: dict[str, Callable[[], User | AnonymousUser]] = {
    "anonymous": AnonymousUser,
    "resident": someone,
    "council member": lambda: someone(Role.MEMBER),
    "organiser": lambda: someone(Role.ORGANISER),
    "editor": lambda: someone(Role.EDITOR),
    "publisher": lambda: someone(Role.PUBLISHER),
    "dpo": lambda: someone(Role.DPO),
    "administrator": lambda: someone(Role.ADMINISTRATOR),
    "expired administrator": lambda: someone(Role.ADMINISTRATOR, expired=True),
    "administrator to come": lambda: someone(Role.ADMINISTRATOR, to_come=True),
    "withdrawn administrator": lambda: someone(Role.ADMINISTRATOR, withdrawn=True),
    "superuser": lambda: UserFactory(is_superuser=True),
    "closed superuser": lambda: UserFactory(is_superuser=True, is_active=False),
}
ALLOWED = {
    "is_staff_member": {"organiser", "editor", "publisher", "dpo", "administrator", "superuser"},
    "can_enter_admin": {"editor", "publisher", "dpo", "administrator", "superuser"},
    "can_manage_memberships": {"administrator", "superuser"},
    "can_view_people": {"dpo", "administrator", "superuser"},
    "can_read_audit": {"dpo", "administrator", "superuser"},
    "can_read_processing_register": {"dpo", "administrator", "superuser"},
}


@pytest.mark.parametrize("verb", ALLOWED)
@pytest.mark.parametrize("actor", ACTORS)
def test_may_follows_the_role_in_force_today(actor: str, verb: str) -> None:
    assert getattr(permissions, verb)(ACTORS[actor]()) is (actor in ALLOWED[verb])


@pytest.mark.parametrize(
    ("actor", "of", "expected"),
    [
        ("resident", "self", True),
        ("resident", "other", False),
        ("administrator", "other", False),
        ("dpo", "other", True),
        ("anonymous", "other", False),
        ("dpo", "erased", False),
    ],
)
def test_erasing_is_for_oneself_or_the_dpo(actor: str, of: str, expected: bool) -> None:
    user = ACTORS[actor]()
    person = {"self": lambda: user, "other": UserFactory, "erased": lambda: UserFactory(erased=True)}[of]()
    assert permissions.can_erase_account(user, person) is expected


def test_every_staff_role_is_staff_and_no_other() -> None:
    staff = {role for role in Role if permissions.is_staff_member(someone(role))}
    assert staff == STAFF_ROLES


@pytest.mark.parametrize(
    ("permission", "enters", "administers", "expected"),
    [
        ("wagtailadmin.access_admin", False, False, False),
        ("wagtailadmin.access_admin", True, False, True),
        ("needs.change_need", True, False, False),
        ("needs.change_need", True, True, True),
        ("accounts.change_user", True, True, False),
        ("accounts.delete_membership", True, True, False),
        ("auth.change_group", True, True, False),
        ("core.delete_auditentry", True, True, False),
        ("core.view_auditentry", True, True, True),
    ],
)
def test_wagtail_permissions_seal_people_and_the_log(
    permission: str, enters: bool, administers: bool, expected: bool
) -> None:
    assert grants(administers=administers, enters_admin=enters, permission=permission) is expected


def test_an_expired_administrator_keeps_no_wagtail_permission() -> None:
    assert someone(Role.ADMINISTRATOR).has_perm("needs.change_need")
    assert not someone(Role.ADMINISTRATOR, expired=True).has_perm("needs.change_need")
