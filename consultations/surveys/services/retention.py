"""Answers are erased when their time is over, and the erasure is written down."""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from consultations.bank.models import Verbatim
from consultations.lineage.models import Link
from consultations.process.models import Consultation
from consultations.process.selectors import RESPONSES_PURGED, retention_ends_on
from consultations.surveys.models import Response
from core.models import Receipt
from core.services import record_audit

BATCH = 500
SUBJECT = "response"


def purge_expired_responses(*, on: datetime.date | None = None) -> int:
    """Erase the responses, words, links and receipts of consultations past their retention; gives how many.

    Published figures stay: they are about groups. Each erasure is one audit entry, the proof that the
    register of processings shows. Cheap when nothing is due; safe to run twice.
    """
    day = on or timezone.localdate()
    answered = Response.objects.filter(survey__consultation=OuterRef("pk"))
    ended = Consultation.objects.filter(Q(ends_on__lt=day) | Q(closed_at__isnull=False))
    due = [c for c in ended.filter(Exists(answered)) if (last := retention_ends_on(c)) and last <= day]
    return sum(_purge(consultation) for consultation in due)


def _purge(consultation: Consultation) -> int:
    total = 0
    while count := _purge_batch(consultation):
        total += count
    record_audit(actor=None, verb=RESPONSES_PURGED, target=consultation, changes={"count": total})
    return total


@transaction.atomic
def _purge_batch(consultation: Consultation) -> int:
    """A few hundred at a time: no write lasts longer than a second."""
    keys = list(
        Response.objects.filter(survey__consultation=consultation).values_list("pk", flat=True)[:BATCH]
    )
    names = [str(key) for key in keys]
    Verbatim.objects.filter(origin_kind=SUBJECT, origin_id__in=names).delete()
    Link.objects.filter(source_kind=SUBJECT, source_id__in=names).delete()
    Receipt.objects.filter(subject_kind=SUBJECT, subject_id__in=names).delete()
    Response.objects.filter(pk__in=keys).delete()
    return len(keys)
