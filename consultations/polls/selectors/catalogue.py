"""Finding polls: by address, at a place, in the workspace."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from accounts.permissions import Visitor
from consultations.polls.models import Poll, PollQuerySet, Snapshot
from consultations.polls.permissions import PollState, poll_state
from consultations.polls.protection import ORGANISERS
from consultations.polls.registries import PlaceInfo, is_room, place_of, poll_places


@dataclass(frozen=True)
class PollLine:
    """A poll in a list, with where it stands."""

    poll: Poll
    state: str
    place: PlaceInfo | None


def find_poll(slug: str) -> Poll:
    """The poll of an address that people vote at; raises Poll.DoesNotExist. Rooms have their own pages."""
    rooms = [name for name, place in poll_places.items() if place.is_room]
    return Poll.objects.exclude(place_kind__in=rooms).get(slug=slug)


def last_snapshot(poll: Poll) -> Snapshot | None:
    """What may be shown now of a question about people."""
    return poll.snapshots.order_by("-number").first()


def turnout(poll: Poll) -> int:
    """How many voted. Outside a room, and while a protected poll is open, it moves by fives."""
    count = poll.voter_count if poll.voter_count is not None else poll.ballots.count()
    if not poll.is_secret or is_room(poll.place_kind):
        return count
    if poll.status == Poll.Status.CLOSED:
        return count if count >= ORGANISERS else 0
    return count - count % ORGANISERS


def polls_at(place: tuple[str, str], info: PlaceInfo | None = None) -> list[PollLine]:
    """The polls of one place, the latest first. One query when the place is given."""
    info = info or place_of(*place)
    return [PollLine(poll, str(poll_state(poll, info)), info) for poll in Poll.objects.at(*place)]


def managed_polls(user: Visitor) -> PollQuerySet:
    """Those of the places the person works on, whatever their kind."""
    found = Q(pk__in=[])
    for kind, place in poll_places.items():
        found |= Q(place_kind=kind, place_key__in=list(place.keys_of(user)))
    return Poll.objects.filter(found)


def lines_of(polls: Sequence[Poll]) -> list[PollLine]:
    """The same polls with their places, each place read once."""
    places = {each: place_of(*each) for each in {(poll.place_kind, poll.place_key) for poll in polls}}
    found = [(poll, places[poll.place_kind, poll.place_key]) for poll in polls]
    return [PollLine(poll, str(poll_state(poll, place)), place) for poll, place in found]


__all__ = [
    "PollLine",
    "PollState",
    "find_poll",
    "last_snapshot",
    "lines_of",
    "managed_polls",
    "polls_at",
    "turnout",
]
