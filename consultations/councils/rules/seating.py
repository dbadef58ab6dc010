"""Seats and who sits in them: pure counts over plain values.

Majority: the seats of supported persons, families and their representatives exceed half of all seats;
where a vacancy was recorded, on what remains (CASF D311-5 and D311-7).
"""

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from consultations.councils.models import CONSTITUENCIES_OF_USERS


@dataclass(frozen=True)
class SeatCount:
    """Seats of one constituency."""

    full: int
    substitute: int = 0

    def of(self, rank: str) -> int:
        return self.full if rank == "full" else self.substitute


@dataclass(frozen=True)
class MajorityCheck:
    """Whether users and families hold more than half: over seats of the act, or over those who sit."""

    users: int
    total: int
    left_out: tuple[str, ...] = ()

    @property
    def is_met(self) -> bool:
        return 2 * self.users > self.total

    @property
    def missing(self) -> int:
        """Seats to add on the users' side, the others unchanged, to reach it."""
        return 0 if self.is_met else self.total - 2 * self.users + 1


def check_majority(seats: Mapping[str, SeatCount], vacant: Collection[str] = ()) -> MajorityCheck:
    """Over full seats, those of constituencies with a recorded vacancy left out."""
    counted = {key: count.full for key, count in seats.items() if key not in vacant}
    users = sum(count for key, count in counted.items() if key in CONSTITUENCIES_OF_USERS)
    left_out = tuple(key for key in seats if key in vacant)
    return MajorityCheck(users, sum(counted.values()), left_out)


@dataclass(frozen=True)
class Span:
    """Days a seat is held, both ends included."""

    first: datetime.date
    last: datetime.date

    def overlaps(self, other: "Span") -> bool:
        return self.first <= other.last and other.first <= self.last


def most_at_once(spans: Iterable[Span]) -> tuple[int, datetime.date | None]:
    """The largest number held on one day, and the first such day."""
    changes: list[tuple[datetime.date, int]] = []
    for span in spans:
        changes += [(span.first, 1), (span.last + datetime.timedelta(days=1), -1)]
    most, held, day = 0, 0, None
    for moment, step in sorted(changes):  # on one day, those who leave go before those who come
        held += step
        if held > most:
            most, day = held, moment
    return most, day


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day of the month, or the last one of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    following = datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - datetime.timedelta(days=1)).day
    return datetime.date(year, month + 1, min(day.day, last))


def last_day_of_term(first: datetime.date, months: int) -> datetime.date:
    """Three years from 1 May end on 30 April."""
    return add_months(first, months) - datetime.timedelta(days=1)
