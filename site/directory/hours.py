"""When a place is open: pure rules on local wall clocks, without the database.

An opening belongs to the day it starts: one that closes at or before the hour it opens ends the next day, so
00:00–00:00 is a whole day. What closes a day (a closure, a public holiday) removes the openings that start that day.
Hours are those of Europe/Paris, through its changes of clock. Two openings that touch are one.
"""

import datetime
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

PARIS = ZoneInfo("Europe/Paris")
ONE_DAY = datetime.timedelta(days=1)
HORIZON = datetime.timedelta(days=400)
"""How far the next opening is looked for: a monthly opening closed for a year is still found."""
SOME_DAY, SIX_YEARS = datetime.date(2024, 1, 1), datetime.timedelta(days=6 * 366)
NO_END = datetime.date(2100, 1, 1)
LAST = -1
"""The last such weekday of the month, as `nth`."""


class Frequency(StrEnum):
    """How often a rule comes back."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"


class OnHolidays(StrEnum):
    """What public holidays change; when nobody said, a door that may be closed counts as closed."""

    UNKNOWN = "unknown"
    CLOSED = "closed"
    OPEN = "open"
    AS_USUAL = "as_usual"


SHUT_ON_HOLIDAYS = frozenset({OnHolidays.UNKNOWN, OnHolidays.CLOSED})


@dataclass(frozen=True)
class Rule:
    """One line of hours. `weekday` is 0 for Monday; `nth` (1 to 5, or -1 for the last) only when monthly.

    `valid_from` and `valid_to` are both included.
    """

    weekday: int
    opens: datetime.time
    closes: datetime.time
    frequency: str = Frequency.WEEKLY
    nth: int = 0
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    note: str = ""

    @property
    def ends_next_day(self) -> bool:
        return self.closes <= self.opens

    def applies_on(self, day: datetime.date) -> bool:
        """Whether an opening of this rule starts that day, closures and holidays aside."""
        if day.weekday() != self.weekday or not self.is_valid_on(day):
            return False
        if self.frequency != Frequency.MONTHLY:
            return True
        if self.nth == LAST:
            return (day + datetime.timedelta(days=7)).month != day.month
        return (day.day - 1) // 7 + 1 == self.nth

    def is_valid_on(self, day: datetime.date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True)
class Closure:
    """Days without any opening, both included; one whose end nobody knows ends at `NO_END`."""

    starts_on: datetime.date
    ends_on: datetime.date
    reason: str = ""

    @property
    def has_end(self) -> bool:
        return self.ends_on < NO_END

    def holds(self, day: datetime.date) -> bool:
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True)
class Span:
    """One opening; both ends know their time zone."""

    start: datetime.datetime
    end: datetime.datetime


@lru_cache(maxsize=16)
def public_holidays(year: int) -> dict[datetime.date, str]:
    """The public holidays of metropolitan France, with their names."""
    return dict(holidays.country_holidays("FR", years=year, language="fr"))


class FrenchHolidays:
    """Every public holiday, of any year: `day in FrenchHolidays()`."""

    def __contains__(self, day: object) -> bool:
        return isinstance(day, datetime.date) and day in public_holidays(day.year)


@dataclass(frozen=True)
class Timetable:
    """Everything that says when one place is open."""

    rules: tuple[Rule, ...] = ()
    closures: tuple[Closure, ...] = ()
    on_holidays: str = OnHolidays.CLOSED
    holidays: Container[datetime.date] = FrenchHolidays()

    def is_closed_all(self, day: datetime.date) -> bool:
        """Whether a closure or a public holiday removes the openings of that day."""
        if any(one.holds(day) for one in self.closures):
            return True
        return self.on_holidays in SHUT_ON_HOLIDAYS and day in self.holidays

    def spans_of(self, day: datetime.date) -> list[Span]:
        """The openings that start that day, merged, in order."""
        if self.is_closed_all(day):
            return []
        return merged(_span(rule, day) for rule in self.rules if rule.applies_on(day))


def is_open(timetable: Timetable, at: datetime.datetime) -> bool:
    """Whether it is open at that moment; the minute it closes, it is closed."""
    return current_opening(timetable, at) is not None


def current_opening(timetable: Timetable, at: datetime.datetime) -> Span | None:
    """The opening that holds `at`, up to its real end even past midnight."""
    day = at.astimezone(PARIS).date()
    near = (span for shift in (-1, 0, 1) for span in timetable.spans_of(day + shift * ONE_DAY))
    return next((span for span in merged(near) if span.start <= at < span.end), None)


def next_opening(timetable: Timetable, after: datetime.datetime) -> Span | None:
    """The first opening that starts after this moment, within `HORIZON`; None when there is none."""
    first = after.astimezone(PARIS).date()
    if not timetable.rules:
        return None
    last = max((rule.valid_to or first + HORIZON for rule in timetable.rules), default=first)
    day = first
    while day <= min(last, first + HORIZON):
        for span in timetable.spans_of(day):
            if span.start > after:
                return span
        day += ONE_DAY
    return None


def spans_between(timetable: Timetable, first: datetime.date, last: datetime.date) -> list[Span]:
    """Every opening that starts from `first` to `last`, both included."""
    days = (first + shift * ONE_DAY for shift in range((last - first).days + 1))
    return merged(span for day in days for span in timetable.spans_of(day))


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same moments in as few spans as possible, in order."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: one.start):
        if kept and span.start <= kept[-1].end:
            kept[-1] = Span(kept[-1].start, max(kept[-1].end, span.end))
        elif span.start < span.end:
            kept.append(span)
    return kept


def check_overlaps(rules: Sequence[Rule]) -> list[tuple[Rule, Rule]]:
    """The pairs of lines that would both be open at some moment of some day, in the order of the lines."""
    pairs = ((one, other) for index, one in enumerate(rules) for other in rules[index + 1 :])
    return [(one, other) for one, other in pairs if _overlap(one, other)]


def _span(rule: Rule, day: datetime.date) -> Span:
    """Kept in UTC: two moments of one zone compare by their wall clocks, wrong when clocks change."""
    until = day + ONE_DAY if rule.ends_next_day else day
    start = datetime.datetime.combine(day, rule.opens, PARIS).astimezone(datetime.UTC)
    end = datetime.datetime.combine(until, rule.closes, PARIS).astimezone(datetime.UTC)
    return Span(start, end)


def _overlap(one: Rule, other: Rule) -> bool:
    """Whether a day exists on which their hours meet."""
    for shift in (-1, 0, 1):  # the other starts the day before, the same day or the day after
        if (one.weekday + shift) % 7 == other.weekday and _hours_meet(one, other, shift):
            delay = shift * ONE_DAY
            if any(one.applies_on(day) and other.applies_on(day + delay) for day in _days(one, other)):
                return True
    return False


def _days(one: Rule, other: Rule) -> Iterator[datetime.date]:
    """The days worth looking at: six years show every place an nth weekday can take in a month."""
    starts = [rule.valid_from for rule in (one, other) if rule.valid_from]
    ends = [rule.valid_to for rule in (one, other) if rule.valid_to]
    first = max(starts, default=min(ends, default=SOME_DAY) - SIX_YEARS if ends else SOME_DAY) - ONE_DAY
    last = min([first + SIX_YEARS, *(end + ONE_DAY for end in ends)])
    first += (one.weekday - first.weekday()) % 7 * ONE_DAY
    while first <= last:
        yield first
        first += 7 * ONE_DAY


def _hours_meet(one: Rule, other: Rule, shift: int) -> bool:
    (start, end), (begin, finish) = _minutes(one), _minutes(other)
    return start < finish + shift * 1440 and begin + shift * 1440 < end


def _minutes(rule: Rule) -> tuple[int, int]:
    start, end = (moment.hour * 60 + moment.minute for moment in (rule.opens, rule.closes))
    return start, end + 1440 if rule.ends_next_day else end
