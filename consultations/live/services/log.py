"""The room's log: one writer at a time per room, places strictly increasing without a gap."""

from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from pydantic import BaseModel, ConfigDict

from consultations.live import publication
from consultations.live.audiences import ALL
from consultations.live.models import Event, Room
from consultations.live.problems import AlreadyDone
from consultations.live.registries import room_kinds

OPENED, CLOSED, RECHECK = "room.opened", "room.closed", "room.recheck"


class Nothing(BaseModel):
    """No content."""

    model_config = ConfigDict(extra="forbid")


OWN_EVENTS: dict[str, type[BaseModel]] = {OPENED: Nothing, CLOSED: Nothing, RECHECK: Nothing}


def once(*, room: Room, client_uuid: UUID | None) -> Event | None:
    """What an earlier identical message did. Look before acting, inside the transaction, after the lock."""
    if client_uuid is None:
        return None
    return Event.objects.filter(room_id=room.pk, client_uuid=client_uuid).first()


def append_event(
    *,
    room: Room,
    kind: str,
    payload: dict[str, Any],
    audience: str = ALL,
    client_uuid: UUID | None = None,
) -> Event:
    """Write what happened at the next place of the room's order, and tell everyone once it is committed.

    Called inside the transaction that changes what the event tells; raises AlreadyDone when the same message
    was written before. `room.seq` follows.
    """
    checked = _checked(room.kind, kind, payload)
    with transaction.atomic(savepoint=False):
        done = _done_before(room, client_uuid)
        if done is None:
            room.seq = _next_place(room)
            event = Event.objects.create(
                room_id=room.pk,
                seq=room.seq,
                kind=kind,
                payload=checked,
                audience=audience,
                client_uuid=client_uuid,
            )
            transaction.on_commit(partial(publication.announce, event))
            return event
    raise AlreadyDone(done)


def _done_before(room: Room, client_uuid: UUID | None) -> Event | None:
    """What this message did, looked for while nobody else writes in the room."""
    if client_uuid is None:
        return None
    room.seq = Room.objects.select_for_update().values_list("seq", flat=True).get(pk=room.pk)
    return once(room=room, client_uuid=client_uuid)


def _next_place(room: Room) -> int:
    """Take it, holding the room until the transaction ends: one statement when the caller knows the last place."""
    if not Room.objects.filter(pk=room.pk, seq=room.seq).update(seq=room.seq + 1):
        room.seq = Room.objects.select_for_update().values_list("seq", flat=True).get(pk=room.pk)
        Room.objects.filter(pk=room.pk).update(seq=room.seq + 1)
    return room.seq + 1


def _checked(room_kind: str, kind: str, payload: dict[str, Any]) -> dict[str, Any]:
    """The payload as its definition dumps it; an event nobody declared is a bug, not a message."""
    declared = OWN_EVENTS.get(kind) or room_kinds[room_kind].events.get(kind)
    if declared is None:
        raise ValueError(f"Rooms of kind {room_kind!r} declare no event {kind!r}")
    return declared.model_validate(payload).model_dump(mode="json")
