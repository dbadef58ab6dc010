"""Invitations: a right to answer once, with nothing that joins it to the response."""

import datetime
import uuid
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.surveys.invitations import MAX_INVITATIONS, REMINDING, SENDING, code_of
from consultations.surveys.models import Invitation, InvitationBatch, Survey
from consultations.surveys.permissions import can_invite
from consultations.surveys.services.mailing import run_mailing
from core.models import Job
from core.receipts import hash_code
from core.services import record_audit

MAX_CARDS = 500
Batch = InvitationBatch


@transaction.atomic
def issue_invitations(
    *, actor: User, survey: Survey, count: int, label: str = "", expires_on: datetime.date | None = None
) -> InvitationBatch:
    """New cards to print; their codes are derived when they are printed, and never kept."""
    if not 1 <= count <= MAX_CARDS:
        raise ValidationError(
            {"count": _("Ask for 1 to %(maximum)d cards at a time.") % {"maximum": MAX_CARDS}}
        )
    batch = _open_batch(actor, survey, Batch.Kind.CARDS, label, expires_on)
    _create(batch, [""] * count)
    record_audit(actor=actor, verb="invitations_issued", target=survey, changes={"count": count})
    return batch


@transaction.atomic
def invite_by_email(
    *,
    actor: User,
    survey: Survey,
    addresses: Sequence[str],
    label: str = "",
    expires_on: datetime.date | None = None,
) -> Job:
    """One invitation for each address not invited yet, sent in the background; gives the job to follow."""
    if survey.status != Survey.Status.PUBLISHED:
        raise ValidationError(_("Publish the survey first: its address does not work yet."))
    wanted = list(dict.fromkeys(address.lower() for address in addresses))
    known = set(survey.invitations.filter(email__in=wanted).values_list("email", flat=True))
    new = [address for address in wanted if address not in known]
    if not 1 <= len(new) <= MAX_INVITATIONS:
        raise ValidationError(
            _("Give 1 to %(maximum)d addresses that are not invited yet.") % {"maximum": MAX_INVITATIONS}
        )
    batch = _open_batch(actor, survey, Batch.Kind.EMAIL, label, expires_on)
    _create(batch, new)
    record_audit(actor=actor, verb="invitations_emailed", target=survey, changes={"count": len(new)})
    return _start(actor, SENDING, survey)


@transaction.atomic
def remind_invited(*, actor: User, survey: Survey) -> Job:
    """One more e-mail, with the same code, to the addresses whose invitation is not used; at most one a day.

    How many they are is told to nobody: it would say how many answered, one by one.
    """
    if not can_invite(actor, survey):
        raise PermissionDenied
    if survey.status != Survey.Status.PUBLISHED:
        raise ValidationError(_("Publish the survey first: its address does not work yet."))
    today = timezone.localdate()
    if survey.invitations.filter(reminded_on=today).exists() or _is_running(survey, REMINDING):
        raise ValidationError(_("A reminder already went out today. Wait until tomorrow."))
    record_audit(actor=actor, verb="invitations_reminded", target=survey)
    return _start(actor, REMINDING, survey)


def _open_batch(
    actor: User, survey: Survey, kind: str, label: str, expires_on: datetime.date | None
) -> InvitationBatch:
    if not can_invite(actor, survey):
        raise PermissionDenied
    today = timezone.localdate()
    if expires_on is not None and expires_on < today:
        raise ValidationError({"expires_on": _("This day is past. Choose today or later.")})
    return Batch.objects.create(
        survey=survey, kind=kind, label=label.strip()[:80], issued_on=today, expires_on=expires_on
    )


def _create(batch: InvitationBatch, addresses: Sequence[str]) -> None:
    """One invitation each; a code that is taken already gets another key."""
    made: dict[str, Invitation] = {}
    for address in addresses:
        key, code_hash = _free_key(made)
        made[code_hash] = Invitation(
            id=key,
            survey_id=batch.survey_id,
            batch=batch,
            code_hash=code_hash,
            email=address,
            delivery=Invitation.Delivery.WAITING if address else Invitation.Delivery.NONE,
        )
    for code_hash in Invitation.objects.filter(code_hash__in=made).values_list("code_hash", flat=True):
        one = made[code_hash]
        one.id, one.code_hash = _free_key(made)
    Invitation.objects.bulk_create(made.values(), batch_size=500)


def _free_key(taken: dict[str, Invitation]) -> tuple[uuid.UUID, str]:
    while True:
        key = uuid.uuid4()
        code_hash = hash_code("invitation", code_of(key))
        if code_hash not in taken:
            return key, code_hash


def _is_running(survey: Survey, kind: str) -> bool:
    waiting = Q(status__in=[Job.Status.WAITING, Job.Status.RUNNING])
    return Job.objects.filter(waiting, kind=kind, arguments__survey=str(survey.pk)).exists()


def _start(actor: User, kind: str, survey: Survey) -> Job:
    """A job whose progress is a share of a hundred."""
    job = Job.objects.create(kind=kind, arguments={"survey": str(survey.pk)}, total_count=100, actor=actor)
    transaction.on_commit(lambda: run_mailing.enqueue(str(job.pk)))
    return job


def forget_invited_addresses() -> int:
    """Erase the addresses of surveys that are over; gives how many. Run by the tick.

    All the invitations of the survey are written again at once, so that the database does not keep in which
    order they were used either.
    """
    today = timezone.localdate()
    over = Q(survey__status=Survey.Status.CLOSED) | Q(survey__closes_on__lt=today)
    over |= Q(survey__consultation__status="closed") | Q(survey__consultation__ends_on__lt=today)
    surveys = Invitation.objects.filter(over).exclude(email="").values_list("survey", flat=True).distinct()
    return sum(
        Invitation.objects.filter(survey=survey).update(email="", delivery="", reminded_on=None)
        for survey in list(surveys)
    )


def forget_invited_person(*, email: str) -> None:
    """Erase an address everywhere, because the person asks; a code already sent still works."""
    Invitation.objects.filter(email=email.lower()).update(email="", delivery="", reminded_on=None)
