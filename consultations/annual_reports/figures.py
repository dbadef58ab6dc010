"""The figures of a council's year, as they are shown, signed, and exported. Plain values."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.councils.models import CONSTITUENCIES_OF_USERS, Constituency


@dataclass(frozen=True)
class HeldMeeting:
    """A meeting that was held: how many filled seats were occupied, by the member or a substitute."""

    title: str
    number: int
    day: str
    is_second: bool
    occupied: int
    seats: int
    treated: int
    carried: int
    state: str
    state_label: str

    @property
    def held_on(self) -> datetime.date:
        return datetime.date.fromisoformat(self.day)


@dataclass(frozen=True)
class Presence:
    """Seats occupied over a year in one constituency, out of the seats that were filled at each meeting."""

    constituency: str
    occupied: int
    seats: int

    @property
    def label(self) -> str:
        return str(Constituency(self.constituency).label)


@dataclass(frozen=True)
class OpinionLine:
    """An opinion of the year and where it has come to."""

    title: str
    voted_on: str
    state: str
    state_label: str
    answer: str
    days_to_answer: int | None
    is_overdue: bool
    is_public: bool = False

    @property
    def voted(self) -> datetime.date | None:
        return read_day(self.voted_on)

    @property
    def words(self) -> str:
        """Where it has come to."""
        words = self.answer or self.state_label
        if self.days_to_answer is not None:
            after = ngettext("after %(days)s day", "after %(days)s days", self.days_to_answer)
            words = f"{words}, {after % {'days': self.days_to_answer}}"
        says_more = self.is_overdue and self.state != "answer_due"
        return f"{words} – {_('answer overdue')}" if says_more else words


@dataclass(frozen=True)
class SurveyLine:
    """A satisfaction survey of an establishment of the council, and the day it was examined (empty: not yet)."""

    title: str
    closed_on: str
    examined_on: str

    @property
    def closed(self) -> datetime.date | None:
        return read_day(self.closed_on)

    @property
    def examined(self) -> datetime.date | None:
        return read_day(self.examined_on)


@dataclass(frozen=True)
class MandateFigures:
    """Seats of the last day of the year (today for the year under way), and what changed."""

    seats: int = 0
    held: int = 0
    opened: int = 0
    ended: int = 0
    replaced: int = 0
    vacancies: tuple[str, ...] = ()


@dataclass(frozen=True)
class YearFigures:
    """Everything counted of one council in one year; `required` is what its bylaws ask for."""

    year: int
    required: int
    meetings: tuple[HeldMeeting, ...] = ()
    cancelled: int = 0
    presences: tuple[Presence, ...] = ()
    opinions: tuple[OpinionLine, ...] = ()
    surveys: tuple[SurveyLine, ...] = ()
    mandates: MandateFigures = field(default_factory=MandateFigures)

    @property
    def held(self) -> int:
        return len(self.meetings)

    @property
    def seconds(self) -> int:
        """Those called again for want of quorum."""
        return sum(one.is_second for one in self.meetings)

    @property
    def is_enough(self) -> bool:
        return self.held >= self.required

    @property
    def occupied(self) -> int:
        return sum(one.occupied for one in self.presences)

    @property
    def seats(self) -> int:
        return sum(one.seats for one in self.presences)

    @property
    def attendance(self) -> int | None:
        """Share of filled seats occupied, in percent; None without a meeting."""
        return percent(self.occupied, self.seats)

    @property
    def users_attendance(self) -> int | None:
        """The same on the side of users and families."""
        side = [one for one in self.presences if one.constituency in CONSTITUENCIES_OF_USERS]
        return percent(sum(one.occupied for one in side), sum(one.seats for one in side))

    @property
    def answered(self) -> int:
        return sum(bool(one.answer) for one in self.opinions)

    @property
    def overdue(self) -> int:
        return sum(one.is_overdue for one in self.opinions)

    @property
    def examined(self) -> int:
        return sum(bool(one.examined_on) for one in self.surveys)

    def as_json(self) -> dict[str, Any]:
        """JSON values only: what is hashed when the report is signed."""
        return asdict(self)


def percent(part: int, whole: int) -> int | None:
    """Rounded; None of nothing."""
    return round(100 * part / whole) if whole else None


def read_figures(kept: Mapping[str, Any]) -> YearFigures:
    """What `as_json` wrote."""
    return YearFigures(
        year=kept["year"],
        required=kept["required"],
        meetings=tuple(HeldMeeting(**one) for one in kept["meetings"]),
        cancelled=kept["cancelled"],
        presences=tuple(Presence(**one) for one in kept["presences"]),
        opinions=tuple(OpinionLine(**one) for one in kept["opinions"]),
        surveys=tuple(SurveyLine(**one) for one in kept["surveys"]),
        mandates=MandateFigures(**{**kept["mandates"], "vacancies": tuple(kept["mandates"]["vacancies"])}),
    )


def iso(day: datetime.date | None) -> str:
    """A day as it is kept; empty for none."""
    return day.isoformat() if day else ""


def read_day(kept: str) -> datetime.date | None:
    """What `iso` wrote."""
    return datetime.date.fromisoformat(kept) if kept else None
