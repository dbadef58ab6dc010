"""Rows of the board as the items that screens keep: plain JSON values."""

import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from consultations.polls.models import Poll
from consultations.workshops.board.state import Item
from consultations.workshops.kinds import read_settings
from consultations.workshops.models import BoardOperation, Card, Group, Rank, Signal, Stage, Vote, Workshop

BOARD = "board"
LAST = "last"


def text_of(key: UUID | None) -> str | None:
    return str(key) if key else None


def instant(moment: datetime.datetime | None) -> str | None:
    """An instant for any clock: ISO 8601, UTC, seconds."""
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def stage_item(stage: Stage) -> Item:
    return {
        "id": str(stage.pk),
        "order": stage.order,
        "kind": stage.kind,
        "title": stage.title,
        "instruction": stage.instruction,
        "easy_read": stage.easy_read,
        "minutes": stage.minutes,
        "source": text_of(stage.source_id),
        "settings": read_settings(stage.kind, stage.settings).model_dump(mode="json"),
        **stage_clock(stage),
    }


def stage_clock(stage: Stage) -> Item:
    """What changes of a stage while the room is open."""
    return {
        "id": str(stage.pk),
        "state": stage.state,
        "ends_at": instant(stage.ends_at),
        "seconds_left": stage.seconds_left,
        "contributions_open": stage.contributions_open,
        "revealed": stage.revealed,
        "settings": read_settings(stage.kind, stage.settings).model_dump(mode="json"),
    }


def card_item(card: Card, *, mine: bool = False) -> Item:
    """A card as its author and facilitators see it, and as everyone does once it is shown."""
    item: dict[str, Any] = {
        "id": str(card.pk),
        "stage": str(card.stage_id),
        "text": card.text or gettext("Erased words"),
        "need": card.need.code if card.need else None,
        "need_label": card.need.plain_label if card.need else "",
        "level": card.level,
        "college": card.college,
        "table": card.table,
        "mode": card.mode,
        "group": text_of(card.group_id),
        "late": card.late,
        "hidden": bool(card.hidden_reason),
        "hidden_reason": card.hidden_reason,
        "order": card.order,
    }
    return {**item, "mine": True} if mine else item


def group_item(group: Group) -> Item:
    return {"id": str(group.pk), "stage": str(group.stage_id), "name": group.name, "order": group.order}


def vote_key(stage_id: UUID, target_id: UUID | None) -> str:
    """The key of a vote or a tally: a target may be voted on in several stages."""
    return f"{stage_id}:{target_id}"


def vote_item(vote: Vote) -> Item:
    return {
        "id": vote_key(vote.stage_id, vote.target_id),
        "stage": str(vote.stage_id),
        "target": text_of(vote.target_id),
        "points": vote.points,
        "effort": vote.effort,
    }


def rank_item(stage_id: UUID, ranks: list[Rank]) -> Item:
    """One participant's order in a stage."""
    ordered = sorted(ranks, key=lambda rank: rank.position)
    return {"id": str(stage_id), "targets": [text_of(rank.target_id) for rank in ordered]}


def own_signal(signal: Signal) -> Item:
    """A signal for the person who gave it."""
    return {"id": signal.kind, "kind": signal.kind}


def signal_item(signal: Signal) -> Item:
    """A signal for the facilitators: who calls them, in the order of the calls."""
    return {
        "id": f"{signal.participant_id}:{signal.kind}",
        "participant": str(signal.participant_id),
        "name": signal.participant.display_name,
        "college": signal.participant.college,
        "table": signal.participant.table,
        "kind": signal.kind,
        "order": signal.order,
    }


def board_item(workshop: Workshop) -> Item:
    """What the projector shows."""
    return {"id": BOARD, "spotlight": text_of(workshop.spotlight), "view": workshop.projector_view}


def poll_item(poll: Poll) -> Item:
    """A question as it is asked; its results are read on their own page, under the rules of polls."""
    asked = poll.asked
    return {
        "id": str(poll.pk),
        "status": poll.status,
        "kind": poll.kind,
        "question": asked.question,
        "easy_question": asked.easy_question,
        "options": [{"code": option.code, "label": option.label} for option in asked.choices()],
        "least": asked.least,
        "most": asked.most,
        "points": asked.points,
        "is_secret": poll.is_secret,
        "visibility": poll.visibility,
    }


def undoable_item(operation: BoardOperation) -> Item:
    """What Undo would take back now: one at a time, the last first."""
    return {"id": LAST, "operation": operation.pk, "kind": operation.kind}
