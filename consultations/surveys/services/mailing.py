"""Sending invitations and reminders in the background, a few at a time, with a progress anyone may follow."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from consultations.surveys.invitations import REMINDING, SENDING, code_of, invitation_address
from consultations.surveys.models import Invitation, Survey
from core.models import Job
from core.receipts import format_code

BATCH = 25
Delivery = Invitation.Delivery


@task()
def run_mailing(job_id: str) -> None:
    """Send what waits; run again after a failure, it goes on where it stopped."""
    job = Job.objects.get(pk=job_id)
    survey = Survey.objects.select_related("consultation").get(pk=job.arguments["survey"])
    try:
        with translation.override(settings.LANGUAGE_CODE):
            _send_all(job, survey)
    except OSError as error:  # the mail server cannot be reached: nothing more can be sent now
        _mark(job, Job.Status.FAILED, message=type(error).__name__)
        raise


def _send_all(job: Job, survey: Survey) -> None:
    waiting = _to_remind(survey) if job.kind == REMINDING else _to_send(survey)
    total, done = waiting.count(), 0
    _mark(job, Job.Status.RUNNING)
    connection = get_connection()
    while _is_published(survey) and (some := list(waiting.order_by("pk")[:BATCH])):
        for invitation in some:
            _send(connection, survey, invitation, is_reminder=job.kind == REMINDING)
        done += len(some)
        _mark(job, Job.Status.RUNNING, done_count=min(99, done * 100 // max(total, done)))
    _mark(job, Job.Status.DONE, done_count=100)


def _is_published(survey: Survey) -> bool:
    """False once it was closed meanwhile: an invitation would lead to a closed door."""
    survey.refresh_from_db(fields=["status", "closes_on", "opens_on"])
    return survey.status == Survey.Status.PUBLISHED


def _to_send(survey: Survey) -> QuerySet[Invitation]:
    return survey.invitations.filter(delivery=Delivery.WAITING).exclude(email="").select_related("batch")


def _to_remind(survey: Survey) -> QuerySet[Invitation]:
    today = timezone.localdate()
    still = Q(batch__expires_on=None) | Q(batch__expires_on__gte=today)
    sent = survey.invitations.filter(still, delivery=Delivery.SENT, is_spent=False).exclude(email="")
    return sent.exclude(reminded_on=today).select_related("batch")


def _send(connection: BaseEmailBackend, survey: Survey, invitation: Invitation, *, is_reminder: bool) -> None:
    """One e-mail to one address; a refused address is marked and stops nobody else."""
    code = code_of(invitation.pk)
    last = [invitation.batch.expires_on, survey.closes_on, survey.consultation.ends_on]
    context = {
        "survey": survey,
        "consultation": survey.consultation,
        "code": format_code(code),
        "link": invitation_address(survey, code),
        "last_day": min(filter(None, last), default=None),
        "is_reminder": is_reminder,
    }
    subject = _("Reminder: %(title)s") if is_reminder else _("Your invitation to answer: %(title)s")
    email = EmailMessage(
        subject % {"title": survey.title},
        render_to_string("surveys/email/invitation.txt", context),
        to=[invitation.email],
        connection=connection,
    )
    delivery = Delivery.SENT
    try:
        email.send()
    except (SMTPRecipientsRefused, ValueError):
        delivery = Delivery.FAILED
    today = timezone.localdate() if is_reminder else None
    Invitation.objects.filter(pk=invitation.pk).update(delivery=delivery, reminded_on=today)


def _mark(job: Job, status: str, **fields: object) -> None:
    finished = timezone.now() if status in {Job.Status.DONE, Job.Status.FAILED} else None
    with transaction.atomic():
        Job.objects.filter(pk=job.pk).update(status=status, finished_at=finished, **fields)


def resume_mailings() -> int:
    """Start again what stopped before its end; gives how many. Run by the tick."""
    now = timezone.now()
    failed = Q(status=Job.Status.FAILED, finished_at__lt=now - timedelta(minutes=10))
    killed = Q(status__in=[Job.Status.WAITING, Job.Status.RUNNING], created_at__lt=now - timedelta(hours=2))
    recent = Q(created_at__gte=now - timedelta(days=1))
    due = Job.objects.filter(failed | killed, recent, kind__in=[SENDING, REMINDING])
    count = 0
    for job in due.order_by("created_at")[:5]:
        Job.objects.filter(pk=job.pk).update(status=Job.Status.WAITING, finished_at=None)
        run_mailing.enqueue(str(job.pk))
        count += 1
    return count
