"""Schedules of HSDS to hours and days of closing; no hour is guessed."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from directory.exchange.hsds import parts
from directory.exchange.reading import Object
from directory.exchange.records import Closed, Hours

BYDAY = re.compile(r"(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")


def _is_closing(one: Object) -> bool:
    return not one.text("opens_at") and bool(one.text("valid_from") or one.text("valid_to"))


def read_hours(one: Object) -> tuple[Hours, ...]:
    return tuple(
        opening for each in one.each("schedules") if not _is_closing(each) for opening in _openings(each)
    )


def _openings(one: Object) -> Iterator[Hours]:
    """One line per day of the rule; a rule we cannot keep is refused, since no hour is guessed."""
    opens, closes = one.time("opens_at"), one.time("closes_at")
    days = [BYDAY.fullmatch(day.strip()) for day in one.text("byday").split(",") if day.strip()]
    if opens is None or closes is None:
        one.reading.notice(_("hours in words left out: say them with days and hours"))
        return
    if not days or not all(days) or (one.whole("interval") or 1) != 1:
        one.reading.refuse(
            _("these hours are not understood: %(words)s") % {"words": one.text("byday")[:60] or "byday"},
            _("Give days as MO,TU or 1MO, every week or every month."),
        )
        return
    monthly = one.text("freq", "WEEKLY") == "MONTHLY"
    first, last, note = one.date("valid_from"), one.date("valid_to"), one.text("notes")
    for day in days:
        if day:
            nth = int(day[1]) if day[1] and monthly else None
            yield Hours(parts.DAYS.index(day[2]), opens, closes, nth, first, last, note)


def read_closed(one: Object) -> tuple[Closed, ...]:
    found = []
    for each in one.each("schedules"):
        if _is_closing(each):
            days = [day for day in (each.date("valid_from"), each.date("valid_to")) if day]
            if days:
                found.append(Closed(days[0], days[-1], each.text("notes")))
    return tuple(found)
