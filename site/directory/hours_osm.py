"""Hours written as OpenStreetMap's `opening_hours`, the format of data·inclusion: the part of it we keep.

Read and written: weekdays and ranges, nth weekdays (`Mo[1]`, `Su[-1]`), several hours a day, hours past midnight,
`24/7`, dated periods (`2026 Jul 01-2026 Aug 31`), closures (`… off`), public holidays (`PH off`, `PH open`), comments in quotes. What we do not keep (sunrise, weeks, easter) is refused by name: no hour is
guessed. Grammar: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
"""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from directory.hours import ONE_DAY, Closure, Frequency, OnHolidays, Rule, Timetable

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
EVERY_DAY = tuple((day, 0) for day in range(7))
LONGEST = 2000
HOURS = re.compile(r"(\d{1,2})[:h](\d{2})\s*[-–]\s*(\d{1,2})[:h](\d{2})")
DATE = rf"(\d{{4}})\s+({'|'.join(MONTHS)})\s+(\d{{1,2}})"
PERIOD = re.compile(rf"{DATE}(?:\s*-\s*(?:{DATE}))?\s*:?\s*")
DAY = rf"(?:{'|'.join(DAYS)})"
DAY_PART = re.compile(rf"({DAY})(?:\s*-\s*({DAY})|\[(-?\d(?:,-?\d)*)\])?$")
SEPARATOR = re.compile(rf'(;|(?:(?<=:\d\d)|(?<="))\s*,(?=\s*(?:{DAY}|\d{{4}}\s)))')
Period = tuple[datetime.date | None, datetime.date | None, str]
COMMENT = re.compile(r'"([^"]*)"')


class UnreadHours(ValueError):
    """A rule we do not keep; its text can be shown."""


@dataclass(frozen=True)
class _Selected:
    """What stands before the hours of a rule."""

    days: tuple[tuple[int, int], ...]
    first: datetime.date | None
    last: datetime.date | None
    rest: str


def read_hours(text: str) -> Timetable:
    """The timetable that `text` says; UnreadHours names the rule that is not understood."""
    rules: list[Rule] = []
    closures: list[Closure] = []
    on_holidays: str = OnHolidays.AS_USUAL
    for separator, written in _parts(text):
        if holiday := re.fullmatch(r"PH\s+(off|closed|open)", written):
            on_holidays = OnHolidays.OPEN if holiday[1] == "open" else OnHolidays.CLOSED
            continue
        comment = COMMENT.search(written)
        note = comment[1] if comment else ""
        selected = _select(COMMENT.sub("", written).strip(), written)
        is_off = selected.rest in {"off", "closed"}
        if is_off and selected.first and selected.last and selected.days == EVERY_DAY:
            closures.append(Closure(selected.first, selected.last, note))
            continue
        if separator != ",":
            rules = [kept for rule in rules for kept in _overridden(rule, selected, written)]
        rules += [] if is_off else _rules(selected, note, written)
    return without_open_ends(Timetable(tuple(rules), tuple(closures), on_holidays))


