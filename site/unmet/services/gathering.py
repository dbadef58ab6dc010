"""Once a day: what searches and orientations count becomes observations; records become an offer; both open signals.

The day of a search is forgotten after sixty days: its count joins the first day of its month. The number of queries
does not depend on how much was counted.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.core.cache import cache
from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import ExtractYear
from django.utils import timezone

from directory.finding.models import SearchSignal
from directory.finding.outcomes import fold_old_outcomes
from needs.models import Need
from observatory.disclosure import INTERNAL
from orientation.models import OrientationSignal
from territories.models import Territory
from territories.selectors import home_departement
from unmet.counting import ORIENTATIONS, SEARCHES
from unmet.models import Kind, Observation, Signal
from unmet.selectors.public import told_by_records
from unmet.services.offers import measure_offer

DAY = 24 * 60 * 60
BATCH = 2_000
Key = tuple[int, str, int, str]  # year, need, territory, kind
Where = tuple[str, int]  # need, territory


@dataclass(frozen=True)
class Gathered:
    """What a gathering counted."""

    observations: int
    offers: int
    signals: int
    folded: int


def gather_when_due() -> int:
    """Called by the tick: once a day; gives how many observations there are then."""
    if not cache.add(f"unmet.gathered:{timezone.localdate()}", True, timeout=DAY):
        return 0
    return gather_signals().observations


def gather_signals() -> Gathered:
    """Count everything again. Nothing is counted where no département is known."""
    scope = home_departement()
    if scope is None:
        return Gathered(0, 0, 0, 0)
    folded = fold_old_outcomes()
    counts = _counts(scope)
    with transaction.atomic():
        _write(counts)
        opened = _open_signals(_frequent(counts, scope))
    offers = measure_offer(scope)
    return Gathered(len(counts), offers, opened + _open_signals(told_by_records()), folded)


def _counts(scope: Territory) -> Counter[Key]:
    """Every count, at the group of communes where it was said, else at the département. Four queries."""
    places = dict(Territory.objects.current().filter(level_id="epci").values_list("code", "pk"))
    known = set(Need.objects.valid_on(timezone.localdate()).values_list("code", flat=True))
    found: Counter[Key] = Counter()
    for year, need, epci, kind, count in [*_searches(), *_orientations()]:
        if need in known:
            found[year, need, places.get(epci, scope.pk), str(kind)] += count
    return found


def _searches() -> list[tuple[int, str, str, Kind, int]]:
    fields = ("year", "need", "epci", "total")
    return [
        (year, need, epci, kind, total)
        for kind, wanted in SEARCHES.items()
        for year, need, epci, total in SearchSignal.objects.filter(wanted)
        .annotate(year=ExtractYear("day"))
        .values("year", "need", "epci")
        .annotate(total=Sum("count"))
        .order_by()
        .values_list(*fields)
    ]


def _orientations() -> list[tuple[int, str, str, Kind, int]]:
    rows = (
        OrientationSignal.objects.filter(outcome__in=list(ORIENTATIONS))
        .annotate(year=ExtractYear("month"))
        .values("year", "need", "epci", "outcome")
        .annotate(total=Sum("count"))
        .order_by()
    )
    return [
        (year, need, epci, ORIENTATIONS[outcome], total)
        for year, need, epci, outcome, total in rows.values_list("year", "need", "epci", "outcome", "total")
    ]


def _write(counts: Counter[Key]) -> None:
    """Only what changed is written."""
    fields = ("pk", "year", "need", "territory_id", "kind", "count")
    held = {tuple(row[1:5]): (row[0], row[5]) for row in Observation.objects.values_list(*fields)}
    gone = [pk for key, (pk, _count) in held.items() if key not in counts]
    Observation.objects.filter(pk__in=gone).delete()
    changed = [
        Observation(pk=held[key][0], count=count)
        for key, count in counts.items()
        if key in held and held[key][1] != count
    ]
    Observation.objects.bulk_update(changed, ["count"], batch_size=BATCH)
    made = [
        Observation(year=year, need=need, territory_id=place, kind=kind, count=count)
        for (year, need, place, kind), count in sorted(counts.items())
        if (year, need, place, kind) not in held
    ]
    Observation.objects.bulk_create(made, batch_size=BATCH)


def _frequent(counts: Counter[Key], scope: Territory) -> set[Where]:
    """The needs and places with enough observations this year."""
    this_year = timezone.localdate().year
    totals: dict[Where, int] = defaultdict(int)
    for (year, need, place, _kind), count in counts.items():
        if year == this_year:
            totals[need, scope.pk] += count
            if place != scope.pk:
                totals[need, place] += count
    return {key for key, count in totals.items() if count >= INTERNAL.minimum}


def _open_signals(wanted: set[Where]) -> int:
    """One signal for each need and place; those that exist stay as they are."""
    today = timezone.localdate()
    missing = sorted(wanted - set(Signal.objects.values_list("need", "territory_id")))
    made = [Signal(need=need, territory_id=place, seen_on=today) for need, place in missing]
    Signal.objects.bulk_create(made, ignore_conflicts=True, batch_size=BATCH)
    return len(made)
