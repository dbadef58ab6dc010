"""Telling the room what changed, to those who may know it, and nothing more to the others."""

from collections.abc import Iterable, Mapping
from typing import Any

from consultations.live.models import Participant, Room
from consultations.live.services import append_event
from consultations.workshops.board import items
from consultations.workshops.board.state import Item
from consultations.workshops.models import BoardOperation, Card, Stage
from consultations.workshops.redaction import redact

ALL, FACILITATORS, PROJECTOR = "all", "facilitators", "projector"
CHUNK = 100
Put = Mapping[str, list[Item]]


def to(participant: Participant) -> str:
    """The audience of one participant."""
    return f"participant:{participant.pk}"


def tell(
    room: Room,
    kind: str,
    audiences: str | Iterable[str] = ALL,
    *,
    put: Put | None = None,
    set: Put | None = None,
    drop: Mapping[str, list[str]] | None = None,
    clear: list[dict[str, str]] | None = None,
) -> None:
    """Append one event for each audience; empty parts are left out."""
    parts: dict[str, Any] = {"put": put, "set": set, "drop": drop, "clear": clear}
    payload = {name: part for name, part in parts.items() if part}
    for audience in [audiences] if isinstance(audiences, str) else audiences:
        append_event(room=room, kind=kind, payload=payload, audience=audience)


def is_shown(card: Card, stage: Stage) -> bool:
    """True when everyone in the room sees the card."""
    return stage.revealed and not card.withdrawn and not card.hidden_reason and card.late != Card.Late.WAITING


def tell_card(room: Room, kind: str, card: Card, stage: Stage) -> None:
    """Say what a card is now: to all when it is shown; else to its author and the facilitators alone."""
    if is_shown(card, stage):
        tell(room, kind, put={"cards": [items.card_item(card)]})
    else:
        tell(room, kind, FACILITATORS, put={"cards": [items.card_item(card)]})
    if card.participant:
        tell(room, kind, to(card.participant), put={"cards": [items.card_item(card, mine=True)]})


def forget_card(room: Room, kind: str, card: Card, *, was_shown: bool) -> None:
    """Take a card off the screens that had it."""
    key = str(card.pk)
    redact(room, card)
    drop = {"cards": [key], "reactions": [key], "reacted": [key]}
    if was_shown:
        tell(room, kind, drop=drop)
    else:
        author = [to(card.participant)] if card.participant else []
        tell(room, kind, [FACILITATORS, *author], drop=drop)


def tell_counts(room: Room, kind: str, count: Item) -> None:
    """How far a stage is, to the projector and so to the facilitators; what is empty is not kept."""
    if count["cards"] or count["voters"]:
        tell(room, kind, PROJECTOR, put={"counts": [count]})
    else:
        tell(room, kind, PROJECTOR, drop={"counts": [count["id"]]})


def tell_undoable(room: Room, kind: str) -> None:
    """What facilitators may undo now; nothing when nothing is left."""
    last = BoardOperation.objects.last_of(room.key)
    if last is None:
        tell(room, kind, FACILITATORS, drop={"undoable": [items.LAST]})
    else:
        tell(room, kind, FACILITATORS, put={"undoable": [items.undoable_item(last)]})


def tell_stage(room: Room, stage: Stage, **more: Any) -> None:
    """Where a stage stands now, to all."""
    stages = [items.stage_clock(stage), *(items.stage_clock(other) for other in more.pop("also", []))]
    put = {"stages": stages, **more.pop("put", {})}
    tell(room, "stage_changed", put=put, **more)


def in_chunks(found: list[Item]) -> Iterable[list[Item]]:
    """A room of a thousand cards is shown by messages of a bounded size."""
    return (found[start : start + CHUNK] for start in range(0, len(found), CHUNK))
