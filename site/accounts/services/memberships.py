"""Dated roles: granted, ended, never deleted."""

import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership, Role, User
from accounts.permissions import Visitor, active_memberships, can_manage_memberships, forget_memberships
from core.services import record_audit

if TYPE_CHECKING:
    from organisations.models import Organisation
    from territories.models import Territory

# Wagtail creates these two groups with their rights on pages, images and documents.
WAGTAIL_GROUPS = {
    Role.EDITOR: "Editors",
    Role.PUBLISHER: "Moderators",
    Role.ADMINISTRATOR: "Moderators",
}


@transaction.atomic
def grant_membership(
    *,
    actor: Visitor,
    user: User,
    role: Role,
    territory: "Territory | None" = None,
    organisation: "Organisation | None" = None,
    starts_on: datetime.date,
    ends_on: datetime.date | None = None,
) -> Membership:
    """Give `user` a role on one place; refused when they already hold it on some of those days."""
    if not can_manage_memberships(actor):
        raise PermissionDenied
    membership = Membership(
        user=user,
        role=role,
        territory=territory,
        organisation=organisation,
        starts_on=starts_on,
        ends_on=ends_on,
        granted_by=actor if isinstance(actor, User) else None,
    )
    _refuse_erased(user)
    membership.full_clean()
    _refuse_overlap(membership)
    membership.save()
    _after_change(user)
    record_audit(actor=actor, verb="membership_granted", target=membership, changes=_dates(membership))
    return membership


@transaction.atomic
def end_membership(
    *, actor: Visitor, membership: Membership, ends_on: datetime.date | None = None
) -> Membership:
    """End a role after `ends_on`, or at once when no day is given. The row stays, for the record.

    The last administrator cannot be ended: nobody could grant the role again.
    """
    if not can_manage_memberships(actor):
        raise PermissionDenied
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    today = timezone.localdate()
    if membership.withdrawn_at or (membership.ends_on and membership.ends_on < today):
        raise ValidationError(_("This role has already ended. Grant it again if it is needed."))
    if ends_on is not None and ends_on < today:
        raise ValidationError({"ends_on": _("Choose today or a later day, or end the role at once.")})
    if membership.role == Role.ADMINISTRATOR:
        refuse_last_administrator(membership.user)
    if ends_on is None:
        membership.withdrawn_at = timezone.now()
        membership.ends_on = max(membership.starts_on, today)
    else:
        membership.ends_on = ends_on
    membership.full_clean()
    membership.save(update_fields=["ends_on", "withdrawn_at"])
    _after_change(membership.user)
    record_audit(actor=actor, verb="membership_ended", target=membership, changes=_dates(membership))
    return membership


def refuse_last_administrator(user: User) -> None:
    """Raise ValidationError when nobody but `user` could administer this instance from now on."""
    today = timezone.localdate()
    lasting = Membership.objects.active_on(today).filter(
        role=Role.ADMINISTRATOR, ends_on=None, user__is_active=True
    )
    others = User.objects.filter(is_active=True).exclude(pk=user.pk)
    if not others.filter(Q(is_superuser=True) | Q(memberships__in=lasting)).exists():
        raise ValidationError(
            _("You are the last administrator. First give this role, without an end date, to someone else.")
        )


def sync_wagtail_groups(user: User) -> None:
    """Make the person's Wagtail groups those of the roles in force today; other groups are left alone.

    Called when a role changes and at the door of the admin, so an expired role opens nothing.
    """
    wanted = {
        WAGTAIL_GROUPS[Role(membership.role)]
        for membership in active_memberships(user)
        if membership.role in WAGTAIL_GROUPS
    }
    managed = set(WAGTAIL_GROUPS.values())
    held = set(user.groups.filter(name__in=managed).values_list("name", flat=True))
    if wanted - held:
        user.groups.add(*Group.objects.filter(name__in=wanted - held))
    if held - wanted:
        user.groups.remove(*Group.objects.filter(name__in=held - wanted))


def close_expired_rights() -> int:
    """Take out of Wagtail's groups those whose role ended, so that no page kept for a group stays open to them.

    Run by the tick; returns how many people lost a group. The admin itself checks at its door.
    """
    day = timezone.localdate()
    in_force = Membership.objects.active_on(day).filter(role__in=WAGTAIL_GROUPS)
    stale = User.objects.filter(groups__name__in=set(WAGTAIL_GROUPS.values())).exclude(
        pk__in=in_force.values("user")
    )
    people = list(stale.distinct())
    for user in people:
        sync_wagtail_groups(user)
    return len(people)


def _after_change(user: User) -> None:
    forget_memberships(user)
    sync_wagtail_groups(user)


def _dates(membership: Membership) -> dict[str, str | None]:
    return {
        "role": membership.role,
        "user": str(membership.user_id),
        "starts_on": membership.starts_on.isoformat(),
        "ends_on": membership.ends_on.isoformat() if membership.ends_on else None,
    }


def _refuse_erased(user: User) -> None:
    if user.is_erased or not user.is_active:
        raise ValidationError(_("This account is closed. Invite the person again with their address."))


def _refuse_overlap(membership: Membership) -> None:
    last_day = membership.ends_on or datetime.date.max
    overlapping = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=membership.starts_on),
        user=membership.user,
        role=membership.role,
        territory=membership.territory,
        organisation=membership.organisation,
        starts_on__lte=last_day,
        withdrawn_at=None,
    )
    if overlapping.exists():
        raise ValidationError(
            _(
                "%(person)s already holds the role “%(role)s” on %(place)s on some of these days. End it first."
            )
            % {
                "person": membership.user,
                "role": membership.get_role_display(),
                "place": membership.place,
            }
        )


@transaction.atomic
def grant_verified_editor(*, actor: Visitor, user: User, organisation: "Organisation") -> Membership:
    """Make `user` an editor of the records of `organisation`: the caller has verified that they work there.

    `actor` is the steward who did, or None when a letter to the organisation's known address was answered. This
    role and no other; held already, it is given back as it is.
    """
    today = timezone.localdate()
    role = Role.DIRECTORY_EDITOR
    held = Membership.objects.active_on(today).filter(user=user, role=role, organisation=organisation).first()
    if held:
        return held
    _refuse_erased(user)
    granted_by = actor if isinstance(actor, User) else None
    membership = Membership(
        user=user, role=role, organisation=organisation, starts_on=today, granted_by=granted_by
    )
    membership.full_clean()
    membership.save()
    _after_change(user)
    record_audit(actor=actor, verb="membership_granted", target=membership, changes=_dates(membership))
    return membership
