"""How long before the meeting the notice and its agenda are sent, in calendar days: a pure rule.

8 days in the text before 2023 (CASF D311-16), 15 in the present one (unverified): the number is a bylaw.
The day of sending does not count, the day of the meeting does: sent on the 1st for the 16th, that is 15 days.
"""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Notice:
    """Days given, days owed, and the last day on which sending is in time."""

    days: int
    required: int
    last_day: datetime.date

    @property
    def is_late(self) -> bool:
        return self.days < self.required

    @property
    def short_by(self) -> int:
        return max(0, self.required - self.days)


def notice(*, sent_on: datetime.date, held_on: datetime.date, required: int) -> Notice:
    """What a sending on that day gives; a negative number of days when the meeting is already past."""
    return Notice((held_on - sent_on).days, required, held_on - datetime.timedelta(days=required))


def earliest_day(*, today: datetime.date, required: int) -> datetime.date:
    """The first day a meeting may be held when its notice is sent today."""
    return today + datetime.timedelta(days=required)
