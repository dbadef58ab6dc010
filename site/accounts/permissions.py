"""Who may: pure functions of a user, an object and its state. Denied unless said otherwise."""

from typing import TYPE_CHECKING, TypeGuard

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils import timezone

from accounts.models import STAFF_ROLES, Membership, Role, User

if TYPE_CHECKING:
    from organisations.models import Organisation
    from territories.models import Territory

Visitor = AbstractBaseUser | AnonymousUser | None
ADMIN_ROLES = (Role.ADMINISTRATOR, Role.DPO, Role.EDITOR, Role.PUBLISHER)


def is_member(user: Visitor) -> TypeGuard[User]:
    """True for a signed-in, active person."""
    return isinstance(user, User) and user.is_active


def active_memberships(user: Visitor) -> list[Membership]:
    """The person's roles in force today; read once per instance of the user."""
    if not is_member(user):
        return []
    cached: list[Membership] | None = getattr(user, "_active_memberships", None)
    if cached is None:
        cached = list(
            user.memberships.active_on(timezone.localdate()).select_related("territory", "organisation")
        )
        user._active_memberships = cached  # type: ignore[attr-defined]
    return cached


def forget_memberships(user: User) -> None:
    """Make this instance read its roles again, after a service changed them."""
    user.__dict__.pop("_active_memberships", None)


def has_role(
    user: Visitor,
    *roles: Role,
    territory: "Territory | None" = None,
    organisation: "Organisation | None" = None,
) -> bool:
    """True when the person holds one of `roles` today, on the given place when one is given."""
    return any(
        membership.role in roles
        and (territory is None or membership.territory_id == territory.pk)
        and (organisation is None or membership.organisation_id == organisation.pk)
        for membership in active_memberships(user)
    )


def is_administrator(user: Visitor) -> bool:
    """An instance serves one territory: an administrator administers all of it."""
    return is_member(user) and (user.is_superuser or has_role(user, Role.ADMINISTRATOR))


def is_staff_member(user: Visitor) -> bool:
    """True for a person whose role gives access to the workspace; a second factor is then required."""
    return is_member(user) and (user.is_superuser or has_role(user, *STAFF_ROLES))


def can_enter_admin(user: Visitor) -> bool:
    """Page editors, publishers, administrators and the data-protection officer use Wagtail's admin."""
    return is_member(user) and (user.is_superuser or has_role(user, *ADMIN_ROLES))


def can_read_audit(user: Visitor) -> bool:
    """Administrators and data-protection officers read the audit log."""
    return is_administrator(user) or has_role(user, Role.DPO)


def can_read_processing_register(user: Visitor) -> bool:
    """The register of processings is for the data-protection officer and administrators."""
    return can_read_audit(user)


def can_manage_memberships(user: Visitor) -> bool:
    """Only administrators invite people, grant roles and end them."""
    return is_administrator(user)


def can_view_people(user: Visitor) -> bool:
    """Who holds which role is read by administrators and the data-protection officer."""
    return can_read_audit(user)


def can_export_personal_data(user: Visitor, person: User) -> bool:
    """A person exports their own data; the data-protection officer does it for them on request."""
    return is_member(user) and (user.pk == person.pk or has_role(user, Role.DPO))


def can_erase_account(user: Visitor, person: User) -> bool:
    """A person erases their own account; the data-protection officer does it for them on request."""
    return not person.is_erased and can_export_personal_data(user, person)


def can_change_consent(user: Visitor, person: User) -> bool:
    """Nobody consents for someone else."""
    return is_member(user) and user.pk == person.pk
