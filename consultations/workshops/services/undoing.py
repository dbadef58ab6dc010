"""Undoing what facilitators did to the board, the last thing first. Cards moved since stay where they are."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from consultations.live.models import Room
from consultations.live.problems import Refused
from consultations.live.registries import Viewer
from consultations.workshops.board import items, messages
from consultations.workshops.board.snapshot import count_item, reaction_items
from consultations.workshops.models import BoardOperation, Card, Group
from consultations.workshops.services.groups import move_cards, refuse_voted
from consultations.workshops.services.telling import (
    is_shown,
    tell,
    tell_card,
    tell_counts,
    tell_undoable,
)
from core.services import record_audit

Before = dict[str, Any]
KIND = "board_undone"


def undo_last(*, room: Room, viewer: Viewer, message: messages.Undo, **_more: Any) -> dict[str, Any]:
    """Undo the last operation not undone yet, whoever did it, if it is the one that was read on the button."""
    operation = BoardOperation.objects.last_of(room.key)
    if message.operation is not None and (operation is None or operation.pk != message.operation):
        _refuse_another(room, message.operation)
    if operation is None:
        raise Refused("nothing_to_undo", _("There is nothing to undo."))
    UNDO[operation.kind](room, operation.before)
    operation.undone = True
    operation.save(update_fields=["undone"])
    tell_undoable(room, KIND)
    record_audit(actor=viewer.user, verb="board_undone", target=operation, changes={"kind": operation.kind})
    return {"undone": operation.kind, "label": operation.get_kind_display()}


def _refuse_another(room: Room, wanted: int) -> None:
    """Two facilitators who press at once undo one thing: the second is told, and reads what is left to undo."""
    here = BoardOperation.objects.filter(workshop_id=room.key, pk=wanted)
    if here.filter(undone=False).exists():
        raise Refused(
            "moved_on", _("Someone has changed the board since: look at it, then undo what you wish.")
        )
    raise Refused("already_undone", _("It was undone already. Nothing more was undone."))


def _cards(**found: Any) -> list[Card]:
    return list(Card.objects.filter(withdrawn=False, **found).select_related("stage", "need", "participant"))


def _live(key: str | None) -> Group | None:
    group = Group.objects.filter(pk=key).first() if key else None
    return group if group and group.is_live else None


def _undo_create(room: Room, before: Before) -> None:
    """The group goes; each card still in it goes back where it was, if that still stands."""
    group = Group.objects.get(pk=before["group"])
    refuse_voted([group])
    places = before["cards"]
    _remove(room, group, ((card, _live(places.get(str(card.pk)))) for card in _cards(group=group)))


def _undo_split(room: Room, before: Before) -> None:
    group = Group.objects.get(pk=before["group"])
    refuse_voted([group])
    home = _live(before["from"])
    _remove(room, group, ((card, home) for card in _cards(group=group)))


def _remove(room: Room, group: Group, moves: Iterable[tuple[Card, Group | None]]) -> None:
    for card, place in moves:
        move_cards(room, KIND, [card], place)
    group.removed = True
    group.save(update_fields=["removed"])
    tell(room, KIND, drop={"groups": [str(group.pk)]})


def _undo_merge(room: Room, before: Before) -> None:
    source, target = Group.objects.get(pk=before["source"]), Group.objects.get(pk=before["target"])
    refuse_voted([source, target])
    source.merged_into = None
    source.save(update_fields=["merged_into"])
    tell(room, KIND, put={"groups": [items.group_item(source)]})
    move_cards(room, KIND, _cards(group=target, pk__in=before["cards"]), source)


def _undo_rename(room: Room, before: Before) -> None:
    group = Group.objects.get(pk=before["group"])
    group.name = before["name"]
    group.save(update_fields=["name"])
    tell(room, KIND, put={"groups": [items.group_item(group)]})


def _undo_move(room: Room, before: Before) -> None:
    for card in _cards(pk=before["card"]):
        if items.text_of(card.group_id) == before["group"]:
            move_cards(room, KIND, [card], _live(before["was"]))


def _undo_hide(room: Room, before: Before) -> None:
    for card in _cards(pk=before["card"]):
        card.hidden_reason = ""
        card.save(update_fields=["hidden_reason"])
        tell_card(room, KIND, card, card.stage)
        tell_counts(room, KIND, count_item(card.stage))
        if is_shown(card, card.stage) and (counts := reaction_items([card.pk])):
            tell(room, KIND, put={"reactions": counts})


UNDO: dict[str, Callable[[Room, Before], None]] = {
    BoardOperation.Kind.CREATE: _undo_create,
    BoardOperation.Kind.SPLIT: _undo_split,
    BoardOperation.Kind.MERGE: _undo_merge,
    BoardOperation.Kind.RENAME: _undo_rename,
    BoardOperation.Kind.MOVE: _undo_move,
    BoardOperation.Kind.HIDE: _undo_hide,
}
