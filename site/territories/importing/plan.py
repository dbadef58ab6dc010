"""What the files say, gathered in memory before one row is written."""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from core.problems import ImportRefused, Problem
from core.tabular import Table
from territories.models import ALWAYS

Day = datetime.date


class Key(NamedTuple):
    """What identifies a territory: in France `47001` alone does not."""

    level: str
    code: str
    valid_from: Day = ALWAYS


@dataclass
class Place:
    name: str
    valid_to: Day | None = None

    def is_valid_on(self, key: Key, day: Day) -> bool:
        return key.valid_from <= day and (self.valid_to is None or self.valid_to > day)


@dataclass
class Belonging:
    """`child` in `parent`; a weight means in part."""

    parent: Key
    child: Key
    valid_from: Day = ALWAYS
    valid_to: Day | None = None
    weight: float | None = None


@dataclass
class Change:
    """One event of the map and the territories before and after it."""

    happened_on: Day
    kind: str
    label: str
    links: list[tuple[Key, Key]] = field(default_factory=list)


@dataclass(frozen=True)
class Alias:
    key: Key
    kind: str
    value: str


@dataclass
class Outline:
    """A checked layer, ready to be stored."""

    level: str
    vintage: int
    source: str
    full: bytes
    light: bytes
    sha256: str
    feature_count: int


class Plan:
    """The whole desired state; problems are collected so that one run names them all."""

    MAX_PROBLEMS = 100

    def __init__(self) -> None:
        self.places: dict[Key, Place] = {}
        self.belongings: dict[tuple[Key, Key, Day], Belonging] = {}
        self.changes: list[Change] = []
        self.aliases: set[Alias] = set()
        self.populations: dict[tuple[Key, int], tuple[int, int | None]] = {}
        self.outlines: list[Outline] = []
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []
        self.home: set[str] = set()
        self._periods: dict[tuple[str, str], list[Key]] = defaultdict(list)

    def add_place(self, key: Key, name: str, valid_to: Day | None = None) -> Key:
        if key not in self.places:
            self._periods[key.level, key.code].append(key)
        self.places[key] = Place(name, valid_to)
        return key

    def belong(self, child: Key, parent: Key, since: Day = ALWAYS, weight: float | None = None) -> Belonging:
        """`child` is in `parent` from the day both exist and `since`, until one ends."""
        ends = [day for day in (self.places[child].valid_to, self.places[parent].valid_to) if day]
        start = max(child.valid_from, parent.valid_from, since)
        one = Belonging(parent, child, start, min(ends, default=None), weight)
        self.belongings[parent, child, start] = one
        return one

    def find(self, level: str, code: str, day: Day | None = None) -> Key | None:
        """The territory of that code on `day`, or the one with no end."""
        for key in self._periods.get((level, code), ()):
            place = self.places[key]
            if place.is_valid_on(key, day) if day else place.valid_to is None:
                return key
        return None

    def at_level(self, level: str, day: Day | None = None) -> Iterator[tuple[Key, Place]]:
        for key, place in self.places.items():
            if key.level == level and (place.is_valid_on(key, day) if day else place.valid_to is None):
                yield key, place

    def refuse(self, file: str, place: str, message: str, remedy: str = "") -> None:
        self.problems.append(Problem(file, place, message, remedy))
        if len(self.problems) >= self.MAX_PROBLEMS:
            self.check()

    def note(self, file: str, place: str, message: str, remedy: str = "") -> None:
        self.notes.append(Problem(file, place, message, remedy))

    def take(self, table: Table) -> Table:
        """`table`, its reading problems kept with the others."""
        self.problems.extend(table.problems)
        return table

    def check(self) -> None:
        """Refuse everything when anything is wrong."""
        if self.problems:
            raise ImportRefused(self.problems)
