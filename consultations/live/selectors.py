"""Reads of a room: who a device is, what a client missed, who is here."""

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from time import monotonic
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import get_language
from pydantic_core import to_json

from consultations.live.audiences import audiences_of
from consultations.live.frames import Frame
from consultations.live.models import Event, Participant, Room
from consultations.live.registries import Role, Viewer, room_kinds
from core.receipts import hash_code

MOST_MISSED = 200
MOST_READ = 1_000
PRESENT_FOR = datetime.timedelta(seconds=35)  # three flushes of presence
ATTEMPTS = 3
LONGEST_TOKEN = 100


@dataclass(frozen=True)
class CaughtUp:
    """What brings a client up to `seq`: the frames it missed, or a snapshot (JSON) that replaces what it knows."""

    seq: int
    frames: tuple[Frame, ...] = ()
    snapshot: str | None = None


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
    return find_participants(room=room, tokens=[token]).get(token)


def find_participants(*, room: Room, tokens: Iterable[str]) -> dict[str, Participant]:
    """The same for many devices, by the secret of each; those who never joined are left out."""
    hashes = {hash_code("live.device", token): token for token in tokens if 0 < len(token) <= LONGEST_TOKEN}
    if not hashes:
        return {}
    found = Participant.objects.filter(room_id=room.pk, token_hash__in=hashes)
    return {hashes[participant.token_hash]: participant for participant in found}


def frames_after(*, room_id: UUID, seq: int, most: int = MOST_READ) -> list[Frame]:
    """Every event after a place, whoever it is for, in order."""
    events = Event.objects.filter(room_id=room_id, seq__gt=seq).order_by("seq")
    return [Frame.of(event) for event in events[:most]]


def current_places(room_ids: Collection[UUID]) -> dict[UUID, int]:
    """The place each room has reached."""
    return dict(Room.objects.filter(pk__in=room_ids).values_list("pk", "seq"))


def catch_up(*, room: Room, viewer: Viewer, seq: int) -> CaughtUp:
    """The events after `seq` for this viewer when they are few and all there, else a snapshot."""
    return catch_up_all(room_id=room.pk, behind=[(viewer, seq)])[0]


def catch_up_all(*, room_id: UUID, behind: Sequence[tuple[Viewer, int]]) -> list[CaughtUp]:
    """The same for each of those who wait in a room, read once for all of them."""
    missed = _missed(room_id, {seq for _viewer, seq in behind if seq > 0})
    snapshots = iter(take_snapshots(room_id, [viewer for viewer, seq in behind if seq not in missed]))
    return [_heard(viewer, *missed[seq]) if seq in missed else next(snapshots) for viewer, seq in behind]


def _missed(room_id: UUID, places: Collection[int]) -> dict[int, tuple[int, list[Frame]]]:
    """By place from which few events happened and none was purged: the place reached, and these events."""
    if not places:
        return {}
    reached = Room.objects.values_list("seq", flat=True).get(pk=room_id)
    recent = [seq for seq in places if reached - MOST_MISSED <= seq <= reached]
    frames = frames_after(room_id=room_id, seq=min(recent)) if recent else []
    after = {seq: [frame for frame in frames if seq < frame.seq <= reached] for seq in recent}
    return {seq: (reached, found) for seq, found in after.items() if len(found) == reached - seq}


def _heard(viewer: Viewer, reached: int, frames: Sequence[Frame]) -> CaughtUp:
    heard = audiences_of(viewer)
    return CaughtUp(reached, tuple(frame for frame in frames if frame.audience in heard))


def take_snapshots(room_id: UUID, viewers: Sequence[Viewer]) -> list[CaughtUp]:
    """The room as it is for each at one place of its order: read again when something happened meanwhile."""
    if not viewers:
        return []
    for _attempt in range(ATTEMPTS):
        current = Room.objects.get(pk=room_id)
        drawn = _draw(current, viewers)
        if Room.objects.values_list("seq", flat=True).get(pk=room_id) == current.seq:
            return [CaughtUp(current.seq, snapshot=text) for text in drawn]
    with transaction.atomic():  # a room that never rests is held still
        current = Room.objects.select_for_update().get(pk=room_id)
        return [CaughtUp(current.seq, snapshot=text) for text in _draw(current, viewers)]


Shared = tuple[int, str]
_shared: dict[tuple[UUID, Role, str | None], Shared] = {}
MOST_SHARED = 200


def _draw(room: Room, viewers: Sequence[Viewer]) -> list[str]:
    """What each sees: the part shared by all of its role, written once per place, then its own."""
    kind = room_kinds[room.kind]
    if kind.snapshots is not None:
        drawn = kind.snapshots(room, viewers)
    else:
        drawn = [kind.snapshot(room, viewer) for viewer in viewers]
    own = [to_json(mine).decode() for mine in drawn]
    if kind.shared is None:
        return own
    shared = {role: _shared_part(room, role, kind.shared) for role in {viewer.role for viewer in viewers}}
    return [_joined(shared[viewer.role], mine) for viewer, mine in zip(viewers, own, strict=True)]


def _joined(shared: str, own: str) -> str:
    """One JSON object of two; what is one's own comes last and wins."""
    return f"{shared[:-1]},{own[1:]}" if len(shared) > 2 and len(own) > 2 else max(shared, own, key=len)


def _shared_part(room: Room, role: Role, draw: Callable[[Room, Role], dict[str, Any]]) -> str:
    key = (room.pk, role, get_language())
    seq, text = _shared.get(key, (-1, ""))
    if seq != room.seq:
        text = to_json(draw(room, role)).decode()
        if len(_shared) >= MOST_SHARED:
            _shared.clear()
        _shared[key] = (room.seq, text)
    return text


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
