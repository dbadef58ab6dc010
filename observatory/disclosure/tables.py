"""A question's counts over parts of the territory, and the areas that would be published from them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

TOTAL = "total"
Part = str
Slice = str
Group = tuple[Slice, ...]
"""Choices published together; a single choice is a group of one. Sorted."""


class Area(NamedTuple):
    """A territory of a level. Levels do not have to nest, nor to cover everything."""

    level: str
    code: str


class Key(NamedTuple):
    """What a published cell is about; `group` is empty for the total."""

    area: Area
    group: Group


@dataclass(frozen=True)
class Counts:
    """How many persons, by part and by slice, at one moment.

    `base` are those who answered, `slices` those who chose; `others` are respondents of the same survey to
    whom the question was not put, when that says something about them (a conditional question).
    """

    base: Mapping[Part, int]
    slices: Mapping[Slice, Mapping[Part, int]]
    others: Mapping[Part, int] = field(default_factory=dict)

    def quantity(self, name: "Quantity") -> dict[Part, int]:
        """The number of persons behind `name`, by part; parts with nobody are left out."""
        kind, group = name
        if kind == "others":
            return dict(self.others)
        if kind == "base":
            return dict(self.base)
        chosen: dict[Part, int] = {}
        for slice_ in group:
            for part, count in self.slices.get(slice_, {}).items():
                chosen[part] = chosen.get(part, 0) + count
        if kind == "chosen":
            return chosen
        return {part: count - chosen.get(part, 0) for part, count in self.base.items()}


class Quantity(NamedTuple):
    """A count of persons that publication would let anyone compute: `base`, `others`, `chosen` or `rest`."""

    kind: str
    group: Group


@dataclass(frozen=True)
class Table:
    """Everything needed to decide what may be published of one question.

    `levels` are in order of priority: what comes first is kept first. `is_partition` says that each person
    is in exactly one slice, so that hidden slices can be had by subtraction from the base. `amounts`, when
    given, are the contributions behind a figure, for the rule of dominance.
    """

    levels: tuple[str, ...]
    areas: Mapping[Area, frozenset[Part]]
    slices: tuple[Slice, ...]
    counts: Counts
    is_partition: bool = True
    amounts: Mapping[Part, tuple[float, ...]] = field(default_factory=dict)

    def areas_of(self, level: str) -> dict[Area, frozenset[Part]]:
        """The areas of one level with their parts."""
        return {area: parts for area, parts in self.areas.items() if area.level == level}

    def value(self, key: Key) -> int:
        """The count of a cell, unprotected."""
        name = Quantity("chosen", key.group) if key.group else Quantity("base", ())
        counts = self.counts.quantity(name)
        return sum(counts.get(part, 0) for part in self.areas[key.area])


def quantities_of(groups: Iterable[Group], *, is_conditional: bool) -> list[Quantity]:
    """What publishing a level with these groups lets anyone compute: bases, counts and their complements."""
    names = [Quantity("base", ())]
    if is_conditional:
        names.append(Quantity("others", ()))
    for group in groups:
        names += [Quantity("chosen", group), Quantity("rest", group)]
    return names
