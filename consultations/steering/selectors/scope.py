"""Which sheets a board is about: those its reader may know of, narrowed by what they asked."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import User
from consultations.actions.lateness import DRAFT
from consultations.actions.models import ActionSheet, Axis, Programme
from consultations.actions.selectors.listing import visible_to
from territories.models import Territory
from territories.selectors import descendants


@dataclass(frozen=True)
class Asked:
    """What narrows a board: nothing by default. A territory stands for all it wholly holds."""

    programme: Programme | None = None
    axis: Axis | None = None
    territory: Territory | None = None


@dataclass(frozen=True)
class Scope:
    """The sheets counted, those whose money is told, and whether the reader works on them."""

    sheets: QuerySet[ActionSheet]
    told: QuerySet[ActionSheet]
    is_inside: bool


def scope_of(user: User, asked: Asked) -> Scope:
    """Every sheet the person may read whole."""
    found = _narrow(ActionSheet.objects.filter(pk__in=visible_to(user).values("pk")), asked)
    return Scope(found, found, is_inside=True)


def public_scope(asked: Asked) -> Scope:
    """Announced sheets; the money of those whose text is public only."""
    found = _narrow(ActionSheet.objects.public(), asked)
    return Scope(found, found.exclude(adopted_on=None, state__in=DRAFT - {"comments"}), is_inside=False)


def _narrow(found: QuerySet[ActionSheet], asked: Asked) -> QuerySet[ActionSheet]:
    if asked.programme is not None:
        found = found.filter(programme=asked.programme)
    if asked.axis is not None:
        found = found.filter(axis=asked.axis)
    if asked.territory is not None:
        inside = [asked.territory.pk, *_held_by(asked.territory)]
        there = ActionSheet.places.through.objects.filter(territory__in=inside).values("actionsheet")
        found = found.filter(Q(territory__in=inside) | Q(pk__in=there))
    return found.order_by()


def _held_by(territory: Territory) -> list[int]:
    return [kin.territory.pk for kin in descendants(territory) if kin.is_full]
