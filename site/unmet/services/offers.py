"""How many services answer each need in each territory: measured from the records, written where it changed.

A service answers a need by the same code, one below, or the branch that holds it, as in orientation. The number of
queries does not depend on the number of records.
"""

import datetime
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from directory.codes import Status
from directory.models import Capacity, Service, ServiceAtLocation
from needs.models import Need
from orientation.matching import answers_need
from territories.models import Territory, TerritoryRelation
from unmet.models import Offer

LEVELS = ("departement", "arrondissement", "epci", "canton", "commune")
BATCH = 2_000
Group = tuple[frozenset[str], frozenset[int]]  # needs, territories stated
Found = dict[tuple[str, int], list[int]]  # need, territory → services, full, stale


def measure_offer(scope: Territory) -> int:
    """Measure the whole of the département again; gives how many counts there are."""
    groups = _groups(timezone.localdate())
    reach = _Reach(scope)
    codes = list(Need.objects.valid_on(timezone.localdate()).values_list("code", flat=True))
    found: Found = defaultdict(lambda: [0, 0, 0])
    for (needs, places), (services, full, stale) in groups.items():
        answered = [code for code in codes if any(answers_need(one, code) for one in needs)]
        for place in reach.of(places):
            for code in answered:
                line = found[code, place]
                line[0] += services
                line[1] += full
                line[2] += stale
    _write(found)
    return len(found)


def _groups(today: datetime.date) -> Mapping[Group, list[int]]:
    """Services that answer the same needs in the same places are counted together. Six queries."""
    public = Service.objects.public().exclude(status=Status.INACTIVE)
    rows = list(public.values_list("pk", "status", "closed_until", "review_due_on"))
    needs = _many(Service.needs.through.objects.filter(service__in=public), "need__code")
    stated = _many(Service.coverage.through.objects.filter(service__in=public), "territory_id")
    only = _many(Service.eligible_territories.through.objects.filter(service__in=public), "territory_id")
    sat = ServiceAtLocation.objects.filter(
        service__in=public, location__address_hidden=False, location__commune__isnull=False
    )
    located = _many(sat, "location__commune_id")
    states = _many(Capacity.objects.filter(service__in=public), "state")
    groups: dict[Group, list[int]] = defaultdict(lambda: [0, 0, 0])
    for pk, status, until, due in rows:
        if not needs.get(pk):
            continue
        places: set[int] = only.get(pk) or stated.get(pk) or located.get(pk) or set()
        line = groups[frozenset(needs[pk]), frozenset(places)]
        closed = status == Status.CLOSED and (until is None or until >= today)
        line[0] += 1
        line[1] += closed or states.get(pk) == {Capacity.State.FULL}
        line[2] += due is None or due <= today
    return groups


def _many(rows: QuerySet[Any], field: str) -> dict[int, set[Any]]:
    """By service, the values of a column."""
    found: dict[int, set[Any]] = defaultdict(set)
    for service, value in rows.values_list("service_id", field):
        found[service].add(value)
    return found


class _Reach:
    """The territories of the département that some places touch: themselves, what they hold, what holds them."""

    def __init__(self, scope: Territory) -> None:
        relations = TerritoryRelation.objects.full().valid_on(timezone.localdate())
        self._above: dict[int, set[int]] = defaultdict(set)
        self._below: dict[int, set[int]] = defaultdict(set)
        for parent, child in relations.values_list("parent_id", "child_id"):
            self._above[child].add(parent)
            self._below[parent].add(child)
        inside = self._walk({scope.pk}, self._below)
        kept = Territory.objects.current().filter(level_id__in=LEVELS).values_list("pk", flat=True)
        self._kept = (inside & set(kept)) | {scope.pk}
        self._scope = scope.pk
        self._known: dict[frozenset[int], frozenset[int]] = {}

    def of(self, places: frozenset[int]) -> frozenset[int]:
        """With no place said, the service is counted for the département alone."""
        if places not in self._known:
            below = self._walk(set(places), self._below)
            touched = below | self._walk(below, self._above)
            self._known[places] = frozenset((touched & self._kept) if places else {self._scope})
        return self._known[places]

    @staticmethod
    def _walk(start: set[int], steps: Mapping[int, set[int]]) -> set[int]:
        seen, level = set(start), set(start)
        while level:
            level = {one for place in level for one in steps.get(place, ())} - seen
            seen |= level
        return seen


@transaction.atomic
def _write(found: Found) -> None:
    """Only what changed is written: a whole département is some twenty thousand counts."""
    fields = ("pk", "need", "territory_id", "services", "full", "stale")
    held = {(row[1], row[2]): (row[0], list(row[3:])) for row in Offer.objects.values_list(*fields)}
    gone = [pk for key, (pk, _counts) in held.items() if key not in found]
    for start in range(0, len(gone), BATCH):
        Offer.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    changed = [
        Offer(pk=held[key][0], services=one[0], full=one[1], stale=one[2])
        for key, one in found.items()
        if key in held and held[key][1] != one
    ]
    Offer.objects.bulk_update(changed, ["services", "full", "stale"], batch_size=BATCH)
    made = [
        Offer(need=need, territory_id=place, services=one[0], full=one[1], stale=one[2])
        for (need, place), one in sorted(found.items())
        if (need, place) not in held
    ]
    Offer.objects.bulk_create(made, batch_size=BATCH)
