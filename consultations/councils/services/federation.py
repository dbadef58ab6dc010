"""Councils join a federation and leave it; a loop is refused."""

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Visitor
from consultations.councils.models import Council, EndReason, FederationMembership
from consultations.councils.permissions import can_federate
from consultations.councils.selectors import ancestors_of
from core.services import record_audit


@transaction.atomic
def join_federation(
    *, actor: Visitor, federation: Council, member: Council, joined_on: datetime.date
) -> FederationMembership:
    """`member` belongs to `federation` from that day.

    Refused: a body that is not a federation, one that does not exist that day, itself, one already there, or a
    federation that is itself below `member` (the opinions would turn in a circle).
    """
    if actor is not None and not can_federate(actor, federation):
        raise PermissionDenied
    if not federation.is_federation:
        raise ValidationError(_("“%(name)s” is not a federation.") % {"name": federation})
    for one in (federation, member):
        if not one.is_alive_on(joined_on):
            raise ValidationError(_("“%(name)s” does not exist on that day.") % {"name": one})
    list(
        Council.objects.federations().select_for_update(of=("self",))
    )  # two links never close a loop at once
    if member.pk == federation.pk or member.pk in ancestors_of(federation, joined_on):
        text = _("“%(federation)s” already belongs to “%(member)s”: this would make a loop.")
        raise ValidationError(text % {"federation": federation, "member": member})
    if federation.federated.in_force(joined_on).filter(member=member).exists():
        raise ValidationError(_("“%(name)s” already belongs to this federation.") % {"name": member})
    link = FederationMembership(
        federation=federation,
        member=member,
        joined_on=joined_on,
        recorded_by=actor if isinstance(actor, User) else None,
    )
    link.full_clean()
    link.save()
    record_audit(
        actor=actor, verb="federation_joined", target=federation, changes={"council": str(member.pk)}
    )
    return link


@transaction.atomic
def leave_federation(*, actor: Visitor, link: FederationMembership, left_on: datetime.date) -> None:
    """The council leaves; its delegates' mandates end the same day. The period stays written."""
    if actor is not None and not can_federate(actor, link.federation):
        raise PermissionDenied
    if link.left_on is not None:
        raise ValidationError(_("This council has already left."))
    link.left_on = left_on
    link.full_clean()
    link.save(update_fields=["left_on"])
    sent = link.federation.mandates.in_force(left_on).filter(delegated_by=link.member, ended_on=None)
    sent.update(ended_on=left_on, end_reason=EndReason.REVOKED)
    changes = {"council": str(link.member_id)}
    record_audit(actor=actor, verb="federation_left", target=link.federation, changes=changes)
