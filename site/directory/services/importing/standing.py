"""What lists filter on and what the search reads, made again for a batch."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.utils import timezone

from directory.finding.services import index_services
from directory.models import Service
from directory.quality import score
from directory.selectors.facts import facts_of
from directory.services.records import add_months

RELATIONS = (
    "coverage", "needs", "locations", "opening_hours", "organisation__identifiers",
    "at_locations__opening_hours", "at_locations__location__opening_hours",
)  # fmt: skip
BATCH = 200
OF = {
    "scheme": "schemes__uid__in",
    "organisation": "organisation__record__uid__in",
    "location": "locations__uid__in",
    "service": "uid__in",
}
"""The services that a record of each kind says something of."""


def refresh_standings(keys: Iterable[int]) -> None:
    """As `refresh_standing`, in a fixed number of queries; the search is told by `refresh_records`."""
    today = timezone.localdate()
    rows = list(
        Service.objects.filter(pk__in=list(keys)).select_related("organisation").prefetch_related(*RELATIONS)
    )
    for one in rows:
        one.quality = score(facts_of(one), today).percent
        one.review_due_on = add_months(one.checked_on or one.created_on, one.review_months)
        one.needs_comparing = True
    Service.objects.bulk_update(rows, ["quality", "review_due_on", "needs_comparing"])


def refresh_records(kind: str, uids: Collection[UUID], *, is_searched: bool = True) -> None:
    """After a batch is written: scores, days of the next check, and the search when it stays written."""
    if not uids:
        return
    keys = list(Service.objects.filter(**{OF[kind]: list(uids)}).distinct().values_list("pk", flat=True))
    if kind in {"location", "service"}:
        for start in range(0, len(keys), BATCH):
            refresh_standings(keys[start : start + BATCH])
    if is_searched:
        index_services(keys)
