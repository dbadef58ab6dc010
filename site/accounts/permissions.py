"""Who may: pure functions of a user, an object and its state. Denied unless said otherwise."""

from typing import TYPE_CHECKING, TypeGuard

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils import timezone

from accounts.models import STAFF_ROLES, Membership, Role, User

if TYPE_CHECKING:
    from organisations.models import Organisation
    from territories.models import Territory

Visitor = AbstractBaseUser | AnonymousUser | None


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


def is_staff_member(user: Visitor) -> bool:
    """True for a person whose role gives access to the workspace; a second factor is then required."""
    return is_member(user) and (user.is_superuser or has_role(user, *STAFF_ROLES))


def can_read_audit(user: Visitor) -> bool:
    """Administrators and data-protection officers read the audit log."""
    return is_member(user) and (user.is_superuser or has_role(user, Role.ADMINISTRATOR, Role.DPO))
