"""The annual report on paper: the council's words, then the figures, section by section."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from consultations.annual_reports.figures import SurveyLine, YearFigures
from consultations.annual_reports.models import ReportVersion
from consultations.annual_reports.selectors.reports import Part, ReportPage
from consultations.councils.writing import Paper, Section, Table


def report_paper(page: ReportPage, *, for_members: bool, is_demo: bool = False) -> Paper:
    """The signed version, else the draft, which says that it is one.

    `for_members` is for the council's own papers, with the titles of the opinions kept to them. Attendance by
    constituency is in both: how a named body sits is a public act, whatever the number of its seats.
    """
    lines = [page.council]
    if page.version is None:
        lines.append(_("Draft, not signed"))
    sections = tuple(
        section for part in page.parts if (section := _section(part, page.figures, for_members)) is not None
    )
    notes = [*_signature(page.version), *([_("Invented for the demo.")] if is_demo else [])]
    title = _("Annual activity report %(year)s") % {"year": page.year}
    return Paper(title, tuple(lines), sections, tuple(notes))


def _section(part: Part, figures: YearFigures, for_members: bool) -> Section | None:
    said = tuple(line.strip() for line in part.text.splitlines() if line.strip())
    words = (part.words,) if part.words else ()
    if not (words or said):
        return None
    opinions = _every_opinion if for_members else _opinions
    tables = {"meetings": _meetings, "attendance": _attendance, "opinions": opinions, "surveys": _surveys}
    table = tables[part.section](figures) if part.section in tables else None
    return Section(capfirst(part.title), (*words, *said), table)


def _day(day: datetime.date | None) -> str:
    return date_format(day, "j F Y") if day else ""


def _survey(line: SurveyLine) -> str:
    if line.examined is None:
        return _("not examined yet")
    return _("examined on %(day)s") % {"day": _day(line.examined)}


def _meetings(figures: YearFigures) -> Table | None:
    rows = tuple(
        (
            one.title,
            _day(one.held_on),
            _("%(occupied)s of %(seats)s") % {"occupied": one.occupied, "seats": one.seats},
            str(one.treated),
            one.state_label,
        )
        for one in figures.meetings
    )
    headings = (_("Meeting"), _("Day"), _("Seats occupied"), _("Items treated"), _("State"))
    return Table(headings, rows) if rows else None


def _attendance(figures: YearFigures) -> Table | None:
    rows = tuple((capfirst(one.label), str(one.occupied), str(one.seats)) for one in figures.presences)
    headings = (_("Constituency"), _("Seats occupied"), _("Seats filled, all meetings together"))
    return Table(headings, rows) if rows else None


def _every_opinion(figures: YearFigures) -> Table | None:
    return _opinions(figures, shows_all=True)


def _opinions(figures: YearFigures, *, shows_all: bool = False) -> Table | None:
    rows = tuple(
        (one.title if shows_all or one.is_public else _("kept to the members"), _day(one.voted), one.words)
        for one in figures.opinions
    )
    return Table((_("Opinion"), _("Voted on"), _("What became of it")), rows) if rows else None


def _surveys(figures: YearFigures) -> Table | None:
    rows = tuple((one.title, _day(one.closed), _survey(one)) for one in figures.surveys)
    return Table((_("Survey"), _("Closed on"), _("Before the council")), rows) if rows else None


def _signature(version: ReportVersion | None) -> tuple[str, ...]:
    if version is None:
        return ()
    text = _("Signed on %(day)s: %(who)s. Fingerprint of the text (SHA-256): %(hash)s")
    day = date_format(timezone.localtime(version.signed_at), "j F Y, H:i")
    return (text % {"day": day, "who": version.signed_as, "hash": version.content_hash},)
