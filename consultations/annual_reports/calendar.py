"""Civil years of a council: their bounds, and how many meetings are due by a day. Pure."""

import datetime
import math

ONE_DAY = datetime.timedelta(days=1)


def bounds(year: int) -> tuple[datetime.date, datetime.date]:
    """The first and the last day."""
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)


def meetings_due(per_year: int, year: int, *, since: datetime.date, on: datetime.date) -> int:
    """How many meetings of the year must have been held by the end of `on`, rounded down, in proportion of its days.

    A council created during the year owes its share of the year; nothing is owed before it, all after it.
    """
    first, last = bounds(year)
    start, end = max(first, since), min(last, on)
    if end < start:
        return 0
    return math.floor(per_year * ((end - start).days + 1) / ((last - first).days + 1))
