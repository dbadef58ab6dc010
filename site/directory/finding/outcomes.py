"""Outcomes of searches, counted by day: what was understood, where, how many answers, how far the first one is.

No word that was typed is kept, even for a day, and nothing about who typed it.
"""

import datetime
from collections import Counter
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from directory.finding.models import SearchSignal
from directory.finding.places import Spot
from directory.finding.selectors import Found
from territories.models import Territory

MOST_NEEDS = 3
FEW, SOME = 2, 9
KEPT_BY_DAY = datetime.timedelta(days=60)
FOLDED_AT_ONCE, FOLDED_BATCH = 5_000, 500


def count_outcome(found: Found) -> None:
    """One more search with this outcome; a database that is busy never stops a search."""
    if found.page != 1 or not (found.asked.text.strip() or found.asked.facets.needs):
        return
    understood = [need.code for need in found.understood.needs[:MOST_NEEDS]]
    needs = understood or list(found.asked.facets.needs[:MOST_NEEDS]) or [""]
    key: dict[str, Any] = {
        "day": timezone.localdate(),
        "epci": _epci(found.asked.spot),
        "found": _band(found.total),
        "nearest": found.nearest,
    }
    try:
        with transaction.atomic():
            for need in needs:
                row, _is_new = SearchSignal.objects.get_or_create(need=need, **key)
                SearchSignal.objects.filter(pk=row.pk).update(count=F("count") + 1)
    except DatabaseError:
        return


def _band(total: int) -> str:
    if total == 0:
        return str(SearchSignal.Found.NONE)
    if total <= FEW:
        return str(SearchSignal.Found.FEW)
    return str(SearchSignal.Found.SOME if total <= SOME else SearchSignal.Found.MANY)


def _epci(spot: Spot | None) -> str:
    """The group of communes of the place: finer would come near a person."""
    if spot is None:
        return ""
    codes = Territory.objects.at_level("epci").filter(pk__in=spot.holders).order_by("code")
    found = list(codes.values_list("code", flat=True)[:2])
    return found[0] if len(found) == 1 else ""


def fold_old_outcomes() -> int:
    """After sixty days the day of a search is forgotten: its count joins the first day of its month.

    No word was ever kept; this forgets when. Gives how many rows were folded; five thousand at most, in one transaction.
    """
    limit = timezone.localdate() - KEPT_BY_DAY
    with transaction.atomic():
        old = list(
            SearchSignal.objects.select_for_update()
            .filter(day__lt=limit)
            .exclude(day__day=1)
            .order_by("day", "pk")[:FOLDED_AT_ONCE]
        )
        counts: Counter[tuple[Any, ...]] = Counter()
        for row in old:
            counts[_key(row, row.day.replace(day=1))] += row.count
        months = SearchSignal.objects.select_for_update().filter(day__in={key[0] for key in counts})
        held = {_key(row, row.day): row for row in months.order_by("pk")}
        for key, row in held.items():
            row.count += counts.get(key, 0)
        kept = [row for key, row in held.items() if key in counts]
        SearchSignal.objects.bulk_update(kept, ["count"], batch_size=FOLDED_BATCH)
        made = [
            SearchSignal(day=key[0], need=key[1], epci=key[2], found=key[3], nearest=key[4], count=count)
            for key, count in sorted(counts.items())
            if key not in held
        ]
        SearchSignal.objects.bulk_create(made, batch_size=FOLDED_BATCH)
        SearchSignal.objects.filter(pk__in=[row.pk for row in old]).delete()
    return len(old)


def _key(row: SearchSignal, day: datetime.date) -> tuple[Any, ...]:
    return (day, row.need, row.epci, row.found, row.nearest)