def write_hours(timetable: Timetable) -> str:
    """What `read_hours` reads back as the same openings; empty without hours."""
    written, seen = "", set[int]()
    for days, text in _groups(timetable.rules):
        # after a semicolon a rule replaces what was said of its days, after a comma it adds to it
        written += (", " if seen & days else "; ") + text if written else text
        seen |= days
    others = [_write_closure(one) for one in timetable.closures]
    if timetable.on_holidays != OnHolidays.AS_USUAL and timetable.rules:
        others.append("PH open" if timetable.on_holidays == OnHolidays.OPEN else "PH off")
    return "; ".join([written, *others] if written else others)


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Each rule with what stands before it: `;` replaces, `,` adds. Neither is read inside a comment."""
    pieces = SEPARATOR.split(";" + text.strip()[:LONGEST])
    for separator, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        if piece.strip():
            yield separator.strip(), piece.strip()


def _overridden(rule: Rule, by: _Selected, written: str) -> Iterator[Rule]:
    """What is left of an earlier rule once a later one has spoken of its days."""
    nths = {nth for day, nth in by.days if day == rule.weekday}
    meets = (by.last is None or rule.valid_from is None or rule.valid_from <= by.last) and (
        by.first is None or rule.valid_to is None or by.first <= rule.valid_to
    )
    if not nths or not meets or (rule.nth and nths.isdisjoint({0, rule.nth})):
        yield rule
        return
    if not rule.nth and 0 not in nths:  # one Monday of the month replaced: our rules cannot say the others
        raise _unread(written)
    if by.first and (rule.valid_from is None or rule.valid_from < by.first):
        yield replace(rule, valid_to=by.first - ONE_DAY)
    if by.last and (rule.valid_to is None or by.last < rule.valid_to):
        yield replace(rule, valid_from=by.last + ONE_DAY)


def _select(text: str, written: str) -> _Selected:
    first = last = None
    if period := PERIOD.match(text):
        first = _date(period.groups()[:3], written)
        last = _date(period.groups()[3:], written) if period[4] else first
        text = text[period.end() :]
    if text.startswith("24/7"):
        return _Selected(EVERY_DAY, first, last, "00:00-24:00")
    head = re.match(rf"{DAY}[^:]*?(?=\s*\d{{1,2}}[:h]\d{{2}}|\s+(?:off|closed)|$)", text)
    if head is None:
        return _Selected(EVERY_DAY, first, last, text.strip())
    days = tuple(_days(head[0], written))
    return _Selected(days, first, last, text[head.end() :].strip())


def _days(text: str, written: str) -> Iterator[tuple[int, int]]:
    for part in re.split(r"\s*,\s*(?![^\[]*\])", text.strip().rstrip(":")):
        if part == "PH":
            continue
        match = DAY_PART.match(part)
        if match is None:
            raise _unread(written)
        start = DAYS.index(match[1])
        if match[3]:
            for nth in match[3].split(","):
                if int(nth) not in {-1, 1, 2, 3, 4, 5}:
                    raise _unread(written)
                yield start, int(nth)
            continue
        end = DAYS.index(match[2]) if match[2] else start
        yield from (((start + shift) % 7, 0) for shift in range((end - start) % 7 + 1))


def _rules(selected: _Selected, note: str, written: str) -> Iterator[Rule]:
    hours = list(_hours(selected.rest, written))
    for weekday, nth in selected.days:
        for opens, closes in hours:
            frequency = Frequency.MONTHLY if nth else Frequency.WEEKLY
            yield Rule(weekday, opens, closes, frequency, nth, selected.first, selected.last, note)


def _hours(text: str, written: str) -> Iterator[tuple[datetime.time, datetime.time]]:
    if not text:
        raise _unread(written)
    for part in re.split(r"\s*,\s*", text):
        match = HOURS.fullmatch(part)
        if match is None:
            raise _unread(written)
        opens, closes = _time(match[1], match[2], written), _time(match[3], match[4], written)
        if opens == closes != datetime.time(0):
            raise _unread(written)
        yield opens, closes


def _time(hour: str, minute: str, written: str) -> datetime.time:
    """24:00 is midnight; 26:00 is two in the morning of the next day."""
    if int(minute) > 59 or int(hour) > 47:
        raise _unread(written)
    return datetime.time(int(hour) % 24, int(minute))


def _date(parts: Iterable[str], written: str) -> datetime.date:
    year, month, day = parts
    try:
        return datetime.date(int(year), MONTHS.index(month) + 1, int(day))
    except ValueError:
        raise _unread(written) from None


def _groups(rules: Iterable[Rule]) -> Iterator[tuple[set[int], str]]:
    """Days that have the same hours, period and note are written together."""
    hours: dict[tuple[Period, int, int], list[str]] = {}
    for rule in sorted(rules, key=lambda rule: (rule.weekday, rule.nth, rule.opens)):
        period = (rule.valid_from, rule.valid_to, rule.note)
        closes = "24:00" if rule.closes == datetime.time(0) else f"{rule.closes:%H:%M}"
        nth = rule.nth if rule.frequency == Frequency.MONTHLY else 0
        hours.setdefault((period, rule.weekday, nth), []).append(f"{rule.opens:%H:%M}-{closes}")
    days: dict[tuple[Period, bool, str], list[tuple[int, int]]] = {}
    for (period, weekday, nth), spans in hours.items():
        days.setdefault((period, bool(nth), ",".join(spans)), []).append((weekday, nth))
    for (period, _monthly, written), selected in days.items():
        first, last, note = period
        names = ",".join(f"{DAYS[day]}[{nth}]" if nth else DAYS[day] for day, nth in selected)
        comment = f' "{_quoted(note)}"' if note else ""
        text = f"{_write_period(first, last)}{_ranges(names)} {written}{comment}"
        yield {day for day, _nth in selected}, text


def _quoted(text: str) -> str:
    return text.replace('"', "’").replace(";", ",")


def _ranges(days: str) -> str:
    """`Mo,Tu,We` is written `Mo-We`."""
    parts = days.split(",")
    if any("[" in part for part in parts) or len(parts) < 3:
        return days
    numbers = [DAYS.index(part) for part in parts]
    if numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        return f"{parts[0]}-{parts[-1]}"
    return days


OPEN_ENDED = datetime.date(1970, 1, 1), datetime.date(2099, 12, 31)
"""OpenStreetMap has no half-open period for years we could rely on in every reader."""


def _write_period(first: datetime.date | None, last: datetime.date | None) -> str:
    if first is None and last is None:
        return ""
    start, end = first or OPEN_ENDED[0], last or OPEN_ENDED[1]
    return f"{_write_date(start)}-{_write_date(end)} "


def _write_closure(closure: Closure) -> str:
    reason = f' "{_quoted(closure.reason)}"' if closure.reason else ""
    return f"{_write_date(closure.starts_on)}-{_write_date(closure.ends_on)} off{reason}"


def _write_date(day: datetime.date) -> str:
    return f"{day.year:04} {MONTHS[day.month - 1]} {day.day:02}"


def _unread(written: str) -> UnreadHours:
    return UnreadHours(
        _("The hours “%(text)s” are not understood: write them as Mo-Fr 09:00-12:00.")
        % {"text": written[:80]}
    )


def without_open_ends(timetable: Timetable) -> Timetable:
    """Periods written open-ended by `write_hours` are open again."""
    first, last = OPEN_ENDED
    rules = (
        replace(
            rule,
            valid_from=None if rule.valid_from == first else rule.valid_from,
            valid_to=None if rule.valid_to == last else rule.valid_to,
        )
        for rule in timetable.rules
    )
    return replace(timetable, rules=tuple(rules))
