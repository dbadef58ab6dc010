"""Taking the ballots of a closed poll away, written down like every export."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.polls.models import Poll
from consultations.polls.permissions import can_take_ballots
from consultations.polls.recounting import BallotFile
from consultations.polls.selectors.recount import BallotsWithheld, ballot_file
from core.services import record_audit


@transaction.atomic
def take_ballots(*, actor: User, poll: Poll) -> BallotFile:
    """The file of whole ballots; PermissionDenied, with the reason, when it would tell about too few people."""
    if not can_take_ballots(actor, poll):
        raise PermissionDenied(_("You may not do this with this poll, or not in its present state."))
    try:
        found = ballot_file(poll)
    except BallotsWithheld as reason:
        raise PermissionDenied(str(reason)) from reason
    record_audit(actor=actor, verb="ballots_exported", target=poll)
    return found
