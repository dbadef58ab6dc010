"""What visitors say is wrong, and what became of it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Visitor
from core.services import record_audit
from directory.models import Report, Service
from directory.permissions import can_edit_service

MOST_WAITING = 50


@transaction.atomic
def report_mistake(*, service: Service, kind: str, words: str = "") -> Report:
    """Anyone says that a public record is wrong; the same twice is kept once, and nothing about who said it."""
    if not service.is_public:
        raise PermissionDenied
    words = words.strip()
    waiting = service.reports.filter(state=Report.State.NEW)
    if same := waiting.filter(kind=kind, words=words).first():
        return same
    if waiting.count() >= MOST_WAITING:
        raise ValidationError(_("Many people have already told us about this record: it will be checked."))
    report = Report(service=service, kind=kind, words=words, reported_on=timezone.localdate())
    report.full_clean()
    report.save()
    return report


@transaction.atomic
def answer_report(*, actor: Visitor, report: Report, state: str, answer: str = "") -> Report:
    """Say what became of it; an answer given can be changed, never taken back to “to be read”."""
    if not can_edit_service(actor, report.service):
        raise PermissionDenied
    if state == Report.State.NEW:
        raise ValidationError({"state": _("Say what became of it.")})
    report.state, report.answer, report.answered_on = state, answer, timezone.localdate()
    report.answered_by = actor if isinstance(actor, User) else None
    report.full_clean()
    report.save(update_fields=["state", "answer", "answered_on", "answered_by"])
    record_audit(actor=actor, verb="report_answered", target=report.service, changes={"state": state})
    return report
