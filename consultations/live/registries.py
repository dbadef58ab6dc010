"""Kinds of rooms, declared here and filled by the apps above from `AppConfig.ready()`."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from accounts.models import User
from consultations.live.models import Participant, Room
from core.registry import Registry


class Role(StrEnum):
    """What a connection may see and do in a room."""

    PARTICIPANT = "participant"
    FACILITATOR = "facilitator"
    PROJECTOR = "projector"


@dataclass(frozen=True)
class Viewer:
    """Who looks or acts: a participant's device, or a person signed in."""

    role: Role
    participant: Participant | None = None
    user: User | None = None

    @property
    def sender(self) -> str:
        """The name under which this viewer's messages are told apart from others'."""
        if self.participant is not None:
            return f"participant:{self.participant.pk}"
        return f"user:{self.user.pk}" if self.user is not None else ""


@dataclass(frozen=True)
class Verb:
    """Something a message asks for.

    `handle(room=, viewer=, message=, client_uuid=)` runs inside the one transaction, the room's row locked; it
    returns what the acknowledgement carries, or raises `problems.Refused`.
    """

    message: type[BaseModel]
    roles: frozenset[Role]
    handle: Callable[..., dict[str, Any] | None]
    help: str = ""


@dataclass(frozen=True)
class RoomKind:
    """All that a room needs to know of the app it serves.

    `snapshot` gives everything a viewer needs to draw the room, over `shared`, the part that is the same for all of
    a role and is drawn once for a thousand of them; `snapshots` the same for many who come in together, when
    reading for all costs less than for each; `view_of` the role of a person signed in, None
    when the account gives none; `ready` how many people said they have finished; `allowed` the verbs open to
    a viewer at this moment, when stages restrict them. `events` is closed: an unknown kind is a bug.
    """

    key: str
    verbs: Mapping[str, Verb]
    snapshot: Callable[[Room, Viewer], dict[str, Any]]
    view_of: Callable[[User, Room], Role | None]
    events: Mapping[str, type[BaseModel]] = field(default_factory=dict)
    shared: Callable[[Room, Role], dict[str, Any]] | None = None
    snapshots: Callable[[Room, Sequence[Viewer]], list[dict[str, Any]]] | None = None
    ready: Callable[[Room], int] | None = None
    allowed: Callable[[Room, Viewer], Collection[str]] | None = None


room_kinds: Registry[RoomKind] = Registry("kinds of live rooms")
