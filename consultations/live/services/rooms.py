"""Opening and closing rooms."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from consultations.live.audiences import NOBODY
from consultations.live.codes import new_room_code
from consultations.live.models import Room
from consultations.live.registries import room_kinds
from consultations.live.services.log import CLOSED, OPENED, RECHECK, append_event
from core.services import record_audit

MAX_COLLISIONS = 20


@transaction.atomic
def open_room(*, kind: str, key: str, actor: User | None = None) -> Room:
    """The open room of an object: a new one, the same one, or the closed one opened again with its log."""
    if kind not in room_kinds:
        raise ValueError(f"No kind of room is called {kind!r}")
    room = Room.objects.select_for_update().filter(kind=kind, key=key).first()
    if room is not None and room.is_open:
        return room
    room = room or Room(kind=kind, key=key)
    room.is_open, room.closed_at, room.opened_at = True, None, timezone.now()
    room = _keep_with_free_code(room)
    record_audit(actor=actor, verb="room_opened", target=room)
    append_event(room=room, kind=OPENED, payload={})
    return room


def _keep_with_free_code(room: Room) -> Room:
    for _attempt in range(MAX_COLLISIONS):
        room.code = new_room_code()
        try:
            with transaction.atomic():
                room.save()
        except IntegrityError:
            known = Room.objects.filter(kind=room.kind, key=room.key).exclude(pk=room.pk).first()
            if known is not None:  # opened by someone else meanwhile
                return known
            continue
        return room
    raise RuntimeError(f"No free room code after {MAX_COLLISIONS} attempts.")


@transaction.atomic
def close_room(*, room: Room, actor: User | None = None) -> Room:
    """Nothing more can be done in the room; those present are told. Its log stays until it is purged."""
    locked = Room.objects.select_for_update().get(pk=room.pk)
    if locked.is_open:
        locked.is_open, locked.closed_at = False, timezone.now()
        locked.save(update_fields=["is_open", "closed_at"])
        record_audit(actor=actor, verb="room_closed", target=locked)
        append_event(room=locked, kind=CLOSED, payload={})
    return locked


def recheck_viewers(*, room: Room) -> None:
    """A role or a stage changed: every connection is looked up again and told what it may do now."""
    append_event(room=room, kind=RECHECK, payload={}, audience=NOBODY)
