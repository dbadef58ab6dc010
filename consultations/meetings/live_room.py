"""The meeting as a kind of live room: few verbs, one event; pages ask the server for what changed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field

from accounts.models import User
from consultations.live.models import Room
from consultations.live.problems import Refused
from consultations.live.registries import Role, RoomKind, Verb, Viewer
from consultations.meetings.models import Attendance, Decision, Meeting
from consultations.meetings.permissions import parts_of
from consultations.meetings.services.acting import CHANGED, ROOM
from consultations.meetings.services.attending import attendance_of_device
from consultations.meetings.services.secrecy import ask_secret_vote
from consultations.meetings.services.sitting import ask_to_speak, withdraw_request
from consultations.meetings.services.voting import cast_vote
from consultations.meetings.states import KEEPERS

PARTICIPANT = frozenset({Role.PARTICIPANT})


class Nothing(BaseModel):
    """No content."""

    model_config = ConfigDict(extra="forbid")


class VoteCast(BaseModel):
    """One choice on a vote under way: `for`, `against` or `abstain`; `seat` when it is another's vote, by proxy."""

    model_config = ConfigDict(extra="forbid")
    decision: str = Field(max_length=36)
    choice: str = Field(max_length=7)
    seat: str = Field(default="", max_length=36)


class Changed(BaseModel):
    """Something changed; pages ask for it again. Never a name nor a choice."""

    model_config = ConfigDict(extra="forbid")
    part: str = Field(max_length=20)


def meeting_of(room: Room) -> Meeting:
    """The meeting a room serves."""
    return Meeting.objects.select_related("council").get(pk=room.key)


def _me(room: Room, viewer: Viewer) -> Attendance:
    if viewer.participant is None:
        raise Refused("forbidden", _("Check in with your code first."))
    return attendance_of_device(meeting_of(room), viewer.participant)


def ask(*, room: Room, viewer: Viewer, **_more: Any) -> dict[str, Any]:
    """Take a place in the queue of those who ask to speak."""
    ask_to_speak(attendance=_me(room, viewer))
    return {}


def withdraw(*, room: Room, viewer: Viewer, **_more: Any) -> dict[str, Any]:
    """Leave the queue."""
    withdraw_request(attendance=_me(room, viewer))
    return {}


def vote(*, room: Room, viewer: Viewer, message: VoteCast, **_more: Any) -> dict[str, Any]:
    """Cast one's voice, once; it can be neither changed nor found again."""
    me = _me(room, viewer)
    decision = Decision.objects.filter(item__meeting=me.meeting_id, pk=message.decision).first()
    if decision is None:
        raise Refused("gone", _("This vote is not one of this meeting."))
    seat = _key(message.seat) if message.seat else None
    return {"created": cast_vote(attendance=me, decision=decision, choice=message.choice, seat=seat)}


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refused("forbidden", _("You no longer carry this member's vote.")) from None


def ask_secret(*, room: Room, viewer: Viewer, **_more: Any) -> dict[str, Any]:
    """Ask that the item under discussion be voted in secret; nobody is told who asked."""
    ask_secret_vote(attendance=_me(room, viewer))
    return {}


VERBS: Mapping[str, Verb] = {
    "speech.ask": Verb(Nothing, PARTICIPANT, ask, (ask.__doc__ or "").strip()),
    "speech.withdraw": Verb(Nothing, PARTICIPANT, withdraw, (withdraw.__doc__ or "").strip()),
    "vote.ask_secret": Verb(Nothing, PARTICIPANT, ask_secret, (ask_secret.__doc__ or "").strip()),
    "vote.cast": Verb(VoteCast, PARTICIPANT, vote, (vote.__doc__ or "").strip()),
}


def view_of(user: User | None, room: Room) -> Role | None:
    """Those who lead the meeting, by their account; members come by their device."""
    meeting = Meeting.objects.select_related("council").filter(pk=room.key).first()
    if meeting is None or user is None:
        return None
    return Role.FACILITATOR if KEEPERS(parts_of(user, meeting), meeting) else None


def snapshot(room: Room, viewer: Viewer) -> dict[str, Any]:
    """Nothing but where the meeting stands: the page itself is the picture."""
    return {"state": Meeting.objects.values_list("state", flat=True).get(pk=room.key)}


ROOM_KIND = RoomKind(key=ROOM, verbs=VERBS, snapshot=snapshot, view_of=view_of, events={CHANGED: Changed})
