"""What anyone may read: the reports that were published."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from consultations.annual_reports.models import AnnualReport
from consultations.annual_reports.papers import report_paper
from consultations.annual_reports.permissions import can_read_publicly
from consultations.annual_reports.selectors.reports import report_page
from consultations.annual_reports.views.files import paper_file


def _published(request: HttpRequest, slug: str, year: int) -> AnnualReport:
    rows = AnnualReport.objects.select_related("council")
    report = get_object_or_404(rows, council__slug=slug, year=year)
    if not can_read_publicly(request.user, report):
        raise Http404
    return report


@require_safe
def report_detail(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The signed text, without the titles of opinions kept to members."""
    report = _published(request, slug, year)
    context = {"report": report, "council": report.council, "shown": report_page(report)}
    return render(request, "annual_reports/public/report.html", context)


@require_safe
def report_file(request: HttpRequest, slug: str, year: int, extension: str) -> HttpResponse:
    """The same as a file."""
    report = _published(request, slug, year)
    paper = report_paper(report_page(report), for_members=False, is_demo=report.council.is_demo)
    return paper_file(paper, f"rapport-{slug}-{year}", extension)
