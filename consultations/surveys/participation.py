"""Counts of participation that never tell about fewer than five people.

Not even by subtraction, from the total or from an earlier view, because what is shown is a state that only
moves by groups of five:
- the total moves when at least five responses came since it last moved, and nothing moves without it;
- days are joined into periods of at least five responses;
- a breakdown (mode, territory, with an invitation or not) moves when every category grew by zero or by five at least since it last
  moved. When a small category has held it back for long, the smallest ones join «others» for ever.
- modes crossed with territories move as `crossing` says, and hold both back while they wait.
So two figures ever shown differ by zero or by a group of five people or more. One territory level is shown,
always the same: two nested levels could be subtracted from each other.
Pure functions on plain JSON values: they take counts and give counts.
"""

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from consultations.surveys.crossing import Crossing, advance_crossing

THRESHOLD = 5
PATIENCE = 30
INVITED, OPEN_DOOR = "invited", "open"
Counts = Mapping[str, int]


@dataclass(frozen=True)
class Period:
    """Responses received from one day to another, both included (ISO dates)."""

    first: str
    last: str
    count: int

    @property
    def first_day(self) -> datetime.date:
        return datetime.date.fromisoformat(self.first)

    @property
    def last_day(self) -> datetime.date:
        return datetime.date.fromisoformat(self.last)


@dataclass(frozen=True)
class Breakdown:
    """What is shown of one dimension; `others` are the categories joined for ever. Withheld while empty."""

    counts: Counts = field(default_factory=dict)
    others: tuple[str, ...] = ()

    @property
    def is_withheld(self) -> bool:
        return not self.counts

    def shown(self) -> dict[str, int]:
        """The categories shown one by one."""
        return {key: count for key, count in self.counts.items() if key not in self.others and count}

    @property
    def others_count(self) -> int:
        return sum(self.counts.get(key, 0) for key in self.others)


@dataclass(frozen=True)
class Shown:
    """Everything organisers may see, as it last moved."""

    total: int = 0
    counted_days: Counts = field(default_factory=dict)
    periods: tuple[Period, ...] = ()
    by_mode: Breakdown = Breakdown()
    by_territory: Breakdown = Breakdown()
    by_door: Breakdown = Breakdown()
    crossing: Crossing = field(default_factory=Crossing)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Self:
        if not raw:
            return cls()
        return cls(
            raw["total"],
            raw["counted_days"],
            tuple(Period(**each) for each in raw["periods"]),
            Breakdown(raw["by_mode"]["counts"], tuple(raw["by_mode"]["others"])),
            Breakdown(raw["by_territory"]["counts"], tuple(raw["by_territory"]["others"])),
            Breakdown(raw["by_door"]["counts"], tuple(raw["by_door"]["others"])),
            Crossing.from_json(raw["crossing"]),
        )


@dataclass(frozen=True)
class Counted:
    """The counts of the moment: by day, and by exact cell of mode and territory."""

    by_day: Counts
    by_mode: Counts
    by_territory: Counts
    cells: Counts = field(default_factory=dict)
    invited: int = 0


def advance(shown: Shown, now: Counted) -> Shown:
    """What may be shown now that the counts are these; the same state when it is too early to move."""
    total = sum(now.by_day.values())
    if total < shown.total:  # responses were erased: start again from what is left
        shown = Shown()
    if total - shown.total < THRESHOLD:
        return shown
    mode = advance_breakdown(shown.by_mode, now.by_mode)
    territory = advance_breakdown(shown.by_territory, now.by_territory)
    is_ready = dict(mode.counts) == dict(now.by_mode) and dict(territory.counts) == dict(now.by_territory)
    crossing, moves = advance_crossing(shown.crossing, now.cells, moves=is_ready)
    door = {INVITED: now.invited, OPEN_DOOR: total - now.invited}
    return Shown(
        total=total,
        counted_days=dict(now.by_day),
        periods=join_periods([*shown.periods, *make_periods(grown(now.by_day, shown.counted_days))]),
        by_mode=mode if moves else shown.by_mode,
        by_territory=territory if moves else shown.by_territory,
        by_door=advance_breakdown(shown.by_door, door),
        crossing=crossing,
    )


def grown(now: Counts, before: Counts) -> dict[str, int]:
    """What was added, category by category."""
    return {key: count - before.get(key, 0) for key, count in now.items() if count > before.get(key, 0)}


def make_periods(by_day: Counts) -> list[Period]:
    """Consecutive days joined until each period reaches the threshold; the rest joins the last one."""
    periods: list[Period] = []
    first, count = "", 0
    for day in sorted(by_day):
        first = first or day
        count += by_day[day]
        if count >= THRESHOLD:
            periods.append(Period(first, day, count))
            first, count = "", 0
    if count and periods:
        last = periods.pop()
        periods.append(Period(last.first, max(by_day), last.count + count))
    return periods


def join_periods(periods: list[Period]) -> tuple[Period, ...]:
    """Periods in order; those over the same days are added up."""
    joined: dict[tuple[str, str], int] = {}
    for period in sorted(periods, key=lambda each: (each.first, each.last)):
        key = (period.first, period.last)
        joined[key] = joined.get(key, 0) + period.count
    return tuple(Period(first, last, count) for (first, last), count in joined.items())


def advance_breakdown(shown: Breakdown, now: Counts) -> Breakdown:
    """The breakdown moved to these counts if that is safe, or as it was."""
    growth = grown(now, shown.counts)
    if is_safe(growth, shown.others):
        return Breakdown(dict(now), shown.others)
    if sum(growth.values()) < PATIENCE:
        return shown
    others = widen(shown.others, growth, now)
    if len(set(now) - set(others)) < 2:
        return shown
    return Breakdown(dict(now), others)


def is_safe(growth: Counts, others: tuple[str, ...]) -> bool:
    """True when each category, and «others» as one, grew by zero or by the threshold at least."""
    together = sum(growth.get(key, 0) for key in others)
    alone = [count for key, count in growth.items() if key not in others]
    return all(count >= THRESHOLD for count in [*alone, together] if count)


def widen(others: tuple[str, ...], growth: Counts, now: Counts) -> tuple[str, ...]:
    """«Others» with the categories that grew by too few, and the smallest ones until it is safe."""
    joined = [
        *others,
        *sorted(key for key, count in growth.items() if key not in others and count < THRESHOLD),
    ]
    waiting = sorted(now.keys() - set(joined), key=lambda key: (now[key], key))
    while waiting and (sum(growth.get(key, 0) for key in joined) < THRESHOLD or len(joined) < 2):
        joined.append(waiting.pop(0))
    return tuple(joined)
