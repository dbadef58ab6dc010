"""Who may prepare, open, follow and answer a poll. Denied unless said otherwise.

A poll follows its place: whoever runs the place runs its polls.
"""

import datetime
from enum import StrEnum

from django.utils import timezone

from accounts.permissions import Visitor
from consultations.polls.models import Poll
from consultations.polls.registries import PlaceInfo, is_room, place_of, poll_places


class PollState(StrEnum):
    """Where a poll stands for a person who would vote."""

    HIDDEN = "hidden"
    NOT_YET = "not_yet"
    OPEN = "open"
    CLOSED = "closed"


def poll_state(poll: Poll, place: PlaceInfo | None, day: datetime.date | None = None) -> PollState:
    """Hidden until opened and its place is public; last day included."""
    day = day or timezone.localdate()
    if poll.status == Poll.Status.DRAFT or place is None or not place.is_public:
        return PollState.HIDDEN
    if poll.status == Poll.Status.CLOSED or place.is_over:
        return PollState.CLOSED
    if any(last and day > last for last in (poll.closes_on, place.ends_on)):
        return PollState.CLOSED
    if any(first and day < first for first in (poll.opens_on, place.starts_on)):
        return PollState.NOT_YET
    return PollState.OPEN


def can_vote(poll: Poll, day: datetime.date | None = None) -> bool:
    """Anyone with a device or a code, while the poll is open."""
    return poll_state(poll, place_of(poll.place_kind, poll.place_key), day) == PollState.OPEN


def can_create_poll(user: Visitor, place: tuple[str, str]) -> bool:
    """Those who run the place, while it exists and is not over."""
    kind, key = place
    if kind not in poll_places or not poll_places[kind].may_manage(user, key):
        return False
    info = place_of(kind, key)
    return info is not None and not info.is_over


def _manages(user: Visitor, poll: Poll) -> bool:
    kind = poll.place_kind
    return kind in poll_places and poll_places[kind].may_manage(user, poll.place_key)


def can_edit_poll(user: Visitor, poll: Poll) -> bool:
    """Those who run the place, before the poll is opened: afterwards its words are frozen."""
    return poll.status == Poll.Status.DRAFT and _manages(user, poll)


def can_open_poll(user: Visitor, poll: Poll) -> bool:
    """Those who may still edit it."""
    return can_edit_poll(user, poll)


def can_tighten_poll(user: Visitor, poll: Poll) -> bool:
    """Those who run the place, until it is closed: to show less, or to end sooner or later."""
    return poll.status == Poll.Status.OPEN and _manages(user, poll)


def can_close_poll(user: Visitor, poll: Poll) -> bool:
    """Those who run the place, once it is open."""
    return poll.status == Poll.Status.OPEN and _manages(user, poll)


def can_count_hands(user: Visitor, poll: Poll) -> bool:
    """Who runs a room, for an open vote under way."""
    return can_close_poll(user, poll) and not poll.is_secret and is_room(poll.place_kind)


def can_follow_poll(user: Visitor, poll: Poll) -> bool:
    """Those who work on the place see where it stands, and its protected results."""
    kind = poll.place_kind
    return kind in poll_places and poll_places[kind].may_follow(user, poll.place_key)


def can_take_ballots(user: Visitor, poll: Poll) -> bool:
    """Those who run the place, once it is closed; what the file may hold is decided by `selectors.recount`."""
    return poll.status == Poll.Status.CLOSED and _manages(user, poll)
