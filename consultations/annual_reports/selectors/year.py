"""The year of councils, read for many at once: a federation asks for all of its members."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone

from consultations.annual_reports.calendar import bounds
from consultations.annual_reports.figures import (
    HeldMeeting,
    MandateFigures,
    Presence,
    SurveyLine,
    YearFigures,
    iso,
)
from consultations.annual_reports.selectors.opinions import opinions_of
from consultations.annual_reports.selectors.surveys import surveys_of
from consultations.councils.models import (
    BylawVersion,
    Constituency,
    Council,
    EndReason,
    FoundingAct,
    Mandate,
    SeatAllocation,
    VacancyRecord,
)
from consultations.councils.selectors import Bylaws
from consultations.meetings.models import AgendaItem, Attendance, Meeting

ORDER = {code: place for place, code in enumerate(Constituency.values)}


def year_of(council: Council, year: int) -> YearFigures:
    """One council's year."""
    return years_of([council], year)[council.pk]


def years_of(councils: Iterable[Council], year: int) -> dict[UUID, YearFigures]:
    """By council: a fixed number of queries however many they are."""
    listed = list(councils)
    keys = [one.pk for one in listed]
    first, last = bounds(year)
    until = min(last, timezone.localdate())
    rules = rules_on(listed, until)
    meetings = _meetings(keys, year)
    mandates = _mandates(keys, first, last)
    came = _came(meetings)
    seats, vacancies = _seats(keys, until), _vacancies(keys, first, last)
    opinions, surveys = opinions_of(keys, year), surveys_of(keys)
    made = {}
    for council in listed:
        held = [one for one in meetings if one.council_id == council.pk and one.state in Meeting.HELD]
        mine = [one for one in mandates if one.council_id == council.pk]
        presences = [_presences(meeting, mine, came.get(meeting.pk, [])) for meeting in held]
        made[council.pk] = YearFigures(
            year=year,
            required=int(rules[council.pk].value("meetings_per_year")),
            meetings=tuple(_held(one, rows) for one, rows in zip(held, presences, strict=True)),
            cancelled=sum(one.council_id == council.pk and one.state == "cancelled" for one in meetings),
            presences=_by_constituency(presences),
            opinions=tuple(opinions.get(council.pk, [])),
            surveys=tuple(
                SurveyLine(
                    one.survey.title, iso(one.survey.closes_on or one.released_on), iso(one.examined_on)
                )
                for one in surveys.get(council.pk, [])
                if one.year == year or (one.examined_on and one.examined_on.year == year)
            ),
            mandates=_changes(
                mine, seats.get(council.pk, 0), vacancies.get(council.pk, []), (first, until, last)
            ),
        )
    return made


def rules_on(councils: Iterable[Council], day: datetime.date) -> dict[UUID, Bylaws]:
    """The bylaws of each council on a day, in one query."""
    listed = list(councils)
    rows = BylawVersion.objects.filter(council__in=listed, valid_from__lte=day)
    latest = {one.council_id: one for one in rows.order_by("valid_from", "recorded_at")}
    return {one.pk: Bylaws(one, latest.get(one.pk)) for one in listed}


def _meetings(keys: list[UUID], year: int) -> list[Meeting]:
    items = {
        "treated": Count("items", filter=Q(items__state=AgendaItem.State.DONE)),
        "carried": Count("items", filter=Q(items__state=AgendaItem.State.CARRIED)),
    }
    rows = Meeting.objects.filter(council__in=keys, held_at__year=year).annotate(**items)
    return list(rows.order_by("held_at"))


def _mandates(keys: list[UUID], first: datetime.date, last: datetime.date) -> list[Mandate]:
    return list(Mandate.objects.between(first, last).filter(council__in=keys))


def _came(meetings: list[Meeting]) -> dict[UUID, list[UUID]]:
    """By meeting, the mandates that were there, even for a part of it."""
    rows = Attendance.objects.filter(meeting__in=meetings, way__in=Attendance.HERE, mandate__isnull=False)
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for meeting, mandate in rows.values_list("meeting_id", "mandate_id"):
        found[meeting].append(mandate)
    return found


def _presences(meeting: Meeting, mandates: list[Mandate], came: list[UUID]) -> list[Presence]:
    """By constituency, seats filled on that day and how many were occupied: a substitute occupies a seat."""
    day, here = meeting.held_on, set(came)
    held = [one for one in mandates if one.is_held_on(day)]
    rows = []
    for code in {one.constituency for one in held}:
        seats = sum(one.constituency == code and one.rank == Mandate.Rank.FULL for one in held)
        present = sum(one.constituency == code and one.pk in here for one in held)
        rows.append(Presence(code, min(seats, present), seats))
    return rows


def _held(meeting: Meeting, presences: list[Presence]) -> HeldMeeting:
    return HeldMeeting(
        title=str(meeting),
        number=meeting.number,
        day=iso(meeting.held_on),
        is_second=meeting.reconvened_from_id is not None,
        occupied=sum(one.occupied for one in presences),
        seats=sum(one.seats for one in presences),
        treated=meeting.treated,  # type: ignore[attr-defined]  # annotated above
        carried=meeting.carried,  # type: ignore[attr-defined]
        state=meeting.state,
        state_label=str(meeting.get_state_display()),
    )


def _by_constituency(meetings: list[list[Presence]]) -> tuple[Presence, ...]:
    found: dict[str, tuple[int, int]] = {}
    for one in (line for rows in meetings for line in rows):
        occupied, seats = found.get(one.constituency, (0, 0))
        found[one.constituency] = (occupied + one.occupied, seats + one.seats)
    listed = sorted(found.items(), key=lambda pair: ORDER[pair[0]])
    return tuple(Presence(code, *counts) for code, counts in listed if counts[1])


def _seats(keys: list[UUID], day: datetime.date) -> dict[UUID, int]:
    """Full seats of the act in force on that day."""
    acts = FoundingAct.objects.filter(council__in=keys, valid_from__lte=day)
    latest = {one.council_id: one.pk for one in acts.order_by("valid_from", "recorded_at")}
    counts: dict[UUID, int] = defaultdict(int)
    rows = SeatAllocation.objects.filter(founding_act__in=latest.values())
    for council, full in rows.values_list("founding_act__council_id", "full_seats"):
        counts[council] += full
    return counts


def _vacancies(keys: list[UUID], first: datetime.date, last: datetime.date) -> dict[UUID, list[str]]:
    """Constituencies with a record in force on at least one day of the year."""
    rows = VacancyRecord.objects.filter(
        Q(lifted_on=None) | Q(lifted_on__gte=first), council__in=keys, recorded_on__lte=last
    ).order_by("recorded_on")
    found: dict[UUID, list[str]] = defaultdict(list)
    for one in rows:
        found[one.council_id].append(one.constituency)
    return found


def _changes(
    mandates: list[Mandate],
    seats: int,
    vacant: list[str],
    days: tuple[datetime.date, datetime.date, datetime.date],
) -> MandateFigures:
    first, until, last = days
    promoted = EndReason.PROMOTED
    return MandateFigures(
        seats=seats,
        held=sum(one.rank == Mandate.Rank.FULL and one.is_held_on(until) for one in mandates),
        opened=sum(first <= one.starts_on <= last and one.replaces_id is None for one in mandates),
        ended=sum(first <= one.last_day <= last and one.end_reason != promoted for one in mandates),
        replaced=sum(first <= one.starts_on <= last and one.replaces_id is not None for one in mandates),
        vacancies=tuple(str(Constituency(code).label) for code in dict.fromkeys(vacant)),
    )
