"""A report drawn up, finished by the council, signed by its president, presented, published; never deleted."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.annual_reports.models import (
    FIRST_YEAR,
    AnnualReport,
    ReportDraft,
    ReportVersion,
    Section,
)
from consultations.annual_reports.permissions import can_draw_up, parts_of
from consultations.annual_reports.selectors.reports import draft_in_force, report_content
from consultations.annual_reports.states import LIFE
from consultations.councils.models import Council, Mandate
from consultations.councils.selectors import office_holder
from consultations.meetings.models import MinutesVersion
from consultations.meetings.permissions import CHAIRS
from consultations.meetings.services.minutes import content_hash
from core.services import record_audit

LONGEST_TEXT = 10_000
MOST_BYTES = 20 * 1024 * 1024
State = AnnualReport.State


def lock(report: AnnualReport) -> AnnualReport:
    """The report as it is now, held until the end of the transaction."""
    rows = AnnualReport.objects.select_for_update(of=("self",)).select_related("council")
    return rows.get(pk=report.pk)


def move(
    verb: str, *, actor: User | None, report: AnnualReport, given: Mapping[str, Any] | None = None
) -> None:
    """Check, then move the report (not saved). `actor` None is the platform itself."""
    if actor is not None:
        LIFE.check(verb, who=parts_of(actor, report.council), subject=report, given=given)
    LIFE.follow(verb, subject=report)


@transaction.atomic
def draw_up_report(*, actor: User | None, council: Council, year: int) -> AnnualReport:
    """Begin the report of a year, or find it: figures come from what is recorded, words from the council."""
    if actor is not None and not can_draw_up(actor, council):
        raise PermissionDenied
    first = max(FIRST_YEAR, council.created_on.year)
    if not first <= year <= timezone.localdate().year:
        text = _("This council has reports from %(first)s to %(last)s.")
        raise ValidationError(text % {"first": first, "last": timezone.localdate().year})
    report, is_new = AnnualReport.objects.get_or_create(
        council=council, year=year, defaults={"created_by": actor}
    )
    if is_new:
        record_audit(actor=actor, verb="report_drawn_up", target=report, changes={"year": year})
    return report


@transaction.atomic
def write_report(
    *, actor: User | None, report: AnnualReport, texts: Mapping[str, str], read_number: int | None = None
) -> ReportDraft | None:
    """Keep the council's words as another draft; nothing when nothing changed.

    `read_number` is the draft the writer started from: refused when someone wrote meanwhile.
    """
    report = lock(report)
    move("write", actor=actor, report=report)
    before = draft_in_force(report)
    number = before.number if before else 0
    if read_number is not None and read_number != number:
        raise ValidationError(
            _("Someone else wrote in this report meanwhile: your words are still below, the others’ are on the page of the report. Put them together, then save again.")
        )  # fmt: skip
    kept = {code: texts.get(code, "").strip() for code in Section.values}
    kept = {code: text for code, text in kept.items() if text}
    for code, text in kept.items():
        if len(text) > LONGEST_TEXT:
            label = Section(code).label
            raise ValidationError(
                _("“%(part)s” is too long: %(most)d characters at most.")
                % {"part": label, "most": LONGEST_TEXT}
            )
    if kept == (before.texts if before else {}):
        return before
    draft = ReportDraft.objects.create(report=report, number=number + 1, texts=kept, written_by=actor)
    record_audit(actor=actor, verb="report_written", target=report, changes={"version": draft.number})
    return draft


@transaction.atomic
def sign_report(
    *, actor: User, report: AnnualReport, read_hash: str, has_second_factor: bool
) -> ReportVersion:
    """The president in office at this moment signs what they read, with a second factor proved in this session.

    Refused when figures or words changed since it was read, and while the year is not over.
    """
    report = lock(report)
    move("sign", actor=actor, report=report)
    if not has_second_factor:
        raise PermissionDenied(
            _(
                "Signing asks for a second factor: add one to your account, or sign on paper and attach the scan."
            )
        )
    signatory = _signatory(report, actor)
    content = _finished_content(report)
    if read_hash != content_hash(content):
        raise ValidationError(_("The text changed while you were reading it: read it again, then sign."))
    return _freeze(actor, report, content, signatory)


@transaction.atomic
def attach_signed_report(*, actor: User | None, report: AnnualReport, scan: UploadedFile) -> ReportVersion:
    """The president signed on paper: the scan is kept with the report as it is now, and its hash."""
    report = lock(report)
    move("attach_signed", actor=actor, report=report, given={"scan": scan})
    if (scan.size or 0) > MOST_BYTES:
        raise ValidationError({"scan": _("This file is over 20 MB: put a lighter one.")})
    return _freeze(actor, report, _finished_content(report), _signatory(report, None), scan)


def _signatory(report: AnnualReport, actor: User | None) -> Mandate:
    """Who presides now, read inside the transaction."""
    held = [office_holder(report.council, office) for office in CHAIRS]
    found = next((one for one in held if one and (actor is None or one.user_id == actor.pk)), None)
    if found is None:
        raise PermissionDenied(_("You no longer preside this council: the president in office signs."))
    return found


def _finished_content(report: AnnualReport) -> dict[str, Any]:
    if report.year >= timezone.localdate().year:
        text = _("%(year)d is not over: its figures still change. Sign from 1 January.")
        raise ValidationError(text % {"year": report.year})
    return report_content(report)


def _freeze(
    actor: User | None,
    report: AnnualReport,
    content: dict[str, Any],
    signatory: Mandate,
    scan: UploadedFile | None = None,
) -> ReportVersion:
    ways = MinutesVersion.Way
    version = ReportVersion(
        report=report,
        number=report.versions.count() + 1,
        content=content,
        content_hash=content_hash(content),
        signed_as=_("The president"),
        signed_mandate=signatory,
        signed_at=timezone.now(),
        way=ways.SECOND_FACTOR if scan is None else ways.SCAN,
        recorded_by=actor,
    )
    if scan is not None:
        version.scan = scan
    version.full_clean(exclude=["report", "signed_mandate", "recorded_by"])
    version.save(force_insert=True)
    report.save(update_fields=["state"])
    changes = {"hash": version.content_hash, "way": version.way, "version": version.number}
    record_audit(actor=actor, verb="report_signed", target=report, changes=changes)
    return version


@transaction.atomic
def correct_report(*, actor: User | None, report: AnnualReport, reason: str) -> AnnualReport:
    """Take a signed report up again, and why: it is no longer public, the signed version stays."""
    report = lock(report)
    move("correct", actor=actor, report=report, given={"reason": reason})
    report.state_reason, report.published_on = reason.strip()[:300], None
    report.save(update_fields=["state", "state_reason", "published_on"])
    record_audit(actor=actor, verb="report_corrected", target=report)
    return report


@transaction.atomic
def present_report(*, actor: User | None, report: AnnualReport, presented_on: datetime.date) -> AnnualReport:
    """On which day the president presented it to the managing body (CASF D311-20)."""
    report = lock(report)
    move("present", actor=actor, report=report)
    if not datetime.date(report.year, 1, 1) <= presented_on <= timezone.localdate():
        raise ValidationError(
            {"presented_on": _("Choose a day since the year of the report, today at the latest.")}
        )
    report.presented_on = presented_on
    report.save(update_fields=["presented_on"])
    record_audit(actor=actor, verb="report_presented", target=report)
    return report


@transaction.atomic
def publish_report(*, actor: User | None, report: AnnualReport) -> AnnualReport:
    """Show the signed report to whoever sees the council's page."""
    report = lock(report)
    move("publish", actor=actor, report=report)
    report.published_on = timezone.localdate()
    report.save(update_fields=["state", "published_on"])
    record_audit(actor=actor, verb="report_published", target=report)
    return report


@transaction.atomic
def withdraw_report(*, actor: User | None, report: AnnualReport) -> AnnualReport:
    """No longer shown to anyone; it stays signed."""
    report = lock(report)
    move("withdraw", actor=actor, report=report)
    report.published_on = None
    report.save(update_fields=["state", "published_on"])
    record_audit(actor=actor, verb="report_withdrawn", target=report)
    return report
