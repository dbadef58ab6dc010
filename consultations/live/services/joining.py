"""Entering a room: a code, a college, and a secret kept by the device."""

import secrets
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.live.codes import normalise_room_code
from consultations.live.models import Participant, Room
from consultations.live.problems import Refused
from core.receipts import hash_code
from core.tolls import count_wrong

ROOM_CODES = "room"  # the purpose under which tolls count wrong codes
MOST_PARTICIPANTS = 5_000
MOST_NAMESAKES = 50
NAME_LENGTH = 40


@dataclass(frozen=True)
class Joined:
    """A participant, and the secret their device keeps; only its hash is stored."""

    participant: Participant
    token: str


def find_room(*, code: str) -> Room:
    """The open room of this code. Wrong codes are counted: past many, the page asks a toll (`core.tolls`) first."""
    normal = normalise_room_code(code)
    room = Room.objects.filter(code=normal, is_open=True).first() if normal else None
    if room is None:
        count_wrong(ROOM_CODES)
        raise Refused("unknown_code", _("No open room has this code. Check the six letters and figures."))
    return room


def join_room(
    *,
    room: Room,
    college: str,
    display_name: str = "",
    device: str = Participant.Device.PHONE,
    headcount: int = 1,
    table: str = "",
    user: User | None = None,
) -> Joined:
    """A new participant. A name already taken in this room is numbered: nobody is kept at the door for it."""
    if not Room.objects.filter(pk=room.pk, is_open=True).exists():
        raise Refused("room_closed", _("This room is closed."))
    if Participant.objects.filter(room=room).count() >= MOST_PARTICIPANTS:
        raise Refused("room_full", _("This room is full."))
    token = secrets.token_urlsafe(24)
    participant = Participant(
        room=room,
        token_hash=hash_code("live.device", token),
        college=college,
        device=device,
        headcount=max(1, min(headcount, 500)),
        table=table[:20],
        user=user,
    )
    return Joined(_keep_with_free_name(participant, " ".join(display_name.split())[:NAME_LENGTH]), token)


def _keep_with_free_name(participant: Participant, wanted: str) -> Participant:
    for number in range(1, MOST_NAMESAKES):
        suffix = f" {number}" if number > 1 else ""
        participant.display_name = f"{wanted[: NAME_LENGTH - len(suffix)]}{suffix}" if wanted else ""
        try:
            with transaction.atomic():
                participant.save(force_insert=True)
        except IntegrityError:
            continue
        return participant
    raise Refused("name_taken", _("This name is already taken many times here: choose another one."))
