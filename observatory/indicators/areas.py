"""Which parts make up which publishable areas, on the day of the geography used."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from observatory.disclosure import Area
from territories.models import Territory, TerritoryRelation

LEVELS = ("departement", "epci", "canton", "arrondissement", "commune")
"""Publishable levels, in the order in which they are kept when all cannot be."""


@dataclass(frozen=True)
class Geography:
    """The areas of a scope with their parts (territory keys), their names, and those that cannot be added up."""

    levels: tuple[str, ...]
    areas: dict[Area, frozenset[str]]
    names: dict[Area, str]
    incomplete: frozenset[Area]

    def at_levels(self, levels: Collection[str]) -> "Geography":
        """The same without the other levels."""
        return Geography(
            tuple(one for one in self.levels if one in levels),
            {area: parts for area, parts in self.areas.items() if area.level in levels},
            self.names,
            frozenset(area for area in self.incomplete if area.level in levels),
        )


def geography_of(scope: Territory, day: datetime.date, located: Iterable[int] = ()) -> Geography:
    """Every area within `scope` on `day`; `located` are territories where facts sit.

    An area crossed by a commune that lies in it only in part (three communes of Lot-et-Garonne are split
    between cantons) cannot be added up: it is absent. An intercommunality reaching over the border of the
    scope counts its communes inside the scope only.
    """
    parents, partial = _relations(day)
    above = _Ancestors(parents)
    territories = {one.pk: one for one in Territory.objects.valid_on(day).select_related("level")}
    inside = {pk for pk in territories if scope.pk in above.of(pk)}
    parts = (
        {pk for pk in inside if territories[pk].level_id == "commune"} | (inside & set(located)) | {scope.pk}
    )
    holding: dict[int, set[str]] = defaultdict(set)
    for pk in parts:
        for ancestor in above.of(pk):
            holding[ancestor].add(str(pk))
    usable = [level for level in LEVELS if level == scope.level_id or _is_below(level, scope, territories)]
    areas, names, incomplete = {}, {}, set()
    for pk, members in sorted(holding.items()):
        one = territories.get(pk)
        if one is None or one.level_id not in usable or (one.level_id == scope.level_id and pk != scope.pk):
            continue
        area = Area(one.level_id, one.code)
        names[area] = one.name
        if pk in partial:
            incomplete.add(area)
        else:
            areas[area] = frozenset(members)
    for pk in partial & set(territories):
        one = territories[pk]
        if one.level_id in usable and (pk in inside):
            names[Area(one.level_id, one.code)] = one.name
            incomplete.add(Area(one.level_id, one.code))
    return Geography(tuple(usable), areas, names, frozenset(incomplete))


def _is_below(level: str, scope: Territory, territories: dict[int, Territory]) -> bool:
    ranks = {one.level_id: one.level.rank for one in territories.values()}
    return level in ranks and ranks[level] > scope.level.rank


def _relations(day: datetime.date) -> tuple[dict[int, set[int]], set[int]]:
    """Full parents of each territory, and the territories that hold a commune only in part."""
    rows = TerritoryRelation.objects.valid_on(day).values_list(
        "parent_id", "child_id", "coverage", "child__level_id"
    )
    parents: dict[int, set[int]] = defaultdict(set)
    partial: set[int] = set()
    for parent, child, coverage, child_level in rows:
        if coverage == TerritoryRelation.Coverage.FULL:
            parents[child].add(parent)
        elif child_level == "commune":
            partial.add(parent)
    return parents, partial


class _Ancestors:
    """A territory and everything it lies wholly in, remembered."""

    def __init__(self, parents: dict[int, set[int]]) -> None:
        self._parents = parents
        self._known: dict[int, frozenset[int]] = {}

    def of(self, pk: int) -> frozenset[int]:
        if pk not in self._known:
            self._known[pk] = frozenset({pk})  # guards against a cycle in the data
            found = {pk}.union(*(self.of(parent) for parent in self._parents.get(pk, ())))
            self._known[pk] = frozenset(found)
        return self._known[pk]
