"""Signals as those who work on the territory see them.

Nothing is shown about one to four searches or requests, nor what subtraction would give; what is shown is told by
steps of five, so that one more is never seen arriving. A need is split by place or by reason, never by both.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Visitor
from needs.models import Need
from needs.selectors import needs_by_code
from observatory.disclosure import INTERNAL
from orientation.selectors.figures import protect_parts
from territories.models import Territory
from territories.selectors import home_departement
from unmet.models import Kind, Observation, Offer, Signal
from unmet.permissions import can_read_place

STEP, MANY = INTERNAL.minimum, 1_000
RECORDS = "records"
"""The reason of a need whose records were not checked in time: counted on services, never with searches."""


@dataclass(frozen=True)
class Place:
    """A territory whose signals the person reads."""

    pk: int
    address: str
    name: str
    is_whole: bool


@dataclass(frozen=True)
class Amount:
    """A part of a total: at least `value` in steps of five; None when it may not be shown."""

    code: str
    label: str
    value: int | None


@dataclass(frozen=True)
class Line:
    """One need in one territory: how often it found no answer (None: too few), how, where, what is offered there."""

    signal: Signal
    need: Need
    total: int | None
    kinds: tuple[Amount, ...]
    places: tuple[Amount, ...]
    services: int
    full: int
    stale: int

    @property
    def is_saturated(self) -> bool:
        """True when every service there is full or closed."""
        return bool(self.services) and self.services == self.full

    @property
    def is_outdated(self) -> bool:
        """True when half of the records there, or more, were not checked in time."""
        return self.stale > 0 and self.services <= self.stale * 2

    @property
    def is_told_by_records(self) -> bool:
        """True when the services say it themselves, whatever is searched."""
        return self.is_saturated or self.is_outdated

    @property
    def rank(self) -> tuple[int, str]:
        """The most frequent first."""
        return (-(self.total or 0), self.need.code)

    def of_kind(self, kind: str) -> int:
        """What is shown of one reason."""
        return next((one.value or 0 for one in self.kinds if one.code == kind), 0)

    def is_of(self, reason: str) -> bool:
        """Whether this reason is shown of it."""
        said = {RECORDS: self.is_outdated, Kind.FULL: self.is_saturated}
        return bool(said.get(reason) or self.of_kind(reason))


def places_read(user: Visitor) -> list[Place]:
    """The département and its groups of communes, those the person reads; the widest first."""
    scope = home_departement()
    if scope is None:
        return []
    groups = Territory.objects.current().filter(level_id="epci", pk__in=_counted_places())
    found = [
        Place(one.pk, f"{one.level_id}:{one.code}", one.name, one.pk == scope.pk)
        for one in [scope, *groups.order_by("name", "pk")]
    ]
    if found and can_read_place(user, scope.pk):
        return found
    return [one for one in found if can_read_place(user, one.pk)]


def _counted_places() -> set[int]:
    return set(Signal.objects.values_list("territory_id", flat=True))


def years_counted() -> list[int]:
    """The years that have observations, the last first."""
    return list(Observation.objects.order_by("-year").values_list("year", flat=True).distinct())


def lines(place: Place, *, year: int = 0, state: str = "", kind: str = "") -> list[Line]:
    """The signals of a place, the most frequent first. The number of queries is fixed."""
    signals = Signal.objects.filter(territory_id=place.pk).select_related("territory__level")
    if state:
        signals = signals.filter(state=state)
    found = _lines(list(signals), place, year or timezone.localdate().year)
    if kind:
        found = [one for one in found if one.is_of(kind)]
        return sorted(found, key=lambda one: (-one.of_kind(kind), *one.rank))
    return sorted(found, key=lambda one: one.rank)


def line_of(signal: Signal, place: Place) -> Line | None:
    """One signal this year; None when what was counted may not be shown any more."""
    return next(iter(_lines([signal], place, timezone.localdate().year)), None)


def _lines(signals: Sequence[Signal], place: Place, year: int) -> list[Line]:
    codes = [one.need for one in signals]
    needs, tables = needs_by_code(codes), _tables(codes, year)
    offers = {one.need: one for one in Offer.objects.filter(territory_id=place.pk, need__in=codes)}
    names = dict(
        Territory.objects.filter(pk__in={pk for table in tables.values() for pk, _kind in table}).values_list(
            "pk", "name"
        )
    )
    made = (
        _line(one, needs[one.need], _split_at(tables.get(one.need, {}), place, names), offers.get(one.need))
        for one in signals
        if one.need in needs
    )
    return [one for one in made if one.total or one.is_told_by_records]


Table = Mapping[tuple[int, str], int]  # territory, kind → count


def _tables(codes: Sequence[str], year: int) -> dict[str, dict[tuple[int, str], int]]:
    found: dict[str, dict[tuple[int, str], int]] = defaultdict(dict)
    rows = Observation.objects.filter(year=year, need__in=codes)
    for need, territory, kind, count in rows.values_list("need", "territory_id", "kind", "count"):
        found[need][territory, kind] = count
    return found


@dataclass(frozen=True)
class Split:
    """A need in the whole département: its total, its reasons and its places, protected; None when too few."""

    total: int
    kinds: Mapping[str, int | None]
    places: Mapping[str, int | None]


def split_of(table: Table) -> Split | None:
    """Hide what is small with what would tell it, then keep multiples of five."""
    kinds: dict[str, int] = defaultdict(int)
    places: dict[str, int] = defaultdict(int)
    for (territory, kind), count in table.items():
        kinds[kind] += count
        places[str(territory)] += count
    total = sum(kinds.values())
    if total < INTERNAL.minimum:
        return None
    return Split(_floor(total) or 0, _told(kinds), _told(places))


def _told(parts: Mapping[str, int]) -> dict[str, int | None]:
    """Every search or request is a unit of its own; more than `MANY` are as little secret as `MANY`."""
    units = {name: [(name, n) for n in range(min(count, MANY))] for name, count in parts.items()}
    told = protect_parts(units, INTERNAL)
    return {name: None if told[name] is None else _floor(count) for name, count in parts.items()}


def _floor(count: int | None) -> int | None:
    return None if count is None else count - count % STEP


Parts = tuple[int | None, tuple[Amount, ...], tuple[Amount, ...]]


def _split_at(table: Table, place: Place, names: Mapping[int, str]) -> Parts:
    """Total, reasons and places of a need; in a group of communes its part of the whole alone."""
    split = split_of(table)
    if split is None:
        return None, (), ()
    if not place.is_whole:
        return split.places.get(str(place.pk)) or None, (), ()
    kinds = [Amount(code, str(Kind(code).label), value) for code, value in split.kinds.items()]
    where = [
        Amount(pk, _("place not said") if int(pk) == place.pk else names.get(int(pk), ""), value)
        for pk, value in split.places.items()
    ]
    return split.total, _amounts(kinds), _amounts(where)


def _amounts(rows: Iterable[Amount]) -> tuple[Amount, ...]:
    """The highest first; what is hidden is named together, or not at all when nothing else is shown."""
    rows = list(rows)
    shown = sorted(
        (one for one in rows if one.value), key=lambda one: (-(one.value or 0), one.label, one.code)
    )
    if any(one.value is None for one in rows):
        shown.append(Amount("", _("others") if shown else "", None))
    return tuple(shown)


def _line(signal: Signal, need: Need, parts: Parts, offer: Offer | None) -> Line:
    total, kinds, places = parts
    return Line(
        signal=signal,
        need=need,
        total=total,
        kinds=kinds,
        places=places,
        services=offer.services if offer else 0,
        full=offer.full if offer else 0,
        stale=offer.stale if offer else 0,
    )
