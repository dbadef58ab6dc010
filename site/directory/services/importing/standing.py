"""What lists filter on, computed again for a batch: the score and the day of the next check."""

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from directory.models import Service
from directory.quality import score
from directory.selectors.facts import facts_of
from directory.services.records import add_months

RELATIONS = (
    "coverage", "needs", "locations", "opening_hours", "organisation__identifiers",
    "at_locations__opening_hours", "at_locations__location__opening_hours",
)  # fmt: skip


def refresh_standings(uids: Iterable[UUID]) -> None:
    """As `refresh_standing`, in a fixed number of queries."""
    today = timezone.localdate()
    rows = list(
        Service.objects.filter(uid__in=list(uids)).select_related("organisation").prefetch_related(*RELATIONS)
    )
    for one in rows:
        one.quality = score(facts_of(one), today).percent
        one.review_due_on = add_months(one.checked_on or one.created_on, one.review_months)
        one.needs_comparing = True
    Service.objects.bulk_update(rows, ["quality", "review_due_on", "needs_comparing"])
