"""Signals: a raised hand, ready, the floor, easier words; and what the projector shows."""

from typing import Any

from django.utils.translation import gettext as _

from consultations.live.models import Participant, Room
from consultations.live.problems import Refused
from consultations.live.registries import Viewer
from consultations.workshops.board import items, messages
from consultations.workshops.models import Card, Group, Signal
from consultations.workshops.services.finding import workshop_of
from consultations.workshops.services.telling import FACILITATORS, tell, to


def set_signal(*, room: Room, viewer: Viewer, message: messages.SignalSet, **_more: Any) -> dict[str, Any]:
    """Show or take back a signal; asking twice is asking once."""
    if viewer.participant is None:
        raise Refused("forbidden", _("Join the workshop first."))
    if message.kind not in Signal.Kind.values:
        raise Refused("unknown_signal", _("Choose a signal in the list."))
    if not message.on:
        return _take_back(room, viewer.participant, message.kind)
    signal, is_new = Signal.objects.get_or_create(
        workshop_id=room.key,
        participant=viewer.participant,
        kind=message.kind,
        defaults={"order": room.seq + 1},
    )
    if is_new:
        tell(room, "signal_changed", to(viewer.participant), put={"signals": [items.own_signal(signal)]})
        tell(room, "signal_changed", FACILITATORS, put={"signals": [items.signal_item(signal)]})
    return {"on": True}


def clear_signal(
    *, room: Room, viewer: Viewer, message: messages.SignalClear, **_more: Any
) -> dict[str, Any]:
    """The facilitator has answered: the signal goes out on both sides."""
    participant = Participant.objects.filter(room=room, pk=message.participant).first()
    if participant is None:
        raise Refused("gone", _("This person is no longer there."))
    return _take_back(room, participant, message.kind)


def _take_back(room: Room, participant: Participant, kind: str) -> dict[str, Any]:
    gone = Signal.objects.filter(workshop_id=room.key, participant=participant, kind=kind).delete()[0]
    if gone:
        tell(room, "signal_changed", to(participant), drop={"signals": [kind]})
        tell(room, "signal_changed", FACILITATORS, drop={"signals": [f"{participant.pk}:{kind}"]})
    return {"on": False}


def set_spotlight(*, room: Room, viewer: Viewer, message: messages.Spotlight, **_more: Any) -> dict[str, Any]:
    """Show one card or one group large on the projector, or nothing."""
    if message.target is not None:
        shown = Card.objects.kept().filter(stage__workshop_id=room.key, stage__revealed=True)
        standing = Group.objects.filter(stage__workshop_id=room.key, merged_into=None, removed=False)
        if not (shown.filter(pk=message.target).exists() or standing.filter(pk=message.target).exists()):
            raise Refused("gone", _("Show the cards first, or choose another one."))
    workshop = workshop_of(room)
    workshop.spotlight = message.target
    workshop.save(update_fields=["spotlight"])
    tell(room, "projector_changed", put={"board": [items.board_item(workshop)]})
    return {}


def show_on_projector(
    *, room: Room, viewer: Viewer, message: messages.ProjectorShow, **_more: Any
) -> dict[str, Any]:
    """Choose what the room's screen shows."""
    workshop = workshop_of(room)
    workshop.projector_view = message.view
    workshop.save(update_fields=["projector_view"])
    tell(room, "projector_changed", put={"board": [items.board_item(workshop)]})
    return {"view": message.view}
