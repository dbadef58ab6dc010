"""A report as one document: figures of the moment and the council's words, or what was signed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation

from accounts.permissions import Visitor
from consultations.annual_reports.figures import YearFigures, read_figures
from consultations.annual_reports.models import AnnualReport, ReportDraft, ReportVersion, Section
from consultations.annual_reports.selectors.year import year_of
from consultations.annual_reports.wording import WORDS
from consultations.councils.models import Council
from consultations.councils.permissions import worked_on_by


@dataclass(frozen=True)
class Part:
    """A section: its title, what the figures say in a sentence (empty for none), the council's words."""

    section: str
    words: str
    text: str

    @property
    def title(self) -> str:
        return str(Section(self.section).label)


@dataclass(frozen=True)
class ReportPage:
    """What a page or a file shows of a report."""

    council: str
    figures: YearFigures
    parts: tuple[Part, ...]
    version: ReportVersion | None = None

    @property
    def year(self) -> int:
        return self.figures.year


def draft_in_force(report: AnnualReport) -> ReportDraft | None:
    return report.drafts.order_by("-number").first()


def last_version(report: AnnualReport) -> ReportVersion | None:
    return report.versions.order_by("-number").first()


@translation.override(settings.LANGUAGE_CODE)
def report_content(report: AnnualReport) -> dict[str, Any]:
    """The whole report as it stands, JSON values only: what is read, hashed, signed and printed.

    In the language of the house, as minutes are.
    """
    draft = draft_in_force(report)
    return {
        "council": report.council.name,
        "year": report.year,
        "figures": year_of(report.council, report.year).as_json(),
        "texts": dict(draft.texts) if draft else {},
    }


def page_of(content: dict[str, Any], version: ReportVersion | None = None) -> ReportPage:
    """A content in the order of its sections."""
    figures = read_figures(content["figures"])
    parts = tuple(
        Part(code, WORDS[code](figures) if code in WORDS else "", content["texts"].get(code, ""))
        for code in Section.values
    )
    return ReportPage(content["council"], figures, parts, version)


def report_page(report: AnnualReport) -> ReportPage:
    """What was signed once it is signed, else the draft with the figures of the moment."""
    version = last_version(report) if report.state != AnnualReport.State.DRAFT else None
    return page_of(version.content if version else report_content(report), version)


@dataclass(frozen=True)
class YearLine:
    """A council and a year: its report when one was begun."""

    council: Council
    year: int
    report: AnnualReport | None


def desk_lines(user: Visitor) -> list[YearLine]:
    """For each council one works on, last year and this one, and older years that have a report."""
    councils = list(Council.objects.filter(worked_on_by(user)).order_by("name"))
    reports = _by_council_and_year(councils)
    this = timezone.localdate().year
    lines = []
    for council in councils:
        years = {year for key, year in reports if key == council.pk}
        years |= {year for year in (this - 1, this) if council.created_on.year <= year}
        lines += [
            YearLine(council, year, reports.get((council.pk, year))) for year in sorted(years, reverse=True)
        ]
    return lines


def _by_council_and_year(councils: Iterable[Council]) -> dict[tuple[UUID, int], AnnualReport]:
    rows = AnnualReport.objects.filter(council__in=list(councils)).select_related("council")
    return {(one.council_id, one.year): one for one in rows}


def published_reports(council: Council) -> list[AnnualReport]:
    """Those anyone may read, the latest year first."""
    return list(council.annual_reports.filter(state=AnnualReport.State.PUBLISHED).order_by("-year"))
