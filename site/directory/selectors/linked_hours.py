"""Hours as schema.org says them: the week, what comes once a month, public holidays and closings."""

import datetime
from typing import Any

from django.utils import timezone

from directory.hours import ONE_DAY, Closure, Frequency, OnHolidays, Rule, Timetable

WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MIDNIGHT, LAST_MINUTE = datetime.time(0), datetime.time(23, 59)
AHEAD = 92
"""Days: once-a-month openings have no word of their own, and are told by their dates."""


def hours_specifications(times: Timetable) -> list[dict[str, Any]]:
    """Lines of hours, then what closes; nothing but the closing when nobody knows when it opens again.

    An opening from midnight to midnight would be read as closed: it ends at 23:59.
    """
    if not times.rules:
        return []
    today = timezone.localdate()
    closings = [_closing(one, today) for one in times.closures if one.ends_on >= today]
    if any("validThrough" not in one for one in closings):
        return closings
    lines = [line for rule in times.rules for line in _lines(rule, today)]
    if times.on_holidays == OnHolidays.CLOSED:
        closings.append(_line("PublicHolidays", MIDNIGHT, MIDNIGHT))
    return lines + closings


def _lines(rule: Rule, today: datetime.date) -> list[dict[str, Any]]:
    closes = LAST_MINUTE if rule.opens == rule.closes == MIDNIGHT else rule.closes
    if rule.frequency != Frequency.MONTHLY:
        return [_line(WEEK[rule.weekday], rule.opens, closes, rule.valid_from, rule.valid_to)]
    days = (today + ahead * ONE_DAY for ahead in range(AHEAD))
    return [_line(WEEK[rule.weekday], rule.opens, closes, day, day) for day in days if rule.applies_on(day)]


def _closing(closure: Closure, today: datetime.date) -> dict[str, Any]:
    """Both hours at midnight: closed. A closing whose end is not known has no last day."""
    last = closure.ends_on if closure.has_end else None
    return _line("", MIDNIGHT, MIDNIGHT, max(closure.starts_on, today), last)


def _line(
    day: str,
    opens: datetime.time,
    closes: datetime.time,
    first: datetime.date | None = None,
    last: datetime.date | None = None,
) -> dict[str, Any]:
    line: dict[str, Any] = {"@type": "OpeningHoursSpecification"}
    if day:
        line["dayOfWeek"] = f"https://schema.org/{day}"
    line |= {"opens": f"{opens:%H:%M}", "closes": f"{closes:%H:%M}"}
    if first:
        line["validFrom"] = first.isoformat()
    if last:
        line["validThrough"] = last.isoformat()
    return line
