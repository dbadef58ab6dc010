"""Votes: dots within a budget, scores, a place on the grid, an order. One ballot per device and stage.

A shared tablet votes for the people around it: its dots are multiplied by their number, and its score, place
or order counts for each of them.
Every function runs as a verb of the room: in one transaction, the room's row locked.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.live.models import Participant, Room
from consultations.live.problems import Refused
from consultations.live.registries import Viewer
from consultations.workshops.board import items, messages
from consultations.workshops.board.snapshot import count_item, tally_items
from consultations.workshops.kinds import (
    DotsSettings,
    GridSettings,
    RankSettings,
    ScoresSettings,
    Settings,
    read_settings,
)
from consultations.workshops.models import Card, Group, Rank, Stage, Vote
from consultations.workshops.services.finding import stage_in
from consultations.workshops.services.telling import ALL, FACILITATORS, tell, tell_counts, to
from consultations.workshops.targets import Targets, targets_of


class Asked(Protocol):
    """One vote of a message."""

    @property
    def target(self) -> UUID: ...
    @property
    def points(self) -> int: ...
    @property
    def effort(self) -> int | None: ...


def set_vote(*, room: Room, viewer: Viewer, message: messages.VoteSet, **_more: Any) -> dict[str, Any]:
    """Put points on one target, or take them back with 0; the other votes stay."""
    stage, participant = _voting(room, viewer, message)
    kept = {vote.target_id: vote for vote in Vote.objects.filter(stage=stage, participant=participant)}
    others = [vote for key, vote in kept.items() if key != message.target]
    _check(stage, participant, [message, *others])
    _keep(room, stage, participant, [message])
    return {"points": message.points, "left": _left(stage, participant)}


def set_ballot(*, room: Room, viewer: Viewer, message: messages.BallotSet, **_more: Any) -> dict[str, Any]:
    """Replace all of one's votes in the stage: kept whole or not at all."""
    stage, participant = _voting(room, viewer, message)
    if len({vote.target for vote in message.votes}) != len(message.votes):
        raise Refused("twice", _("The same choice is there twice."))
    _check(stage, participant, message.votes)
    named = {vote.target for vote in message.votes}
    before = Vote.objects.filter(stage=stage, participant=participant)
    left_out = [_Zero(vote.target_id) for vote in before if vote.target_id and vote.target_id not in named]
    _keep(room, stage, participant, [*message.votes, *left_out])
    return {"left": _left(stage, participant)}


class _Zero:
    """A vote taken back."""

    points, effort = 0, None

    def __init__(self, target: UUID) -> None:
        self.target = target


def _voting(room: Room, viewer: Viewer, message: messages.StageMessage) -> tuple[Stage, Participant]:
    stage = stage_in(room, message.stage)
    if viewer.participant is None:
        raise Refused("forbidden", _("Join the workshop first."))
    if stage.kind not in Stage.VOTING:
        raise Refused("closed", _("There is no vote of this kind in this stage."))
    _require_open(stage)
    return stage, viewer.participant


def _require_open(stage: Stage) -> None:
    if not stage.is_current or not stage.contributions_open:
        raise Refused("closed", _("The vote is closed: nothing was changed."))


def _check(stage: Stage, participant: Participant, votes: Iterable[Asked | Vote]) -> None:
    """Refuse what goes over the budget or off the scale, saying how much is left."""
    settings = read_settings(stage.kind, stage.settings)
    points = [vote.points for vote in votes]
    if isinstance(settings, DotsSettings):
        _check_dots(settings, participant, points)
    elif isinstance(settings, ScoresSettings) and max(points, default=0) > settings.highest:
        raise Refused("off_scale", _("Give a score from 1 to %(highest)s.") % {"highest": settings.highest})
    elif isinstance(settings, GridSettings):
        _check_grid(settings, votes)


def _check_dots(settings: DotsSettings, participant: Participant, points: list[int]) -> None:
    budget = settings.dots * participant.headcount
    if sum(points) > budget:
        message = ngettext(
            "You have %(budget)s dot in all: take some back first.",
            "You have %(budget)s dots in all: take some back first.",
            budget,
        )
        raise Refused("over_budget", message % {"budget": budget})
    most = settings.most_per_target * participant.headcount
    if max(points, default=0) > most:
        message = ngettext(
            "Put %(most)s dot at most on the same choice.",
            "Put %(most)s dots at most on the same choice.",
            most,
        )
        raise Refused("too_many_on_one", message % {"most": most})


