"""Seats, holders, vacancies, the majority check, and what has to be put right."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.councils.models import Constituency, Council, FoundingAct, Office, VacancyRecord
from consultations.councils.rules.seating import MajorityCheck, SeatCount, check_majority
from consultations.councils.selectors.bylaws import bylaws
from consultations.councils.selectors.members import Member, members

LEAST_SUPPORTED, LEAST_OTHERS = 2, 1


@dataclass(frozen=True)
class Alert:
    """Something to put right, in words that say how; `is_late` when the law or a date is passed."""

    code: str
    text: str
    is_late: bool = False


def _with_offices(text: str, held: list[Member]) -> str:
    offices = [label for one in held for label in one.office_labels]
    if not offices:
        return text
    return _("%(members)s, among them %(offices)s") % {"members": text, "offices": ", ".join(offices)}


@dataclass(frozen=True)
class SeatLine:
    """One constituency: its seats, who holds them, and the vacancy recorded for it."""

    constituency: str
    count: SeatCount
    holders: list[Member] = field(default_factory=list)
    vacancy: VacancyRecord | None = None

    @property
    def label(self) -> str:
        return str(Constituency(self.constituency).label)

    @property
    def full(self) -> list[Member]:
        return [one for one in self.holders if one.is_full]

    @property
    def substitutes(self) -> list[Member]:
        return [one for one in self.holders if not one.is_full]

    @property
    def full_words(self) -> str:
        """“3 full members, among them president”: what is said where names are not shown."""
        count = len(self.full)
        text = ngettext("%(count)s full member", "%(count)s full members", count) % {"count": count}
        return _with_offices(text, self.full)

    @property
    def substitute_words(self) -> str:
        count = len(self.substitutes)
        text = ngettext("%(count)s substitute", "%(count)s substitutes", count) % {"count": count}
        return _with_offices(text, self.substitutes)

    @property
    def vacant(self) -> int:
        """Full seats nobody holds."""
        return max(0, self.count.full - len(self.full))

    @property
    def vacant_substitutes(self) -> int:
        return max(0, self.count.substitute - len(self.substitutes))

    @property
    def excess(self) -> int:
        """Full members beyond the seats, after an act took seats away."""
        return max(0, len(self.full) - self.count.full)


@dataclass(frozen=True)
class Composition:
    """A council on a day."""

    council: Council
    on: datetime.date
    act: FoundingAct | None
    lines: list[SeatLine]
    majority: MajorityCheck
    alerts: list[Alert]

    @property
    def seats(self) -> dict[str, SeatCount]:
        return {
            line.constituency: line.count for line in self.lines if line.count.full or line.count.substitute
        }

    @property
    def holders(self) -> list[Member]:
        return [one for line in self.lines for one in line.holders]

    @property
    def vacant(self) -> int:
        """Full seats nobody holds, all constituencies together."""
        return sum(line.vacant for line in self.lines)

    @property
    def full_seats(self) -> int:
        return sum(line.count.full for line in self.lines)


def founding_act_on(council: Council, on: datetime.date) -> FoundingAct | None:
    """The act that sets the seats on that day, its allocations with it."""
    return council.founding_acts.in_force(on).prefetch_related("allocations").first()


def seats_of(act: FoundingAct | None) -> dict[str, SeatCount]:
    """Seats by constituency; empty without an act."""
    if act is None:
        return {}
    return {
        one.constituency: SeatCount(one.full_seats, one.substitute_seats) for one in act.allocations.all()
    }


def seats_on(council: Council, on: datetime.date) -> dict[str, SeatCount]:
    return seats_of(founding_act_on(council, on))


def composition(council: Council, on: datetime.date | None = None) -> Composition:
    """Everything about who sits on `on` (today), in five queries."""
    day = on or timezone.localdate()
    act = founding_act_on(council, day)
    seats = seats_of(act)
    held = members(council, day)
    vacancies = {
        one.constituency: one
        for one in council.vacancies.filter(recorded_on__lte=day)
        if one.lifted_on is None or one.lifted_on > day
    }
    present = {*seats, *(one.constituency for one in held), *vacancies}
    lines = [
        SeatLine(
            code,
            seats.get(code, SeatCount(0)),
            [one for one in held if one.constituency == code],
            vacancies.get(code),
        )
        for code in Constituency.values
        if code in present
    ]
    majority = check_majority(seats, vacancies)
    alerts = list(_alerts(council, day, act, lines, majority))
    return Composition(council, day, act, lines, majority, alerts)


def _alerts(
    council: Council,
    day: datetime.date,
    act: FoundingAct | None,
    lines: list[SeatLine],
    majority: MajorityCheck,
) -> Iterator[Alert]:
    if act is None:
        yield Alert("no_act", _("No founding act applies on this day: record it to open mandates."), True)
        return
    if council.follows_casf:
        yield from _legal_alerts(act, lines, majority)
    for line in lines:
        yield from _line_alerts(line)
    yield from _term_alerts(council, day, lines)
    offices = {office for line in lines for one in line.holders for office in one.offices}
    if Office.PRESIDENT not in offices:
        yield Alert("no_president", _("Nobody presides: elect a president, then record it here."))


def _legal_alerts(act: FoundingAct, lines: list[SeatLine], majority: MajorityCheck) -> Iterator[Alert]:
    if act.sent_to_authority_on is None:
        yield Alert(
            "not_sent", _("The founding act was not sent to the authority that authorised the place.")
        )
    if not majority.is_met:
        text = _(
            "Users and families hold %(users)s seats of %(total)s: they must hold more than half. "
            "Seats to add on their side: %(missing)s."
        )
        counts = {"users": majority.users, "total": majority.total, "missing": majority.missing}
        yield Alert("majority", text % counts, True)
    seats = {line.constituency: line.count.full for line in lines if line.vacancy is None}
    vacant = {line.constituency for line in lines if line.vacancy}
    least = {"supported_persons": LEAST_SUPPORTED, "staff": LEAST_OTHERS, "management": LEAST_OTHERS}
    for code, count in least.items():
        managed = code == "management" and seats.get("operator", 0) >= count
        if seats.get(code, 0) < count and code not in vacant and not managed:
            text = _("The law asks for at least %(count)s for “%(constituency)s”.")
            label = Constituency(code).label
            yield Alert("too_few", text % {"count": count, "constituency": label}, True)


def _line_alerts(line: SeatLine) -> Iterator[Alert]:
    words = {"constituency": line.label}
    if line.vacant and line.vacancy is None:
        text = ngettext(
            "%(count)s seat is vacant for “%(constituency)s”: designate someone, or record the vacancy.",
            "%(count)s seats are vacant for “%(constituency)s”: designate people, or record the vacancy.",
            line.vacant,
        )
        yield Alert("vacant", text % {**words, "count": line.vacant})
    if line.vacancy and line.full:
        text = _("“%(constituency)s” has members again: lift its vacancy record.")
        yield Alert("vacancy_to_lift", text % words)
    if line.excess:
        text = _("“%(constituency)s” has more members than seats: end a mandate, or correct the act.")
        yield Alert("excess", text % words, True)


def _term_alerts(council: Council, day: datetime.date, lines: list[SeatLine]) -> Iterator[Alert]:
    rules = bylaws(council, day)
    last = day + datetime.timedelta(days=int(rules.value("end_of_term_alert_days")))
    ending = [one.mandate for line in lines for one in line.holders if one.mandate.last_day <= last]
    if ending:
        text = ngettext(
            "%(count)s mandate ends soon, the first on %(day)s: prepare the election or the designation.",
            "%(count)s mandates end soon, the first on %(day)s: prepare the election or the designation.",
            len(ending),
        )
        first = min(one.last_day for one in ending)
        yield Alert("ending", text % {"count": len(ending), "day": date_format(first, "j F Y")})
