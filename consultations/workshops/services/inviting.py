"""Invitations by e-mail: a list, sent in the background with a progress anyone may follow."""

import datetime
from collections.abc import Sequence
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from accounts.models import User
from consultations.workshops.models import Invitation, Workshop
from consultations.workshops.permissions import can_invite_to_workshop
from consultations.workshops.services.mailing import Letter, send
from core.addresses import MAX_ADDRESSES
from core.models import Job
from core.services import record_audit

SENDING = "workshops.invitations"  # kind of jobs
STUCK = datetime.timedelta(hours=1)
Status = Invitation.Status


@transaction.atomic
def invite_by_email(*, actor: User, workshop: Workshop, addresses: Sequence[str], college: str = "") -> Job:
    """One invitation for each address not invited yet, sent in the background; gives the job to follow."""
    _require(actor, workshop)
    wanted = list(dict.fromkeys(address.lower() for address in addresses))
    known = set(workshop.invitations.filter(email__in=wanted).values_list("email", flat=True))
    new = [address for address in wanted if address not in known]
    if not 1 <= len(new) <= MAX_ADDRESSES:
        raise ValidationError(
            _("Give 1 to %(maximum)d addresses that are not invited yet.") % {"maximum": MAX_ADDRESSES}
        )
    rows = [Invitation(workshop=workshop, email=one, college=college) for one in new]
    Invitation.objects.bulk_create(rows, batch_size=500)
    record_audit(actor=actor, verb="workshop_invited", target=workshop, changes={"count": len(new)})
    return _start(actor, workshop, len(new))


@transaction.atomic
def invite_again(*, actor: User, workshop: Workshop) -> Job | None:
    """Try once more the addresses that were not reached; None when there is none."""
    _require(actor, workshop)
    count = workshop.invitations.filter(status=Status.FAILED).update(status=Status.WAITING)
    return _start(actor, workshop, count) if count else None


def _require(actor: User, workshop: Workshop) -> None:
    if not can_invite_to_workshop(actor, workshop):
        raise PermissionDenied(_("Announce the workshop first: its page does not exist yet."))


def _start(actor: User, workshop: Workshop, count: int) -> Job:
    arguments = {"workshop": str(workshop.pk)}
    job = Job.objects.create(kind=SENDING, arguments=arguments, total_count=count, actor=actor)
    transaction.on_commit(lambda: run_invitations.enqueue(str(job.pk)))
    return job


@task()
def run_invitations(job_id: str) -> None:
    """Send what waits, each once; run again after a failure, it goes on where it stopped."""
    job = Job.objects.get(pk=job_id)
    waiting = Invitation.objects.filter(workshop=job.arguments["workshop"], status=Status.WAITING)
    _mark(job, status=Job.Status.RUNNING)
    done = 0
    try:
        while (row := waiting.select_related("workshop").order_by("email").first()) is not None:
            if row.workshop.status != Workshop.Status.ANNOUNCED:
                break
            _send_once(row)
            done += 1
            _mark(job, done_count=min(done, job.total_count))
    except OSError as error:  # the mail server cannot be reached: nothing more can be sent now
        _mark(job, status=Job.Status.FAILED, message=type(error).__name__, finished_at=timezone.now())
        raise
    _mark(job, status=Job.Status.DONE, done_count=job.total_count, finished_at=timezone.now())


def _mark(job: Job, **fields: Any) -> None:
    Job.objects.filter(pk=job.pk).update(**fields)


def _send_once(row: Invitation) -> None:
    """Marked before it leaves: two workers never write twice to the same person."""
    mine = Invitation.objects.filter(pk=row.pk)
    sequence = row.workshop.sequence
    if not mine.filter(status=Status.WAITING).update(
        status=Status.SENDING, sent_at=timezone.now(), told_sequence=sequence
    ):
        return
    try:
        send(row, Letter.INVITATION)
    except (SMTPRecipientsRefused, ValueError):
        mine.update(status=Status.FAILED)
    except OSError:
        mine.update(status=Status.WAITING)
        raise
    else:
        mine.update(status=Status.SENT)


def resume_invitations() -> int:
    """Start again what stopped before its end, and say what was perhaps not sent; gives how many. By the tick."""
    now = timezone.now()
    Invitation.objects.filter(status=Status.SENDING, sent_at__lt=now - STUCK).update(status=Status.FAILED)
    failed = Q(status=Job.Status.FAILED, finished_at__lt=now - datetime.timedelta(minutes=10))
    killed = Q(status__in=[Job.Status.WAITING, Job.Status.RUNNING], created_at__lt=now - STUCK)
    recent = Q(created_at__gte=now - datetime.timedelta(days=1))
    count = 0
    for job in Job.objects.filter(failed | killed, recent, kind=SENDING).order_by("created_at")[:5]:
        _mark(job, status=Job.Status.WAITING, finished_at=None)
        run_invitations.enqueue(str(job.pk))
        count += 1
    return count
