"""Who is at the other end of a socket, and what they may do now."""

from collections.abc import Sequence
from uuid import UUID

from consultations.live.identity import Identity, find_viewers
from consultations.live.models import Room
from consultations.live.protocol import Standing
from consultations.live.registries import Viewer, room_kinds
from consultations.live.selectors import allowed_verbs

Found = tuple[Viewer, Standing]


def standing_of(room: Room, viewer: Viewer) -> Standing:
    """What a viewer may do now, as the protocol says it."""
    participant = viewer.participant.pk if viewer.participant is not None else None
    return Standing(role=viewer.role, participant=participant, verbs=allowed_verbs(room, viewer))


def look_up(asked: Sequence[tuple[UUID, Identity]]) -> list[tuple[Room | None, Found | None]]:
    """Each room, None when it does not exist, and who asks with what they may do there, None for nobody."""
    rooms = Room.objects.in_bulk({room_id for room_id, _identity in asked})
    rooms = {key: room for key, room in rooms.items() if room.kind in room_kinds}
    found: dict[int, Found] = {}
    for room in rooms.values():
        here = [place for place, (room_id, _identity) in enumerate(asked) if room_id == room.pk]
        for place, viewer in zip(here, find_viewers(room, [asked[place][1] for place in here]), strict=True):
            if viewer is not None:
                found[place] = (viewer, standing_of(room, viewer))
    return [(rooms.get(room_id), found.get(place)) for place, (room_id, _identity) in enumerate(asked)]
