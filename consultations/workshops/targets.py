"""What a stage is about: the cards it shows, and what may be voted on."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from consultations.workshops.kinds import TargetKind, vote_targets
from consultations.workshops.models import Card, Group, Stage


@dataclass(frozen=True)
class Targets:
    """Keys of the cards and of the groups that may be chosen."""

    cards: frozenset[UUID]
    groups: frozenset[UUID]


def written_in(stage: Stage) -> list[Stage]:
    """The writing stages whose cards a stage works on: its source's, or every one before it."""
    if stage.kind in Stage.WRITING:
        return [stage]
    if stage.source is not None and stage.source.order < stage.order:
        return written_in(stage.source)
    before = Stage.objects.filter(workshop=stage.workshop_id, order__lt=stage.order, kind=Stage.Kind.WRITE)
    return list(before)


def targets_of(stage: Stage) -> Targets:
    """Groups that stand, with the cards left alone; or the cards themselves. Hidden cards are no choice.

    A card alone counts as a choice among groups, so that nobody's idea is lost for want of a group.
    """
    written = written_in(stage)
    cards = Card.objects.kept().filter(stage__in=written)
    if vote_targets(stage) == TargetKind.CARDS:
        return Targets(frozenset(cards.values_list("pk", flat=True)), frozenset())
    standing = Q(merged_into=None, removed=False)
    groups = Group.objects.filter(standing, cards__in=cards).values_list("pk", flat=True)
    alone = cards.filter(group=None).values_list("pk", flat=True)
    return Targets(frozenset(alone), frozenset(groups))
