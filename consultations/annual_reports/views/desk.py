"""The report of a year in the workspace: read, write, sign, present, publish."""

from typing import Any
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as render_page
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.second_factor import is_verified
from consultations.annual_reports.forms import ExaminedForm, PresentForm, TextsForm
from consultations.annual_reports.models import AnnualReport
from consultations.annual_reports.permissions import can_draw_up
from consultations.annual_reports.selectors.late import late_of
from consultations.annual_reports.selectors.reports import (
    desk_lines,
    draft_in_force,
    page_of,
    report_content,
    report_page,
)
from consultations.annual_reports.selectors.surveys import surveys_of
from consultations.annual_reports.services import reports
from consultations.annual_reports.services.surveys import record_examination
from consultations.annual_reports.views.access import INVALID, begun, desk, page, report_or_refuse
from consultations.meetings.forms import ReasonForm, ScanForm
from consultations.meetings.services.minutes import content_hash
from consultations.meetings.views.access import attempt, done_or_said
from consultations.process.views.access import StaffRequest, posted
from consultations.surveys.models import Survey
from core.repeats import once


@desk
@require_safe
def report_list(request: StaffRequest) -> HttpResponse:
    """Every council one works on, year by year."""
    return render_page(request, "annual_reports/desk/report_list.html", {"lines": desk_lines(request.user)})


def _page(request: StaffRequest, report: AnnualReport, status: int = 200, **more: Any) -> HttpResponse:
    is_new = report._state.adding
    waiting = [
        one
        for one in surveys_of([report.council.pk]).get(report.council.pk, [])
        if one.examined_on is None and one.year == report.year
    ]
    context = {
        "shown": page_of(report_content(report)) if is_new else report_page(report),
        "versions": [] if is_new else list(report.versions.order_by("-number")),
        "drafts": [] if is_new else list(report.drafts.order_by("-number").select_related("written_by")),
        "late": late_of(report.council),
        "waiting_surveys": waiting,
        "may_draw_up": can_draw_up(request.user, report.council),
        "is_over": report.year < timezone.localdate().year,
        "scan_form": ScanForm(),
        "present_form": PresentForm(initial={"presented_on": report.presented_on}),
        "examined_form": ExaminedForm(initial={"examined_on": timezone.localdate()}),
        **more,
    }
    return page(request, "annual_reports/desk/report.html", report, status=status, **context)


@desk
@never_cache
@require_safe
def report_desk(request: StaffRequest, slug: str, year: int) -> HttpResponse:
    """The report as it stands, and what comes next."""
    return _page(request, report_or_refuse(request, slug, year))


@desk
@never_cache
@once
def report_write(request: StaffRequest, slug: str, year: int) -> HttpResponse:
    """The council's words, section by section."""
    report = report_or_refuse(request, slug, year, "write")
    before = draft_in_force(report)
    initial = {"number": before.number if before else 0, **(before.texts if before else {})}
    form = TextsForm(posted(request), initial=initial)

    def write() -> object:
        number = form.cleaned_data["number"] or 0
        return reports.write_report(
            actor=request.user, report=begun(request, report), texts=form.texts(), read_number=number
        )

    if attempt(form, write):
        messages.success(request, _("The words are kept."))
        return redirect("annual_reports:desk", slug, year)
    status = INVALID if form.errors else 200
    return page(
        request, "annual_reports/desk/write.html", report, form=form, shown=report_page(report), status=status
    )


@desk
@never_cache
@once
def report_sign(request: StaffRequest, slug: str, year: int) -> HttpResponse:
    """Read, then sign: the signature binds to the very text of this page."""
    report = report_or_refuse(request, slug, year, "sign")
    content = report_content(report)
    has_factor = is_verified(get_authentication_records(request, request.user))
    if request.method == "POST":
        return done_or_said(
            request,
            lambda: reports.sign_report(
                actor=request.user,
                report=begun(request, report),
                read_hash=request.POST.get("hash", ""),
                has_second_factor=has_factor,
            ),
            _("The report is signed."),
            "annual_reports:desk",
            slug,
            year,
        )
    return page(
        request,
        "annual_reports/desk/sign.html",
        report,
        shown=page_of(content),
        hash=content_hash(content),
        has_factor=has_factor,
        is_over=year < timezone.localdate().year,
    )


@desk
@require_POST
@once
def report_attach(request: StaffRequest, slug: str, year: int) -> HttpResponse:
    """The paper signed by the president, scanned."""
    report = report_or_refuse(request, slug, year, "attach_signed")
    form = ScanForm(request.POST, request.FILES)
    if attempt(
        form,
        lambda: reports.attach_signed_report(
            actor=request.user, report=begun(request, report), **form.cleaned_data
        ),
    ):
        messages.success(request, _("The signed report is attached."))
        return redirect("annual_reports:desk", slug, year)
    return _page(request, report, INVALID, scan_form=form)


@desk
@once
def report_correct(request: StaffRequest, slug: str, year: int) -> HttpResponse:
    """Take a signed report up again, and why."""
    report = report_or_refuse(request, slug, year, "correct")
    form = ReasonForm(posted(request))
    if attempt(form, lambda: reports.correct_report(actor=request.user, report=report, **form.cleaned_data)):
        messages.success(request, _("The signed version stays; write the new one, then sign it."))
        return redirect("annual_reports:desk", slug, year)
    status = INVALID if form.errors else 200
    return page(request, "annual_reports/desk/correct.html", report, form=form, status=status)


@desk
@require_POST
@once
def report_present(request: StaffRequest, slug: str, year: int) -> HttpResponse:
    """The president presented it to the managing body."""
    report = report_or_refuse(request, slug, year, "present")
    form = PresentForm(request.POST)
    if attempt(form, lambda: reports.present_report(actor=request.user, report=report, **form.cleaned_data)):
        messages.success(request, _("It is recorded."))
        return redirect("annual_reports:desk", slug, year)
    return _page(request, report, INVALID, present_form=form)


@desk
@require_POST
@once
def report_publish(request: StaffRequest, slug: str, year: int) -> HttpResponse:
    """Publish, or withdraw."""
    withdraws = "withdraw" in request.POST
    report = report_or_refuse(request, slug, year, "withdraw" if withdraws else "publish")
    act = reports.withdraw_report if withdraws else reports.publish_report
    said = _("The report is no longer public.") if withdraws else _("The report is public.")
    return done_or_said(
        request, lambda: act(actor=request.user, report=report), said, "annual_reports:desk", slug, year
    )


@desk
@require_POST
@once
def survey_examined(request: StaffRequest, slug: str, year: int, survey_pk: UUID) -> HttpResponse:
    """A survey the council examined in a meeting kept on paper."""
    report = report_or_refuse(request, slug, year)
    survey = get_object_or_404(Survey, pk=survey_pk)
    form = ExaminedForm(request.POST)
    if attempt(
        form,
        lambda: record_examination(
            actor=request.user, council=report.council, survey=survey, **form.cleaned_data
        ),
    ):
        messages.success(request, _("It is recorded."))
        return redirect("annual_reports:desk", slug, year)
    return _page(request, report, INVALID, examined_form=form)
