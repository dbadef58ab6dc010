"""What a council has not done on time, each thing named with its remedy; read for many councils at once.

Only what a text, the bylaws or a recorded date asks for is called late: meetings, reports and surveys for councils
the CASF rules, minutes and answers for all.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.annual_reports.calendar import ONE_DAY, bounds, meetings_due
from consultations.annual_reports.models import AnnualReport
from consultations.annual_reports.selectors.opinions import overdue_opinions
from consultations.annual_reports.selectors.surveys import surveys_of
from consultations.annual_reports.selectors.year import rules_on
from consultations.councils.models import Council
from consultations.councils.selectors import Bylaws
from consultations.meetings.models import Meeting
from consultations.opinions.models import Opinion

MINUTES_DAYS = 183
UNFINISHED = (Meeting.State.CLOSED, Meeting.State.MINUTES_DRAFT, Meeting.State.MINUTES_SIGNED)


@dataclass(frozen=True)
class Late:
    """One thing late: what, since when, and the page of the workspace where it is put right."""

    code: str
    text: str
    url: str = ""
    is_public: bool = True


def late_of(council: Council, on: datetime.date | None = None) -> list[Late]:
    """One council's."""
    return late_in([council], on)[council.pk]


def late_in(councils: Iterable[Council], on: datetime.date | None = None) -> dict[UUID, list[Late]]:
    """By council, in the order of the year; a council that has everything done has an empty list."""
    day = on or timezone.localdate()
    listed = list(councils)
    keys = [one.pk for one in listed]
    rules = rules_on(listed, day)
    meetings: dict[UUID, list[Meeting]] = defaultdict(list)
    for one in Meeting.objects.filter(council__in=keys).order_by("held_at"):
        meetings[one.council_id].append(one)
    signed = set(
        AnnualReport.objects.filter(council__in=keys)
        .exclude(state=AnnualReport.State.DRAFT)
        .values_list("council_id", "year")
    )
    surveys, overdue = surveys_of(keys), overdue_opinions(keys, day)
    found: dict[UUID, list[Late]] = {}
    for council in listed:
        mine = meetings[council.pk]
        found[council.pk] = [
            *(_meetings(council, rules[council.pk], mine, day) if council.is_alive_on(day) else ()),
            *_minutes(mine, day),
            *(_answer(one) for one in overdue.get(council.pk, [])),
            *(
                Late("survey", _("Survey to put before the council: %(title)s.") % {"title": one.survey.title},
                     _report_url(council, one.year))
                for one in surveys.get(council.pk, [])
                if one.examined_on is None and one.year < day.year
            ),
            *_report(council, rules[council.pk], (council.pk, day.year - 1) in signed, day),
        ]  # fmt: skip
    return found


def _meetings(council: Council, rules: Bylaws, meetings: list[Meeting], day: datetime.date) -> Iterator[Late]:
    """Last year's count when it fell short, and this year's so far."""
    if not council.follows_casf:
        return
    per_year = int(rules.value("meetings_per_year"))
    for year in (day.year - 1, day.year):
        until = min(day, bounds(year)[1])
        due = meetings_due(per_year, year, since=council.created_on, on=until)
        held = sum(one.held_on.year == year and one.state in Meeting.HELD for one in meetings)
        if held < due:
            text = ngettext(
                "%(year)s: %(held)s meeting held, %(due)s were due by then.",
                "%(year)s: %(held)s meetings held, %(due)s were due by then.",
                held,
            )
            yield Late(
                "meetings",
                text % {"year": year, "held": held, "due": due},
                reverse("meeting_desk:create", args=[council.slug]),
            )


def _minutes(meetings: list[Meeting], day: datetime.date) -> Iterator[Late]:
    """Those a later meeting should have adopted, or half a year old."""
    held = [one.held_on for one in meetings if one.state in Meeting.HELD and one.reconvened_from_id is None]
    for one in meetings:
        if one.state not in UNFINISHED:
            continue
        was_followed = any(one.held_on < other <= day for other in held)
        if was_followed or (day - one.held_on).days > MINUTES_DAYS:
            text = _("Minutes not adopted: %(meeting)s.") % {"meeting": one}
            yield Late("minutes", text, reverse("meeting_desk:minutes", args=[one.pk]))


def _answer(opinion: Opinion) -> Late:
    """A body that owes an answer; the title is for members where the opinion is."""
    text = _("Answer overdue since %(day)s: %(title)s.")
    due = date_format(opinion.due_on, "j F Y") if opinion.due_on else ""
    words = text % {"day": due, "title": opinion.title}
    return Late("answer", words, is_public=opinion.is_published)


def _report(council: Council, rules: Bylaws, is_signed: bool, day: datetime.date) -> Iterator[Late]:
    year = day.year - 1
    if is_signed or not council.follows_casf or council.created_on > bounds(year)[1]:
        return
    due = bounds(year)[1] + ONE_DAY * int(rules.value("annual_report_due_days"))
    if due < day:
        text = _("Annual report of %(year)s not signed: it was due on %(day)s.")
        yield Late(
            "report", text % {"year": year, "day": date_format(due, "j F Y")}, _report_url(council, year)
        )


def _report_url(council: Council, year: int) -> str:
    return reverse("annual_reports:desk", args=[council.slug, year])