def _check_grid(settings: GridSettings, votes: Iterable[Asked | Vote]) -> None:
    for vote in votes:
        off_scale = max(vote.points, vote.effort or 0) > settings.steps
        if off_scale or (vote.points > 0) != (vote.effort is not None):
            message = _("Give both the effort and the effect, from 1 to %(steps)s.")
            raise Refused("off_scale", message % {"steps": settings.steps})


def _keep(room: Room, stage: Stage, participant: Participant, votes: Iterable[Asked]) -> None:
    """Write the rows, then tell the voter their votes and those who may see totals the new totals."""
    found = targets_of(stage)
    put, drop = [], []
    for asked in votes:
        column = _column(found, asked.target, taking_back=asked.points == 0)
        place: dict[str, Any] = {"stage": stage, "participant": participant, **column}
        if asked.points:
            values = {"points": asked.points, "effort": asked.effort}
            vote = Vote.objects.update_or_create(**place, defaults=values)[0]
            put.append(items.vote_item(vote))
        else:
            Vote.objects.filter(**place).delete()
            drop.append(items.vote_key(stage.pk, asked.target))
    if put or drop:
        tell(room, "votes_changed", to(participant), put={"votes": put}, drop={"votes": drop})
        _tell_totals(room, stage, [asked.target for asked in votes])


def _column(found: Targets, target: UUID, *, taking_back: bool) -> Mapping[str, Card | Group | UUID | None]:
    if target in found.cards:
        return {"card_id": target, "group_id": None}
    if target in found.groups:
        return {"group_id": target, "card_id": None}
    if taking_back:
        is_card = Card.objects.filter(pk=target).exists()
        return {"card_id": target, "group_id": None} if is_card else {"group_id": target, "card_id": None}
    raise Refused("gone", _("One of your choices is no longer on the board."))


def _tell_totals(room: Room, stage: Stage, targets: list[UUID]) -> None:
    totals = tally_items(stage, targets)
    shown = [tally for tally in totals if tally["voters"]]
    gone = [tally["id"] for tally in totals if not tally["voters"]]
    audience = ALL if stage.revealed else FACILITATORS
    tell(room, "votes_changed", audience, put={"tallies": shown}, drop={"tallies": gone})
    tell_counts(room, "votes_changed", count_item(stage))


def _left(stage: Stage, participant: Participant) -> int | None:
    """Dots left, where there is a budget."""
    settings: Settings = read_settings(stage.kind, stage.settings)
    if not isinstance(settings, DotsSettings):
        return None
    used = sum(Vote.objects.filter(stage=stage, participant=participant).values_list("points", flat=True))
    return settings.dots * participant.headcount - used


def set_rank(*, room: Room, viewer: Viewer, message: messages.RankSet, **_more: Any) -> dict[str, Any]:
    """One's order, the first choice first; an empty list takes it back."""
    stage = stage_in(room, message.stage)
    if viewer.participant is None:
        raise Refused("forbidden", _("Join the workshop first."))
    settings = read_settings(stage.kind, stage.settings)
    if not isinstance(settings, RankSettings):
        raise Refused("closed", _("There is no vote of this kind in this stage."))
    _require_open(stage)
    if len(set(message.targets)) != len(message.targets):
        raise Refused("twice", _("The same choice is there twice."))
    if len(message.targets) > settings.places:
        refusal = _("Choose %(places)s at most.")
        raise Refused("over_budget", refusal % {"places": settings.places})
    _keep_ranks(room, stage, viewer.participant, message.targets)
    return {"targets": [str(target) for target in message.targets]}


def _keep_ranks(room: Room, stage: Stage, participant: Participant, targets: list[UUID]) -> None:
    found = targets_of(stage)
    before = Rank.objects.filter(stage=stage, participant=participant)
    touched = [rank.target_id for rank in before if rank.target_id]
    before.delete()
    ranks = [
        Rank(stage=stage, participant=participant, position=position,
             **_column(found, target, taking_back=False))
        for position, target in enumerate(targets, start=1)
    ]  # fmt: skip
    Rank.objects.bulk_create(ranks)
    if ranks:
        tell(room, "votes_changed", to(participant), put={"ranks": [items.rank_item(stage.pk, ranks)]})
    else:
        tell(room, "votes_changed", to(participant), drop={"ranks": [str(stage.pk)]})
    _tell_totals(room, stage, list(dict.fromkeys([*touched, *targets])))
