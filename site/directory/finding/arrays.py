"""The index as each process keeps it: every row in columns, so that a search is arithmetic and no database is asked.

`current()` is what is committed now: one small query says whether something changed, and only the services that did are
read again. Inside a transaction nothing is kept: it may see what others never will.
Why: `docs/decisions/0161-the-search-is-kept-in-memory.md`.
"""

import threading
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt
from django.db import connection

from directory.finding.models import IndexChange, IndexState, SearchRow
from directory.finding.openings import Seconds, unpack

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

MOST_RECENT = 2000
"""Services read again beside the rest; beyond, everything is read."""
CHUNK = 5000
ANYONE = -1
COLUMNS = (
    "service_id", "location_id", "latitude", "longitude", "modes", "audiences", "access", "fee", "territories", "terms",
    "openings",
)  # fmt: skip
NOWHERE: Codes = np.empty(0, np.int32)


@dataclass(frozen=True)
class Part:
    """Rows in the order of their services. Codes are bits; a point that is unknown or hidden is not a number."""

    services: Ints
    locations: Ints
    """0 without a place."""
    latitudes: Floats
    longitudes: Floats
    modes: Codes
    audiences: Codes
    access: Codes
    fees: Codes
    areas: Codes
    """The place in `limits` of what each row is limited to; `ANYONE` when not limited."""
    limits: tuple[frozenset[int], ...]
    """Sets of territories: one must live in one of them."""
    held: Mapping[str, Codes]
    """The rows that hold each term, in their order."""
    opened: Codes
    """The row of each opening."""
    opens: Seconds
    closes: Seconds
    alive: Bools
    """False for rows of services that were read again since, in another part."""

    def holding(self, terms: Iterable[str]) -> Bools:
        """Whether each row holds one of these terms."""
        found = np.zeros(self.services.size, np.bool_)
        for term in terms:
            found[self.held.get(term, NOWHERE)] = True
        return found

    def serving(self, territories: Iterable[int]) -> Bools:
        """Whether each row is limited to territories among which is one of these."""
        wanted = frozenset(territories)
        served = [not wanted.isdisjoint(limit) for limit in self.limits]
        return np.array([*served, False], np.bool_)[self.areas]  # the last is that of `ANYONE`

    def open_at(self, second: int) -> Bools:
        """Whether each row is open at that second since 1970; the second it closes, it is closed."""
        found = np.zeros(self.services.size, np.bool_)
        found[self.opened[(self.opens <= second) & (self.closes > second)]] = True
        return found


@dataclass(frozen=True)
class Index:
    """Every row that can be found: most of them, then those of the services that changed since."""

    token: UUID | None
    revision: int
    parts: tuple[Part, ...]
    changed: frozenset[int] = field(default_factory=frozenset)

    def knows(self, term: str) -> bool:
        """Whether a service has or had this term."""
        return any(term in part.held for part in self.parts)

    @cached_property
    def names(self) -> frozenset[str]:
        """Every word of the names of services."""
        return frozenset(term[2:] for part in self.parts for term in part.held if term.startswith("n:"))


class _Kept:
    """The index of this process, and who is bringing it up to date."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.index: Index | None = None


_kept = _Kept()


def current() -> Index:
    """Everything that can be found now."""
    if connection.in_atomic_block:
        return _whole(None, 0)
    token, revision, forgotten = _state()
    kept = _kept.index
    if kept and (kept.token, kept.revision) == (token, revision):
        return kept
    with _kept.lock:
        kept = _kept.index
        if kept is None or kept.token != token or token is None or kept.revision < forgotten:
            _kept.index = _whole(token, revision)
        elif kept.revision < revision:
            _kept.index = _caught_up(kept, revision)
        return _kept.index or _whole(token, revision)


def _state() -> tuple[UUID | None, int, int]:
    row = IndexState.objects.order_by("pk").values_list("token", "revision", "forgotten").first()
    return row or (None, 0, 0)


def _whole(token: UUID | None, revision: int) -> Index:
    """Everything read again. The revision was read before the rows, which may know more: it is read twice, no harm."""
    return Index(token, revision, (_read({}),))


def _caught_up(kept: Index, revision: int) -> Index:
    """The services that changed read again, beside the rest."""
    log = IndexChange.objects.filter(revision__gt=kept.revision, revision__lte=revision)
    changed = kept.changed | set(log.values_list("service", flat=True).distinct()[: MOST_RECENT + 1])
    if len(changed) > MOST_RECENT:
        return _whole(kept.token, revision)
    rest = kept.parts[0]
    alive = ~np.isin(rest.services, np.fromiter(changed, np.int64, len(changed)))
    recent = _read({"service__in": sorted(changed)})
    return Index(kept.token, revision, (replace(rest, alive=alive), recent), changed)


def _read(only: Mapping[str, Any]) -> Part:
    rows = SearchRow.objects.filter(**only).order_by("service", "pk").values_list(*COLUMNS)
    return _part(rows.iterator(chunk_size=CHUNK))


def _part(rows: Iterator[tuple[Any, ...]]) -> Part:
    """Columns from rows: one pass, and no row is kept."""
    numbers, points, openings = array("q"), array("d"), bytearray()
    counts, areas = array("i"), dict[str, int]()
    held: defaultdict[str, array[int]] = defaultdict(lambda: array("i"))
    unknown = float("nan")
    for place, (service, location, latitude, longitude, *codes, territories, terms, packed) in enumerate(
        rows
    ):
        area = areas.setdefault(territories, len(areas)) if territories else ANYONE
        numbers.extend((service, location or 0, *codes, area))
        points.extend((unknown, unknown) if latitude is None else (latitude, longitude))
        openings += packed
        counts.append(len(packed))
        for term in terms.split(" "):
            held[term].append(place)
    table = np.array(numbers, np.int64).reshape(-1, 7)
    codes_of = table.astype(np.int32)
    where = np.array(points, np.float64).reshape(-1, 2)
    opens, closes = unpack(bytes(openings))
    size = len(counts)
    return Part(
        services=np.ascontiguousarray(table[:, 0]),
        locations=np.ascontiguousarray(table[:, 1]),
        latitudes=np.ascontiguousarray(where[:, 0]),
        longitudes=np.ascontiguousarray(where[:, 1]),
        modes=np.ascontiguousarray(codes_of[:, 2]),
        audiences=np.ascontiguousarray(codes_of[:, 3]),
        access=np.ascontiguousarray(codes_of[:, 4]),
        fees=np.ascontiguousarray(codes_of[:, 5]),
        areas=np.ascontiguousarray(codes_of[:, 6]),
        limits=tuple(frozenset(map(int, one.split(" "))) for one in areas),
        held={term: np.array(found, np.int32) for term, found in held.items()},
        opened=np.repeat(np.arange(size, dtype=np.int32), np.array(counts, np.int64) // 8),
        opens=np.ascontiguousarray(opens),
        closes=np.ascontiguousarray(closes),
        alive=np.ones(size, np.bool_),
    )
