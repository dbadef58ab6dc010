"""Finding polls: by address, at a place, in the workspace."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from accounts.permissions import Visitor
from consultations.polls.models import Poll, PollQuerySet, Snapshot
from consultations.polls.permissions import PollState, poll_state
from consultations.polls.protection import ORGANISERS
from consultations.polls.registries import PlaceInfo, is_room, place_of, poll_places
from consultations.process.forms import organisations_of
from consultations.process.selectors import visible_to


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
    """Those of the consultations the person works on and of the organisations they speak for."""
    consultations = [str(pk) for pk in visible_to(user).values_list("pk", flat=True)]
    organisations = [str(pk) for pk in organisations_of(user).values_list("pk", flat=True)]  # type: ignore[arg-type]
    return Poll.objects.filter(
        Q(place_kind="consultation", place_key__in=consultations)
        | Q(place_kind="page", place_key__in=organisations)
    )


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
