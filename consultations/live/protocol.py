"""The words spoken on a room's socket: JSON texts, one object each, defined once here.

`docs/live-protocol.md` is generated from this module; `frames` and `consumers` speak it.
"""

import json
import re
from enum import IntEnum
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError

LARGEST_MESSAGE = 65_536  # characters; a card holds far less
DEEPEST = 8


class Malformed(Exception):
    """The text is not a message of this protocol."""


class Close(IntEnum):
    """Why the server ends a connection; a browser sees the number only."""

    MALFORMED = 4400
    FORBIDDEN = 4403
    NOT_FOUND = 4404
    TOO_SLOW = 4408
    TOO_MANY = 4429
    IDLE = 4440


class Strict(BaseModel):
    """Nothing unexpected, no number that JSON does not know."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class Do(Strict):
    """Asks for an action. `id` is chosen once by the client: sent again, the action is not done again."""

    id: UUID
    do: str = Field(max_length=40)
    data: dict[str, Any] = Field(default_factory=dict)


class Place(Strict):
    """The last place of the order that the client knows; 0 when it knows nothing."""

    seq: int = Field(ge=0, le=2**53)


class Hello(Strict):
    """First message: answered by the events missed when they are few, else by a snapshot."""

    hello: Place


class Ping(Strict):
    """Sent every 25 seconds: a connection silent for 90 seconds is closed."""

    ping: int = Field(ge=0, le=2**53)


class Standing(BaseModel):
    """What the viewer may do now. `verbs` changes with the role and with the stage."""

    role: str
    participant: UUID | None
    verbs: list[str]


class Welcome(Standing):
    """Who the server takes the client for. `now` is the server's clock, in milliseconds since 1970."""

    room: UUID
    kind: str
    is_open: bool
    now: int


class Welcomed(BaseModel):
    """The connection is accepted; nothing is known of the room yet: say hello."""

    welcome: Welcome
    seq: int


class Snapshot(BaseModel):
    """Everything needed to draw the room at this place of its order."""

    snapshot: dict[str, Any]
    seq: int
    now: int

    @staticmethod
    def written(snapshot: str, *, seq: int, now: int) -> str:
        """The message around a snapshot that is JSON already: what a thousand share is written once."""
        return f'{{"snapshot":{snapshot},"seq":{seq},"now":{now}}}'


class Happened(BaseModel):
    """An event. Places strictly increase; some are missing, which are not for this viewer."""

    event: str
    data: dict[str, Any]
    seq: int


class Batch(BaseModel):
    """Several messages that waited together, in order."""

    batch: list[dict[str, Any]]


class Ack(BaseModel):
    """The action is committed, now or when it was first sent. `seq` is the room's place then: not the client's."""

    ack: UUID
    result: dict[str, Any]
    seq: int


class Refusal(BaseModel):
    """Nothing was done. `refused` is null when the message could not be read. `message` is for the person."""

    refused: UUID | None
    code: str
    message: str


class RoleChanged(BaseModel):
    """What the viewer may do has changed."""

    role: Standing


class Counts(BaseModel):
    """Who is here. `by_college` and `ready` are told to facilitators and projectors only."""

    total: int
    by_college: dict[str, int] | None = None
    ready: int | None = None


class Present(BaseModel):
    """At most once a second, when it changed. Outside the order: it has no place."""

    presence: Counts


class Pong(BaseModel):
    """Answers a ping, with the server's clock."""

    pong: int
    now: int


class Resync(BaseModel):
    """The client is too far behind: what it knows is to be replaced; connect and say hello again."""

    resync: bool = True


FROM_CLIENT: tuple[type[BaseModel], ...] = (Hello, Do, Ping)
FROM_SERVER: tuple[type[BaseModel], ...] = (
    Welcomed,
    Snapshot,
    Happened,
    Batch,
    Ack,
    Refusal,
    RoleChanged,
    Present,
    Pong,
    Resync,
)


def parse_message(text: str) -> Do | Hello | Ping:
    """The message of a client; raises Malformed."""
    try:
        document = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Malformed(str(error)[:80]) from None
    if not isinstance(document, dict):
        raise Malformed("not an object")
    for key, model in (("do", Do), ("ping", Ping), ("hello", Hello)):
        if key in document:
            try:
                return model.model_validate(document)
            except ValidationError as error:
                raise Malformed(f"{key}: {error.error_count()} errors") from None
    raise Malformed("unknown message")


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def message_id(text: str) -> UUID | None:
    """The id of a message that is refused whole, when one can be read in it."""
    try:
        document = json.loads(text)
        return UUID(document["id"]) if isinstance(document, dict) else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


LEADING_ID = re.compile(r'\s*\{\s*"id"\s*:\s*"([0-9a-fA-F-]{32,36})"')


def leading_id(text: str) -> UUID | None:
    """The id a message begins with, found without reading the rest: what is refused unread must cost little."""
    found = LEADING_ID.match(text[:100])
    try:
        return UUID(found[1]) if found else None
    except ValueError:
        return None


def is_storable(value: Any, depth: int = DEEPEST) -> bool:
    """False for what no database keeps: null characters, halves of characters, bottomless nesting."""
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)
    if depth == 0:
        return not isinstance(value, dict | list)
    if isinstance(value, dict):
        return all(is_storable(part, depth - 1) for pair in value.items() for part in pair)
    return not isinstance(value, list) or all(is_storable(part, depth - 1) for part in value)
