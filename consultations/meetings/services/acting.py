"""What every write of a meeting does first: take its lock, ask its machine; and last: tell the room."""

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from consultations.live.models import Room
from consultations.live.services import append_event
from consultations.meetings.models import AgendaItem, Meeting
from consultations.meetings.permissions import parts_of
from consultations.meetings.states import ITEM_LIFE, LIFE
from core.services import record_audit
from core.states import Transition

ROOM, CHANGED = "meeting", "meeting_changed"


def lock(meeting: Meeting) -> Meeting:
    """The meeting as it is now, held until the end of the transaction."""
    locked = Meeting.objects.select_for_update(of=("self",)).select_related("council")
    return locked.get(pk=meeting.pk)


def check(
    verb: str, *, actor: User | None, meeting: Meeting, given: Mapping[str, Any] | None = None
) -> Transition | None:
    """Raise unless this person may do this now. `actor` None is the platform itself: its demo, its tick."""
    if actor is None:
        return None
    return LIFE.check(verb, who=parts_of(actor, meeting), subject=meeting, given=given)


def move(verb: str, *, actor: User | None, meeting: Meeting, given: Mapping[str, Any] | None = None) -> None:
    """Check, then move the meeting (not saved)."""
    check(verb, actor=actor, meeting=meeting, given=given)
    LIFE.follow(verb, subject=meeting)


def move_item(
    verb: str, *, actor: User | None, item: AgendaItem, given: Mapping[str, Any] | None = None
) -> None:
    """The same for an item, by those who keep its meeting (not saved)."""
    if actor is not None:
        ITEM_LIFE.check(verb, who=parts_of(actor, item.meeting), subject=item, given=given)
    ITEM_LIFE.follow(verb, subject=item)


def audit(by: User | None, verb: str, meeting: Meeting, **changes: Any) -> None:
    """Who did what to the meeting; never a member's name nor what was said."""
    record_audit(actor=by, verb=verb, target=meeting, changes=changes)


def tell(meeting: Meeting, part: str) -> None:
    """Tell every screen of the room that a part of the meeting changed; nothing when no room is open."""
    room = Room.objects.filter(kind=ROOM, key=str(meeting.pk), is_open=True).first()
    if room is not None:
        append_event(room=room, kind=CHANGED, payload={"part": part})
