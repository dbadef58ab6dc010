"""The report as a file, the year's figures as a table, the scan of what was signed."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from consultations.annual_reports.exporting import CONTENT_TYPES, figures_table, write_table
from consultations.annual_reports.models import ReportVersion
from consultations.annual_reports.papers import report_paper
from consultations.annual_reports.selectors.late import late_in
from consultations.annual_reports.selectors.reports import ReportPage, page_of, report_content, report_page
from consultations.annual_reports.selectors.year import years_of
from consultations.annual_reports.views.access import council_or_refuse, desk, report_or_refuse
from consultations.councils.models import Council
from consultations.councils.selectors import federated_councils
from consultations.councils.writing import FORMATS, Paper
from consultations.meetings.views.access import sent_file
from consultations.process.views.access import StaffRequest


def paper_file(paper: Paper, name: str, extension: str) -> HttpResponse:
    """A paper in a format, to keep."""
    if extension not in FORMATS:
        raise Http404
    made = FORMATS[extension]
    response = HttpResponse(made.write([paper]), content_type=made.content_type)
    response["Content-Disposition"] = f'attachment; filename="{slugify(name)}.{extension}"'
    return response


@require_safe
@desk
def report_file(request: StaffRequest, slug: str, year: int, extension: str) -> HttpResponse:
    """The report with the titles of every opinion: the council's own paper."""
    report = report_or_refuse(request, slug, year)
    shown: ReportPage = page_of(report_content(report)) if report._state.adding else report_page(report)
    paper = report_paper(shown, for_members=True, is_demo=report.council.is_demo)
    return paper_file(paper, f"rapport-{slug}-{year}", extension)


@require_safe
@desk
def figures_file(request: StaffRequest, slug: str, year: int, extension: str) -> HttpResponse:
    """One council's year."""
    report = report_or_refuse(request, slug, year)
    return _table([report.council], year, f"chiffres-{slug}-{year}", extension)


@require_safe
@desk
def federation_table(request: StaffRequest, slug: str, year: int, extension: str) -> HttpResponse:
    """The year of every council a federation joins."""
    council = council_or_refuse(request, slug)
    if not council.is_federation:
        raise Http404
    joined = [one.council for one in federated_councils(council)]
    return _table(joined, year, f"chiffres-{slug}-{year}", extension)


def _table(councils: list[Council], year: int, name: str, extension: str) -> HttpResponse:
    if extension not in CONTENT_TYPES:
        raise Http404
    table = figures_table(councils, years_of(councils, year), late_in(councils))
    response = HttpResponse(write_table(table, extension), content_type=CONTENT_TYPES[extension])
    response["Content-Disposition"] = f'attachment; filename="{slugify(name)}.{extension}"'
    return response


@require_safe
@desk
def scan_file(request: StaffRequest, slug: str, year: int, version_pk: UUID) -> HttpResponse:
    """The scan, for those who read the report."""
    report = report_or_refuse(request, slug, year)
    version = get_object_or_404(ReportVersion.objects.exclude(scan=""), pk=version_pk, report__pk=report.pk)
    return sent_file(version.scan)
