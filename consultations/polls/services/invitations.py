"""Invitations: rights to vote prepared in advance, given as codes that are never stored."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.polls.models import Poll, Voter
from consultations.polls.permissions import can_edit_poll, can_tighten_poll
from consultations.polls.services.voting import key_hash
from core.receipts import new_code
from core.services import record_audit

MAX_INVITATIONS = 2000


@transaction.atomic
def issue_poll_invitations(*, actor: User, poll: Poll, count: int) -> list[str]:
    """New codes to print, sorted so that nothing tells their order; only their keyed hashes are kept."""
    if not (can_edit_poll(actor, poll) or can_tighten_poll(actor, poll)):
        raise PermissionDenied(_("You may not change this poll, or not in its present state."))
    if poll.access != Poll.Access.INVITATION:
        raise ValidationError(_("This poll is one vote per device: it has no codes."))
    if not 1 <= count <= MAX_INVITATIONS:
        raise ValidationError(_("Ask for 1 to %(maximum)d invitations.") % {"maximum": MAX_INVITATIONS})
    codes = sorted({new_code() for _index in range(count + 10)})[:count]
    Voter.objects.bulk_create(Voter(poll=poll, key_hash=key_hash(poll, code)) for code in codes)
    record_audit(actor=actor, verb="poll_invitations_issued", target=poll, changes={"count": count})
    return codes
