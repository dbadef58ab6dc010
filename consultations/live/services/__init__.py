"""The writes of a room. `perform` is the one door for what people do in it, socket or plain form alike."""

from consultations.live.selectors import find_participant
from consultations.live.services.acting import Outcome, perform
from consultations.live.services.joining import ROOM_CODES, Joined, find_room, join_room
from consultations.live.services.log import append_event, once
from consultations.live.services.presence import touch_participant
from consultations.live.services.retention import forget_log, forget_room, purge_rooms
from consultations.live.services.rooms import close_room, open_room, recheck_viewers

__all__ = [
    "ROOM_CODES",
    "Joined",
    "Outcome",
    "append_event",
    "close_room",
    "find_participant",
    "find_room",
    "forget_log",
    "forget_room",
    "join_room",
    "once",
    "open_room",
    "perform",
    "purge_rooms",
    "recheck_viewers",
    "touch_participant",
]
