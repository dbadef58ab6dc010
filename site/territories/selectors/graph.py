"""Who is in what on a day. Figures add up along full relations only.

A territory known to lie in part in another says nothing of what it holds: a partial relation is
read between its two ends, then only full ones may follow upwards.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from django.utils import timezone

from territories.models import Territory, TerritoryRelation
from territories.selectors.codes import CyclicTerritory

FULL = TerritoryRelation.Coverage.FULL


@dataclass(frozen=True)
class Kin:
    """A territory above or below another; a partial one has its share of the child, 0 to 1, when known."""

    territory: Territory
    is_full: bool
    weight: float | None = None


@dataclass(frozen=True)
class Members:
    """Territories of one level inside another: those wholly inside and those in part."""

    full: tuple[Territory, ...]
    partial: tuple[Kin, ...]


@dataclass(frozen=True)
class Share:
    """The part of a commune in a territory, 0 to 1 when known."""

    code: str
    weight: float | None


@dataclass(frozen=True)
class RollUp:
    """From commune codes to codes of another level; `partial` communes must not be added up."""

    level: str
    on: datetime.date
    full: Mapping[str, str]
    partial: Mapping[str, tuple[Share, ...]] = field(default_factory=dict)


def _known_kin(territory: Territory, on: datetime.date | None, *, up: bool) -> list[Kin]:
    """Walked once per instance: the parts of a page ask for the same place."""
    known: dict[tuple[datetime.date, bool], list[Kin]] = territory.__dict__.setdefault("_kin", {})
    key = on or timezone.localdate(), up
    if key not in known:
        known[key] = list(_walk(territory, key[0], up=up))
    return known[key]


def ancestors(territory: Territory, *, on: datetime.date | None = None) -> list[Kin]:
    """What holds `territory`, from the finest level to the widest."""
    return sorted(
        _known_kin(territory, on, up=True), key=lambda kin: (-kin.territory.level.rank, kin.territory.code)
    )


def descendants(territory: Territory, *, on: datetime.date | None = None) -> list[Kin]:
    """What `territory` holds, from the widest level to the finest."""
    return sorted(
        _known_kin(territory, on, up=False), key=lambda kin: (kin.territory.level.rank, kin.territory.code)
    )


def members(territory: Territory, level: str, on: datetime.date | None = None) -> Members:
    """The territories of `level` in `territory` on a day."""
    inside = [kin for kin in descendants(territory, on=on) if kin.territory.level_id == level]
    return Members(
        tuple(kin.territory for kin in inside if kin.is_full),
        tuple(kin for kin in inside if not kin.is_full),
    )


def commune_to(level: str, on: datetime.date | None = None) -> RollUp:
    """How the communes of a day add up to `level`; in one query, two when it is above the département."""
    day = on or timezone.localdate()
    full, partial = _direct("commune", level, day)
    if not full and not partial:
        wider, _none = _direct("departement", level, day)
        own, _none = _direct("commune", "departement", day)
        full = {code: wider[departement] for code, departement in own.items() if departement in wider}
    return RollUp(level, day, full, partial)


def _direct(
    child: str, parent: str, day: datetime.date
) -> tuple[dict[str, str], dict[str, tuple[Share, ...]]]:
    full: dict[str, str] = {}
    partial: dict[str, tuple[Share, ...]] = {}
    rows = (
        TerritoryRelation.objects.valid_on(day)
        .filter(child__level=child, parent__level=parent)
        .order_by("child__code", "parent__code")
        .values_list("child__code", "parent__code", "coverage", "weight")
    )
    for own, above, coverage, weight in rows:
        if coverage == FULL:
            full[own] = above
        else:
            partial[own] = (*partial.get(own, ()), Share(above, weight))
    return full, partial


def _walk(start: Territory, on: datetime.date | None, *, up: bool) -> list[Kin]:
    """One query per step; raises CyclicTerritory when the graph turns round."""
    near, far = ("child", "parent") if up else ("parent", "child")
    relations = TerritoryRelation.objects.valid_on(on or timezone.localdate())
    found: dict[int, Kin] = {}
    edges: dict[Territory, set[Territory]] = {}
    frontier: dict[int, bool] = {start.pk: True}
    while frontier:
        rows = relations.filter(**{f"{near}__in": frontier}).select_related("parent__level", "child__level")
        following: dict[int, bool] = {}
        for row in rows:
            edges.setdefault(getattr(row, near), set()).add(getattr(row, far))
            kin = _kin(row, far, is_near_full=frontier[getattr(row, f"{near}_id")], at_start=start.pk, up=up)
            if kin is None or ((known := found.get(kin.territory.pk)) and (known.is_full or not kin.is_full)):
                continue
            found[kin.territory.pk] = kin
            if up or kin.is_full:
                following[kin.territory.pk] = kin.is_full
        frontier = following
        _refuse_cycle(edges)
    return list(found.values())


def _kin(row: TerritoryRelation, far: str, *, is_near_full: bool, at_start: int, up: bool) -> Kin | None:
    """The far end of a relation as seen from the start, or None when nothing can be said of it."""
    if row.coverage == FULL:
        return Kin(getattr(row, far), is_near_full)
    if up and row.child_id != at_start:
        return None
    return Kin(getattr(row, far), False, row.weight)


def _refuse_cycle(edges: dict[Territory, set[Territory]]) -> None:
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        raise CyclicTerritory(error.args[1]) from error
