"""The room's log: one writer at a time per room, places strictly increasing without a gap."""

from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from pydantic import BaseModel, ConfigDict

from consultations.live import publication
from consultations.live.audiences import ALL
from consultations.live.models import Event, Participant, Room
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


@transaction.atomic
def append_event(
    *,
    room: Room,
    kind: str,
    payload: dict[str, Any],
    audience: str = ALL,
    client_uuid: UUID | None = None,
    by: Participant | None = None,
) -> Event:
    """Write what happened at the next place of the room's order, and tell everyone once it is committed.

    Called inside the transaction that changes what the event tells; raises AlreadyDone when the same message
    was written before. `room.seq` follows.
    """
    locked = Room.objects.select_for_update().only("seq", "kind").get(pk=room.pk)
    if (done := once(room=room, client_uuid=client_uuid)) is not None:
        raise AlreadyDone(done)
    event = Event.objects.create(
        room_id=room.pk,
        seq=locked.seq + 1,
        kind=kind,
        payload=_checked(locked.kind, kind, payload),
        audience=audience,
        client_uuid=client_uuid,
    )
    Room.objects.filter(pk=room.pk).update(seq=event.seq)
    room.seq = event.seq
    transaction.on_commit(partial(publication.announce, event))
    return event


def _checked(room_kind: str, kind: str, payload: dict[str, Any]) -> dict[str, Any]:
    """The payload as its definition dumps it; an event nobody declared is a bug, not a message."""
    declared = OWN_EVENTS.get(kind) or room_kinds[room_kind].events.get(kind)
    if declared is None:
        raise ValueError(f"Rooms of kind {room_kind!r} declare no event {kind!r}")
    return declared.model_validate(payload).model_dump(mode="json")
