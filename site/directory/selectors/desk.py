"""The records a person keeps, as the workspace lists them."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.permissions import Visitor
from core.folding import words_in
from directory.codes import Status
from directory.models import Report, Service
from directory.permissions import organisations_kept_by
from organisations.models import Organisation

WEAK = 70
"""Percent under which a record is called incomplete."""
NEW_REPORT = Q(reports__state=Report.State.NEW)


@dataclass(frozen=True)
class Standings:
    """How many records of a person are in each standing."""

    total: int
    late: int
    weak: int
    closed: int
    reported: int


def kept_organisations(user: Visitor) -> "QuerySet[Organisation]":
    """The organisations whose records the person keeps."""
    return Organisation.objects.filter(organisations_kept_by(user)).order_by("name", "pk")


def listed_organisations(user: Visitor, *, q: str = "") -> "QuerySet[Organisation]":
    """The same, narrowed by words of the name, with how many services and places each has."""
    rows = kept_organisations(user).select_related("territory").filter(words_in(q, "name", "slug"))
    return rows.annotate(
        service_count=Count("services", filter=Q(services__merged_into=None), distinct=True),
        place_count=Count("locations", distinct=True),
    )


def kept_services(user: Visitor) -> "QuerySet[Service]":
    """The records the person keeps; what was merged into another is not listed."""
    kept = Service.objects.filter(merged_into=None, organisation__in=kept_organisations(user))
    return kept.select_related("organisation")


def listed(user: Visitor, *, q: str = "", standing: str = "") -> "QuerySet[Service]":
    """The same, narrowed by words of its name or its organisation’s, and by standing; what is late first."""
    rows = kept_services(user).filter(_standing(standing, timezone.localdate()))
    rows = rows.filter(words_in(q, "name", "slug", "organisation__name"))
    rows = rows.annotate(report_count=Count("reports", filter=NEW_REPORT))
    if standing == "reported":
        rows = rows.filter(report_count__gt=0)
    return rows.order_by("review_due_on", "name", "pk")


def _standing(code: str, today: datetime.date) -> Q:
    alive = ~Q(status=Status.DEFUNCT)
    return {
        "late": alive & Q(review_due_on__lte=today),
        "weak": alive & Q(quality__lt=WEAK),
        "closed": Q(status__in=(Status.CLOSED, Status.INACTIVE)),
        "draft": Q(published=False),
        "ended": Q(status=Status.DEFUNCT),
    }.get(code, alive)


def standings(user: Visitor) -> Standings:
    """Counts for the head of the list, in one query."""
    today = timezone.localdate()
    counts = kept_services(user).aggregate(
        total=Count("pk", filter=_standing("", today), distinct=True),
        late=Count("pk", filter=_standing("late", today), distinct=True),
        weak=Count("pk", filter=_standing("weak", today), distinct=True),
        closed=Count("pk", filter=_standing("closed", today), distinct=True),
        reported=Count("pk", filter=NEW_REPORT, distinct=True),
    )
    return Standings(**counts)


def waiting_reports(user: Visitor) -> "QuerySet[Report]":
    """The mistakes reported on the records the person keeps, the oldest first."""
    waiting = Report.objects.filter(state=Report.State.NEW, service__in=kept_services(user))
    return waiting.select_related("service__organisation").order_by("reported_on", "pk")
