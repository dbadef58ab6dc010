"""Two dimensions of participation at once, never about fewer than five people, not even by subtraction.

Ways of answering are crossed with territories by steps: a step tells how the responses received since the last one
fall into the cells. While a survey is crossed, its two margins move with the steps and only then, so that a step and
its margins are about the same people; days move on their own, and no figure ties them to a cell. A step is taken when
the exact search of `observatory.disclosure` finds no group under five people in the cells and margins together, an
attacker being granted which cells are empty. Small categories join «others» in the crossing only. When responses have
waited too long, the crossing ends for good and the margins go on alone.
Pure functions on plain JSON values.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, Self

from observatory.disclosure.rowspace import RowSpace
from observatory.disclosure.rules import INTERNAL

BETWEEN = "|"
OTHERS = "+"
PATIENCE = 60
MOST_TRIED = 500
Cells = Mapping[str, int]


@dataclass(frozen=True)
class Grouping:
    """The categories joined as «others» in each dimension."""

    modes: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()

    def cell(self, key: str) -> str:
        mode, territory = key.split(BETWEEN)
        return BETWEEN.join(
            (OTHERS if mode in self.modes else mode, OTHERS if territory in self.territories else territory)
        )

    def cells(self, counts: Cells) -> dict[str, int]:
        """The counts added up by cell."""
        found: dict[str, int] = {}
        for key, count in counts.items():
            found[self.cell(key)] = found.get(self.cell(key), 0) + count
        return found


@dataclass(frozen=True)
class Crossing:
    """What was crossed so far: `counted` by exact cell, never shown, and the grouping in which it is shown."""

    counted: Cells = field(default_factory=dict)
    grouping: Grouping = Grouping()
    is_over: bool = False

    def shown(self) -> dict[tuple[str, str], int]:
        """Counts by mode and territory, in the widest grouping ever used."""
        cells = self.grouping.cells(self.counted)
        return {(key.split(BETWEEN)[0], key.split(BETWEEN)[1]): count for key, count in cells.items()}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Self:
        grouping = Grouping(*(tuple(raw["grouping"][name]) for name in ("modes", "territories")))
        return cls(raw["counted"], grouping, raw["is_over"])


def key_of(mode: str, territory: str) -> str:
    return f"{mode}{BETWEEN}{territory}"


def territory_of(key: str) -> str:
    return key.partition(BETWEEN)[2]


def advance_crossing(crossing: Crossing, now: Cells, *, moves: bool) -> tuple[Crossing, bool]:
    """The crossing after these counts, and whether the margins may move now.

    `moves` says that both margins are ready to, by their own rule.
    """
    if crossing.is_over:
        return crossing, True
    growth = {key: count - crossing.counted.get(key, 0) for key, count in now.items()}
    growth = {key: count for key, count in growth.items() if count}
    if moves and all(count > 0 for count in growth.values()):
        for grouping in groupings(crossing.grouping, now):
            if is_safe_step(grouping, growth):
                return Crossing(dict(now), grouping), True
    if sum(growth.values()) < PATIENCE:
        return crossing, False
    return Crossing(crossing.counted, crossing.grouping, is_over=True), True


def groupings(start: Grouping, now: Cells) -> Iterator[Grouping]:
    """The present grouping, then wider and wider ones: what was joined stays joined."""
    modes = _sizes(now, 0)
    territories = _sizes(now, 1)
    small = sorted(territories, key=lambda one: (territories[one], one))
    mode_sets = [start.modes]
    if {"helped", "proxy"} <= modes.keys():
        mode_sets.append(tuple(dict.fromkeys((*start.modes, "helped", "proxy"))))
    waiting = [each for each in small if each not in start.territories]
    for count in range(len(waiting)):
        joined = (*start.territories, *waiting[:count])
        if len(joined) != 1:
            yield from (Grouping(each, joined) for each in mode_sets)


def _sizes(cells: Cells, position: int) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for key, count in cells.items():
        name = key.split(BETWEEN)[position]
        sizes[name] = sizes.get(name, 0) + count
    return sizes


def is_safe_step(grouping: Grouping, growth: Cells) -> bool:
    """True when nothing about fewer than five people follows from the cells, the margins and the total.

    Exact: a group is isolated when it is a combination of the sums shown, and a small group is made of
    small cells only.
    """
    if any(INTERNAL.is_small(count) for count in grouping.cells(growth).values()):
        return False
    sums: dict[tuple[str, str], dict[Hashable, int]] = {}
    for key in growth:
        mode, territory = key.split(BETWEEN)
        for level, code in (("", ""), ("mode", mode), ("place", territory), ("cell", grouping.cell(key))):
            sums.setdefault((level, code), {})[key] = 1
    space: RowSpace[Hashable] = RowSpace()
    for row in sums.values():
        space.add(row)
    for tried, group in enumerate(_small_groups(growth)):
        if tried >= MOST_TRIED or space.contains(dict.fromkeys(group, 1)):
            return False
    return True


def _small_groups(growth: Cells) -> Iterator[tuple[str, ...]]:
    """Every set of cells that holds fewer than five people."""
    small = sorted((key for key, count in growth.items() if INTERNAL.is_small(count)), key=growth.__getitem__)
    for size in range(1, INTERNAL.minimum):
        for group in combinations(small, size):
            if INTERNAL.is_small(sum(growth[key] for key in group)):
                yield group
