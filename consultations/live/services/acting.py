"""The one door for what people do in a room."""

import logging
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from pydantic import BaseModel
from pydantic import ValidationError as SchemaError

from consultations.live.models import Performed, Room
from consultations.live.problems import AlreadyDone, Refused
from consultations.live.protocol import is_storable
from consultations.live.registries import Verb, Viewer, room_kinds
from consultations.live.threads import one_writer
from consultations.live.wording import explain

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What the sender is told: the result, the room's place after it, and whether it had been done before."""

    result: dict[str, Any]
    seq: int
    replayed: bool = False


def perform(*, room: Room, viewer: Viewer, verb: str, data: dict[str, Any], client_uuid: UUID) -> Outcome:
    """Do what a message asks, once: role, schema, idempotence and handler in one transaction.

    Raises Refused, after which nothing has changed. What is refused is logged without its content.
    """
    try:
        definition = _allowed_verb(room, viewer, verb)
        return _perform(room, viewer, definition, verb, _checked(definition, data), client_uuid)
    except Refused as refusal:
        logger.info("Refused in room %s: %s %s by a %s", room.pk, verb[:40], refusal.code, viewer.role)
        raise


def _allowed_verb(room: Room, viewer: Viewer, verb: str) -> Verb:
    definition = room_kinds[room.kind].verbs.get(verb)
    if definition is None:
        raise Refused("unknown_verb", _("This room does not know how to do that."))
    if viewer.role not in definition.roles:
        raise Refused("forbidden", _("You may not do that in this room."))
    return definition


def _checked(definition: Verb, data: dict[str, Any]) -> BaseModel:
    if not is_storable(data):
        raise Refused("invalid", _("This text holds characters that cannot be kept."))
    try:
        return definition.message.model_validate(data)
    except SchemaError as error:
        raise Refused("invalid", explain(error)) from None


def _perform(
    room: Room, viewer: Viewer, definition: Verb, verb: str, message: BaseModel, client_uuid: UUID
) -> Outcome:
    try:
        with one_writer(room.pk), transaction.atomic():
            locked = Room.objects.select_for_update().get(pk=room.pk)
            if (done := _done(locked, viewer, verb, client_uuid)) is not None:
                return done
            if not locked.is_open:
                raise Refused("room_closed", _("This room is closed."))
            handled = definition.handle(room=locked, viewer=viewer, message=message, client_uuid=client_uuid)
            result = {} if handled is None else handled
            Performed.objects.create(
                room=locked,
                client_uuid=client_uuid,
                sender=viewer.sender,
                verb=verb,
                result=result,
                seq=locked.seq,
            )
            room.seq = locked.seq
            return Outcome(result, locked.seq)
    except AlreadyDone as done:
        return Outcome({}, done.event.seq, replayed=True)
    except PermissionDenied as error:
        raise Refused("forbidden", str(error) or _("You may not do that in this room.")) from error
    except ValidationError as error:
        raise Refused("invalid", " ".join(error.messages)) from error


def _done(room: Room, viewer: Viewer, verb: str, client_uuid: UUID) -> Outcome | None:
    """What this message did before; a key used for something else is refused."""
    done = Performed.objects.filter(room=room, client_uuid=client_uuid).first()
    if done is None:
        return None
    if (done.sender, done.verb) != (viewer.sender, verb):
        raise Refused("reused_id", _("This message was already used for something else."))
    return Outcome(done.result, done.seq, replayed=True)
