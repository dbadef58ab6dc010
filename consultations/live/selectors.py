"""Reads of a room: who a device is, what a client missed, who is here."""

import datetime
from collections.abc import Callable, Collection, Mapping
from copy import copy
from dataclasses import dataclass
from time import monotonic
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from consultations.live.audiences import audiences_of
from consultations.live.frames import Frame
from consultations.live.models import Event, Participant, Room
from consultations.live.registries import Role, Viewer, room_kinds
from core.receipts import hash_code

MOST_MISSED = 200
MOST_READ = 1_000
PRESENT_FOR = datetime.timedelta(seconds=35)  # three flushes of presence
ATTEMPTS = 3


@dataclass(frozen=True)
class CaughtUp:
    """What brings a client up to `seq`: the frames it missed, or a snapshot that replaces what it knows."""

    seq: int
    frames: tuple[Frame, ...] = ()
    snapshot: dict[str, Any] | None = None


@dataclass(frozen=True)
class Presence:
    """How many people are in a room, a shared tablet counting for its table."""

    by_college: Mapping[str, int]
    ready: int | None = None

    @property
    def total(self) -> int:
        return sum(self.by_college.values())


_rooms: dict[UUID, tuple[Room, float]] = {}
MOST_ROOMS = 500


def recent_room(room_id: UUID) -> Room | None:
    """The room as it was within `LIVE_FRESH_SECONDS`: a thousand people who come in read its row a few times."""
    room, read_at = _rooms.get(room_id, (None, 0.0))
    if room is None or monotonic() - read_at >= settings.LIVE_FRESH_SECONDS:
        room = Room.objects.filter(pk=room_id).first()
        if room is None:
            return None
        if len(_rooms) >= MOST_ROOMS:
            _rooms.clear()
        _rooms[room_id] = (room, monotonic())
    return copy(room)


def find_participant(*, room: Room, token: str) -> Participant | None:
    """Who this device is in this room, None when it never joined or its secret was purged."""
    if not token or len(token) > 100:
        return None
    token_hash = hash_code("live.device", token)
    return Participant.objects.filter(room_id=room.pk, token_hash=token_hash).first()


def frames_after(*, room_id: UUID, seq: int, most: int = MOST_READ) -> list[Frame]:
    """Every event after a place, whoever it is for, in order."""
    events = Event.objects.filter(room_id=room_id, seq__gt=seq).order_by("seq")
    return [Frame.of(event) for event in events[:most]]


def current_places(room_ids: Collection[UUID]) -> dict[UUID, int]:
    """The place each room has reached."""
    return dict(Room.objects.filter(pk__in=room_ids).values_list("pk", "seq"))


def catch_up(*, room: Room, viewer: Viewer, seq: int) -> CaughtUp:
    """The events after `seq` for this viewer when they are few and all there, else a snapshot."""
    reached = Room.objects.values_list("seq", flat=True).get(pk=room.pk) if seq else 0
    if 0 < seq <= reached and reached - seq <= MOST_MISSED:
        missed = [frame for frame in frames_after(room_id=room.pk, seq=seq) if frame.seq <= reached]
        if len(missed) == reached - seq:  # none was purged
            heard = audiences_of(viewer)
            return CaughtUp(reached, tuple(frame for frame in missed if frame.audience in heard))
    return take_snapshot(room=room, viewer=viewer)


def take_snapshot(*, room: Room, viewer: Viewer) -> CaughtUp:
    """The room as it is at one place of its order: read again when something happened meanwhile."""
    for _attempt in range(ATTEMPTS):
        current = Room.objects.get(pk=room.pk)
        drawn = _draw(current, viewer)
        if Room.objects.values_list("seq", flat=True).get(pk=room.pk) == current.seq:
            return CaughtUp(current.seq, snapshot=drawn)
    with transaction.atomic():  # a room that never rests is held still
        current = Room.objects.select_for_update().get(pk=room.pk)
        return CaughtUp(current.seq, snapshot=_draw(current, viewer))


_shared: dict[tuple[UUID, Role], tuple[int, dict[str, Any]]] = {}
MOST_SHARED = 200


def _draw(room: Room, viewer: Viewer) -> dict[str, Any]:
    """What this viewer sees: the part shared by all of its role, drawn once per place, then its own."""
    kind = room_kinds[room.kind]
    own = kind.snapshot(room, viewer)
    return {**_shared_part(room, viewer.role, kind.shared), **own} if kind.shared is not None else own


def _shared_part(room: Room, role: Role, draw: Callable[[Room, Role], dict[str, Any]]) -> dict[str, Any]:
    seq, drawn = _shared.get((room.pk, role), (-1, {}))
    if seq != room.seq:
        drawn = draw(room, role)
        if len(_shared) >= MOST_SHARED:
            _shared.clear()
        _shared[room.pk, role] = (room.seq, drawn)
    return drawn


def allowed_verbs(room: Room, viewer: Viewer) -> list[str]:
    """The verbs open to this viewer now, in order."""
    kind = room_kinds[room.kind]
    held = {name for name, verb in kind.verbs.items() if viewer.role in verb.roles}
    if not room.is_open:
        return []
    return sorted(held & set(kind.allowed(room, viewer)) if kind.allowed else held)


def count_present(room: Room) -> Presence:
    """Who is here by college, from what devices said lately, in whichever process they are served."""
    present = (
        Participant.objects.filter(room_id=room.pk, left_at=None)
        .filter(last_seen_at__gte=timezone.now() - PRESENT_FOR)
        .values("college")
        .annotate(people=Sum("headcount"))
        .order_by("college")
    )
    ready = room_kinds[room.kind].ready
    counted = {row["college"]: row["people"] for row in present}
    return Presence(counted, ready(room) if ready is not None else None)
