"""Hours in plain words: “Open now, until 5 pm”, and a week as a person reads it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import formats
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from directory.hours import (
    LAST,
    PARIS,
    SHUT_ON_HOLIDAYS,
    Closure,
    Frequency,
    OnHolidays,
    Rule,
    Timetable,
    current_opening,
    next_opening,
    public_holidays,
)


@dataclass(frozen=True)
class DayLine:
    """One line of the week: the day, its hours, and what the line adds."""

    day: str
    hours: str
    note: str = ""


def sentence(timetable: Timetable, at: datetime.datetime) -> str:
    """Open or closed at that moment, and until when; empty when no hours are known."""
    if not timetable.rules:
        return ""
    opening = current_opening(timetable, at)
    if opening:
        return _("Open now, %(until)s.") % {"until": _until(opening.end, at)}
    following = next_opening(timetable, at)
    if following is None:
        return _join(_why_closed(timetable, at), _("No opening is announced."))
    opens = _("Opens %(day)s at %(hour)s.") % {
        "day": _day_words(following.start, at),
        "hour": hour_words(following.start.astimezone(PARIS).time()),
    }
    return _join(_why_closed(timetable, at), opens)


def week_lines(rules: Sequence[Rule], on: datetime.date) -> list[DayLine]:
    """The usual week in force on a day, Monday first, then what comes once a month."""
    current = [rule for rule in rules if rule.is_valid_on(on)]
    weekly = [rule for rule in current if rule.frequency != Frequency.MONTHLY]
    lines = [_week_line(day, weekly) for day in range(7)] if weekly else []
    monthly = sorted(
        (rule for rule in current if rule.frequency == Frequency.MONTHLY),
        key=lambda rule: (rule.weekday, rule.nth == LAST, rule.nth, rule.opens),
    )
    return lines + [DayLine(_nth_words(rule), _hours_words(rule), rule.note) for rule in monthly]


def season_lines(rules: Sequence[Rule], on: datetime.date, until: datetime.date) -> list[DayLine]:
    """The hours to come that are not those of `on`, by period, the soonest first."""
    later = [rule for rule in rules if rule.valid_from and on < rule.valid_from <= until]
    periods = sorted({(rule.valid_from, rule.valid_to or datetime.date.max) for rule in later})
    lines = []
    for first, last in periods:
        mine = [one for one in later if (one.valid_from, one.valid_to or datetime.date.max) == (first, last)]
        mine.sort(key=lambda rule: (rule.weekday, rule.opens))
        end = None if last == datetime.date.max else last
        lines.append(DayLine(period_words(first, end), "\u00a0; ".join(map(rule_words, mine))))
    return lines


def period_words(first: datetime.date | None, last: datetime.date | None) -> str:
    """Both ends included; empty when there is none."""
    said = {
        "first": formats.date_format(first, "j F Y") if first else "",
        "last": formats.date_format(last, "j F Y") if last else "",
    }
    if first and last:
        return _("from %(first)s to %(last)s") % said
    if first:
        return _("from %(first)s") % said
    return _("until %(last)s") % said if last else ""


def rule_words(rule: Rule) -> str:
    """One line of hours as messages name it: “Monday, 9 am – 12 pm”."""
    day = _nth_words(rule) if rule.frequency == Frequency.MONTHLY else str(WEEKDAYS[rule.weekday])
    return f"{day}, {_hours_words(rule)}"


def hour_words(moment: datetime.time) -> str:
    """9 h, 14 h 30."""
    if moment.minute:
        return _("%(hour)d:%(minute)02d") % {"hour": moment.hour, "minute": moment.minute}
    return _("%(hour)d o’clock") % {"hour": moment.hour}


def holiday_words(timetable: Timetable) -> str:
    """What happens on public holidays."""
    return {
        OnHolidays.UNKNOWN: _("On public holidays, phone before you come."),
        OnHolidays.CLOSED: _("Closed on public holidays."),
        OnHolidays.OPEN: _("Open on public holidays."),
    }.get(OnHolidays(timetable.on_holidays), "")


def _week_line(day: int, weekly: Sequence[Rule]) -> DayLine:
    mine = sorted((rule for rule in weekly if rule.weekday == day), key=lambda rule: rule.opens)
    hours = ", ".join(_hours_words(rule) for rule in mine) or pgettext("opening hours", "closed")
    return DayLine(str(WEEKDAYS[day]), hours, " · ".join(dict.fromkeys(one.note for one in mine if one.note)))


def _hours_words(rule: Rule) -> str:
    if rule.opens == rule.closes:
        return _("day and night")
    words = {"opens": hour_words(rule.opens), "closes": hour_words(rule.closes)}
    if rule.ends_next_day and rule.closes != datetime.time(0):
        return _("%(opens)s – %(closes)s the next day") % words
    return _("%(opens)s – %(closes)s") % words


def _nth_words(rule: Rule) -> str:
    day = {"day": str(WEEKDAYS[rule.weekday])}
    if rule.nth == LAST:
        return _("last %(day)s of the month") % day
    if rule.nth == 1:
        return _("first %(day)s of the month") % day
    return {
        2: _("second %(day)s of the month"),
        3: _("third %(day)s of the month"),
        4: _("fourth %(day)s of the month"),
    }.get(rule.nth, _("fifth %(day)s of the month")) % day


def _until(end: datetime.datetime, at: datetime.datetime) -> str:
    local, now = end.astimezone(PARIS), at.astimezone(PARIS)
    hour = hour_words(local.time())
    if end - at > datetime.timedelta(hours=24):
        return _("day and night")
    if local.date() == now.date() or local.time() == datetime.time(0):
        return _("until %(hour)s") % {"hour": hour if local.time() != datetime.time(0) else _("midnight")}
    return _("until %(hour)s tomorrow") % {"hour": hour}


def _day_words(start: datetime.datetime, at: datetime.datetime) -> str:
    day, today = start.astimezone(PARIS).date(), at.astimezone(PARIS).date()
    ahead = (day - today).days
    if ahead == 0:
        return _("today")
    if ahead == 1:
        return _("tomorrow")
    if ahead < 7:
        return pgettext("weekday", "on %(day)s") % {"day": str(WEEKDAYS[day.weekday()])}
    pattern = "j F" if day.year == today.year else "j F Y"
    return _("on %(day)s") % {"day": formats.date_format(day, pattern)}


def _why_closed(timetable: Timetable, at: datetime.datetime) -> str:
    """Closed, with the reason and the end of a closure when there is one."""
    today = at.astimezone(PARIS).date()
    closure = next((one for one in timetable.closures if one.holds(today)), None)
    if closure:
        said = _until_words(closure, today)
        if closure.reason:
            return _("%(closed)s (%(reason)s).") % {"closed": said, "reason": closure.reason}
        return _("%(closed)s.") % {"closed": said}
    if timetable.on_holidays in SHUT_ON_HOLIDAYS and today in timetable.holidays:
        name = public_holidays(today.year).get(today, "")
        return (
            _("Closed today, a public holiday (%(name)s).") % {"name": name}
            if name
            else _("Closed today, a public holiday.")
        )
    return _("Closed now.")


def _until_words(closure: Closure, today: datetime.date) -> str:
    """The last day it is closed, as notices on doors say it."""
    if not closure.has_end:
        return _("Closed for now")
    if closure.ends_on == today:
        return _("Closed today")
    pattern = "j F" if closure.ends_on.year == today.year else "j F Y"
    return _("Closed until %(day)s included") % {"day": formats.date_format(closure.ends_on, pattern)}


def _join(*parts: str) -> str:
    return " ".join(parts)
