"""A tiny kind of room for tests: people say words, everyone hears them, the facilitator moves the stage."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from accounts.models import User
from consultations.live.models import Event, Room
from consultations.live.problems import Refused
from consultations.live.registries import Role, RoomKind, Verb, Viewer, room_kinds
from consultations.live.services import append_event

KIND = "echo"
EVERYONE = frozenset({Role.PARTICIPANT, Role.FACILITATOR})


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Say(Strict):
    text: str = Field(min_length=1, max_length=200)
    to: str = "all"


class Said(Strict):
    text: str
    by: str


class Move(Strict):
    stage: str = Field(max_length=20)


def say(*, room: Room, viewer: Viewer, message: Say, client_uuid: UUID) -> dict[str, Any]:
    if message.text == "forbidden word":
        raise Refused("bad_word", "Ce mot n'est pas permis ici.")
    event = append_event(
        room=room,
        kind="said",
        payload={"text": message.text, "by": viewer.sender},
        audience=message.to,
        client_uuid=client_uuid,
    )
    if message.text == "explode after writing":
        raise Refused("too_late", "Rien n'est gardé.")
    return {"seq": event.seq}


def move(*, room: Room, viewer: Viewer, message: Move, client_uuid: UUID) -> None:
    append_event(room=room, kind="moved", payload={"stage": message.stage}, client_uuid=client_uuid)


def snapshot(room: Room, viewer: Viewer) -> dict[str, Any]:
    """All that was said to this viewer, in order."""
    audiences = ["all", f"participant:{viewer.participant.pk}" if viewer.participant else "facilitators"]
    events = Event.objects.filter(room=room, kind="said", audience__in=audiences).order_by("seq")
    return {"said": [event.payload["text"] for event in events]}


def view_of(user: User, room: Room) -> Role | None:
    return Role.FACILITATOR if user.email.startswith("facilitator") else None


ECHO = RoomKind(
    key=KIND,
    verbs={
        "say": Verb(Say, EVERYONE, say, "Say a word to everyone."),
        "move": Verb(Move, frozenset({Role.FACILITATOR}), move, "Go to another stage."),
    },
    snapshot=snapshot,
    view_of=view_of,
    events={"said": Said, "moved": Move},
)


@contextmanager
def registered() -> Iterator[RoomKind]:
    """The kind exists within the block only."""
    room_kinds.register(KIND, ECHO)
    try:
        yield ECHO
    finally:
        room_kinds._entries.pop(KIND, None)
