"""The room over plain HTTP, for networks that let no socket through: the same reads, the same one door."""

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from consultations.live.identity import find_viewer, identity_of, milliseconds
from consultations.live.models import Room
from consultations.live.problems import Refused
from consultations.live.protocol import LARGEST_MESSAGE, Ack, Do, Malformed, Refusal, parse_message
from consultations.live.registries import Viewer, room_kinds
from consultations.live.selectors import allowed_verbs, catch_up
from consultations.live.services import perform, touch_participant
from core.throttle import count_hit

ACTIONS_PER_MINUTE = 300  # of one device
STATUS = {"forbidden": 403, "too_fast": 429, "room_closed": 410, "too_large": 413}


def enter(request: HttpRequest, room_id: UUID) -> tuple[Room, Viewer]:
    """The room and who looks at it; raises Http404 or Refused."""
    room = get_object_or_404(Room, pk=room_id)
    if room.kind not in room_kinds:
        raise Http404
    viewer = find_viewer(room, identity_of(request))
    if viewer is None:
        raise Refused("forbidden", _("You are not in this room: join it with its code."))
    return room, viewer


@require_GET
@never_cache
def since(request: HttpRequest, room_id: UUID, seq: int) -> HttpResponse:
    """What happened after a place, or a snapshot; asked every few seconds."""
    try:
        room, viewer = enter(request, room_id)
    except Refused as refusal:
        return refuse(None, refusal)
    if viewer.participant is not None:
        touch_participant(participant=viewer.participant)
    caught = catch_up(room=room, viewer=viewer, seq=seq)
    answer: dict[str, Any] = {
        "seq": caught.seq,
        "now": milliseconds(),
        "is_open": room.is_open,
        "role": {"role": viewer.role, "verbs": allowed_verbs(room, viewer)},
    }
    if caught.snapshot is not None:
        answer["snapshot"] = json.loads(caught.snapshot)
    else:
        answer["events"] = [json.loads(frame.text) for frame in caught.frames]
    return JsonResponse(answer)


@require_POST
@never_cache
def act(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """One `do` message of the protocol, answered by its acknowledgement or its refusal."""
    message: Do | None = None
    try:
        room, viewer = enter(request, room_id)
        message = read(request, viewer)
        data, key = message.data, message.id
        outcome = perform(room=room, viewer=viewer, verb=message.do, data=data, client_uuid=key)
    except Refused as refusal:
        return refuse(message.id if message is not None else None, refusal)
    ack = Ack(ack=message.id, result=outcome.result, seq=outcome.seq)
    return HttpResponse(ack.model_dump_json(), content_type="application/json")


def read(request: HttpRequest, viewer: Viewer) -> Do:
    """The message sent; raises Refused."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > 4 * LARGEST_MESSAGE:
        raise Refused("too_large", _("This message is too long."))
    if count_hit(f"live.act:{viewer.sender}") > ACTIONS_PER_MINUTE:
        raise Refused("too_fast", _("Too many messages at once: wait a little."))
    try:
        message = parse_message(request.body.decode())
    except (Malformed, UnicodeDecodeError):
        raise Refused("malformed", _("This message is not understood.")) from None
    if not isinstance(message, Do):
        raise Refused("malformed", _("This message is not understood."))
    return message


def refuse(key: UUID | None, refusal: Refused) -> HttpResponse:
    """A refusal as the protocol says it, with a status that fits."""
    text = Refusal(refused=key, code=refusal.code, message=refusal.message).model_dump_json()
    return HttpResponse(text, status=STATUS.get(refusal.code, 400), content_type="application/json")
