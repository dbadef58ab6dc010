"""Finding the report a person may work on, or refusing with the right status."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.annual_reports.models import AnnualReport
from consultations.annual_reports.permissions import parts_of
from consultations.annual_reports.services.reports import draw_up_report
from consultations.annual_reports.states import LIFE
from consultations.councils.models import Council
from consultations.councils.permissions import can_work_on_councils
from consultations.process.views.access import StaffRequest, workspace
from core.states import RefusedTransition

INVALID = 422
desk = workspace(can_work_on_councils)


def council_or_refuse(request: StaffRequest, slug: str) -> Council:
    """The council for those who are something to it."""
    council = get_object_or_404(Council.objects.select_related("territory"), slug=slug)
    if not parts_of(request.user, council):
        raise PermissionDenied(_("Only those who sit in this council, or keep its papers, open this page."))
    return council


def report_or_refuse(request: StaffRequest, slug: str, year: int, verb: str = "read") -> AnnualReport:
    """The report of the year, not saved while nobody began it; what was asked is refused with what is possible."""
    council = council_or_refuse(request, slug)
    report = AnnualReport.objects.select_related("council").filter(council=council, year=year).first()
    if report is None:
        if not council.created_on.year <= year <= timezone.localdate().year:
            raise Http404
        report = AnnualReport(council=council, year=year)
    if verb != "read":
        try:
            LIFE.entitle(verb, who=parts_of(request.user, council), subject=report)
        except RefusedTransition as refused:
            raise PermissionDenied(refused.messages[0]) from refused
    return report


def begun(request: StaffRequest, report: AnnualReport) -> AnnualReport:
    """The report, drawn up when this is the first thing done to it."""
    if not report._state.adding:
        return report
    return draw_up_report(actor=request.user, council=report.council, year=report.year)


def page(
    request: StaffRequest, template: str, report: AnnualReport, *, status: int = 200, **more: object
) -> HttpResponse:
    """A page of the report; `may` says what this person may do now."""
    parts = parts_of(request.user, report.council)
    may = {verb: LIFE.can(verb, parts, report) for verb in LIFE.verbs}
    context = {"report": report, "council": report.council, "may": may, **more}
    return render(request, template, context, status=status)
