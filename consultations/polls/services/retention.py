"""Ballots are erased when their place's retention is over, and the erasure is written down."""

import datetime

from django.db import transaction
from django.utils import timezone

from consultations.polls.models import Ballot, Poll
from consultations.polls.registries import PlaceInfo, place_of
from core.models import Receipt
from core.services import record_audit

DEFAULT_DAYS = 365
SUBJECT = "poll"


def purge_expired_ballots(*, on: datetime.date | None = None) -> int:
    """Erase the ballots and receipts of polls past their retention; gives how many ballots. Results stay."""
    day, erased = on or timezone.localdate(), 0
    due = Poll.objects.filter(status=Poll.Status.CLOSED, ballots__isnull=False).distinct().order_by("pk")
    for poll in due:
        place = place_of(poll.place_kind, poll.place_key)
        if erase_on(poll, place) <= day:
            erased += _purge(poll)
    return erased


def erase_on(poll: Poll, place: PlaceInfo | None) -> datetime.date:
    """The first day the ballots of a closed poll are no longer kept: its place's, or a year after closing."""
    closed = poll.closed_on or timezone.localdate()
    return place.erase_on if place and place.erase_on else closed + datetime.timedelta(days=DEFAULT_DAYS)


@transaction.atomic
def _purge(poll: Poll) -> int:
    count = Ballot.objects.filter(poll=poll).delete()[0]
    Receipt.objects.filter(subject_kind=SUBJECT, subject_id=str(poll.pk)).delete()
    record_audit(actor=None, verb="ballots_purged", target=poll, changes={"count": count})
    return count
