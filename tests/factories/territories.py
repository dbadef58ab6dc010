"""Small made-up territories."""

import datetime
import itertools

from territories.models import (
    ALWAYS,
    Territory,
    TerritoryEvent,
    TerritoryEventLink,
    TerritoryLevel,
    TerritoryRelation,
)
from territories.names import LEVELS, search_key

_codes = itertools.count(1)


def levels() -> None:
    """The six levels of the product."""
    for code, rank, name, plural in LEVELS:
        TerritoryLevel.objects.get_or_create(
            code=code, defaults={"rank": rank, "name": name, "name_plural": plural}
        )


def territory(
    name: str = "Duras",
    level: str = "commune",
    *,
    code: str = "",
    since: datetime.date = ALWAYS,
    until: datetime.date | None = None,
) -> Territory:
    """A territory of a period."""
    levels()
    return Territory.objects.create(
        level_id=level,
        code=code or f"X{next(_codes):05}",
        name=name,
        search_name=search_key(name),
        valid_from=since,
        valid_to=until,
    )


def inside(child: Territory, parent: Territory, weight: float | None = None) -> TerritoryRelation:
    """`child` in `parent`, in part when a weight is given."""
    full, partial = TerritoryRelation.Coverage.FULL, TerritoryRelation.Coverage.PARTIAL
    return TerritoryRelation.objects.create(
        parent=parent, child=child, weight=weight, coverage=full if weight is None else partial
    )


def became(before: Territory, *after: Territory, on: datetime.date) -> TerritoryEvent:
    """An event that ends `before`."""
    event = TerritoryEvent.objects.create(happened_on=on, kind="merge", label="merger")
    for one in after:
        TerritoryEventLink.objects.create(event=event, before=before, after=one)
    return event
