"""Facts of one delivery as the tables disclosure control works on."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from observatory.disclosure import OPEN, PUBLIC, SERVICES, Counts, Rule, Table
from observatory.indicators.areas import Geography
from observatory.indicators.models import Fact, Indicator, Slice

RULES = {
    Indicator.Sensitivity.OPEN: OPEN,
    Indicator.Sensitivity.PERSONS: PUBLIC,
    Indicator.Sensitivity.SERVICES: SERVICES,
}


@dataclass(frozen=True)
class FactRow:
    """One fact to record."""

    indicator_id: int
    territory_id: int
    period: str
    slice_id: int
    value: float | None
    base_count: int | None = None


class StoredFact(NamedTuple):
    """A fact as it is read in bulk."""

    pk: int
    territory_id: int
    period: str
    slice: Slice
    value: float | None
    base_count: int | None


@dataclass(frozen=True)
class Delivery:
    """The facts of one dataset version, by indicator."""

    facts: dict[int, list[StoredFact]]

    def located(self) -> set[int]:
        """Territories where facts sit."""
        return {fact.territory_id for facts in self.facts.values() for fact in facts}


def delivery_of(dataset_version_id: int, indicators: Iterable[Indicator]) -> Delivery:
    """The facts of a delivery, their slices loaded."""
    facts: dict[int, list[StoredFact]] = defaultdict(list)
    rows = Fact.objects.filter(dataset_version_id=dataset_version_id, indicator__in=list(indicators))
    slices = Slice.objects.in_bulk(rows.order_by("slice").values_list("slice_id", flat=True).distinct())
    columns = ("indicator_id", "slice_id", "pk", "territory_id", "period", "value", "base_count")
    for indicator, slice_, pk, territory, period, value, base in rows.order_by("pk").values_list(*columns):
        facts[indicator].append(StoredFact(pk, territory, period, slices[slice_], value, base))
    return Delivery(facts)


def rule_of(indicator: Indicator) -> Rule:
    """The threshold that protects an indicator."""
    return RULES[Indicator.Sensitivity(indicator.sensitivity)]


def choice_of(slice_: Slice) -> str:
    """The code of the choice a slice stands for."""
    return str(slice_.members.get("choice", slice_.key))


def counts_of(facts: Iterable[StoredFact]) -> Counts:
    """Persons by part and by choice."""
    base: dict[str, int] = {}
    others: dict[str, int] = {}
    slices: dict[str, dict[str, int]] = defaultdict(dict)
    for fact in facts:
        part, count = str(fact.territory_id), int(fact.value or 0)
        if fact.slice.key == Slice.TOTAL:
            base[part] = count
        elif fact.slice.key == Slice.OTHERS:
            others[part] = count
        else:
            slices[choice_of(fact.slice)][part] = count
    return Counts(base, dict(slices), others)


def choices_of(facts: Iterable[StoredFact]) -> list[Slice]:
    """The choices of an indicator, in the order of the question."""
    found = {fact.slice.pk: fact.slice for fact in facts if fact.slice.key not in (Slice.TOTAL, Slice.OTHERS)}
    return sorted(found.values(), key=lambda one: (one.order, one.key))


def table_of(indicator: Indicator, facts: list[StoredFact], geography: Geography) -> Table:
    """The table of an indicator about persons."""
    return Table(
        levels=geography.levels,
        areas=geography.areas,
        slices=tuple(choice_of(one) for one in choices_of(facts)),
        counts=counts_of(facts),
        is_partition=not indicator.choices_overlap,
    )
