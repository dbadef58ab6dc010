"""What narrows a search, on rows of a part of the index: each filter says which of them pass."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from directory.codes import Audience, Mode
from directory.finding import ordering
from directory.finding.arrays import ANYONE, Bools, Floats, Ints, Part
from directory.finding.asked import Facets, need_terms
from directory.finding.codes import ACCESS, AUDIENCES, COMES_TO_YOU, FEES, MODES, bits
from directory.finding.places import Spot

COMES, REMOTE = bits(COMES_TO_YOU, MODES), bits([Mode.REMOTE], MODES)


def _needs(part: Part, rows: Ints, codes: Sequence[str], _at: datetime.datetime) -> Bools:
    return part.holding(need_terms(codes))[rows]


def _audience(part: Part, rows: Ints, code: str, _at: datetime.datetime) -> Bools:
    """What says nothing of whom it is for is for them too, and so is what is for everyone."""
    said = part.audiences[rows]
    return (said == 0) | (said & bits([code, Audience.EVERYONE], AUDIENCES) != 0)


def _modes(part: Part, rows: Ints, codes: Sequence[str], _at: datetime.datetime) -> Bools:
    return part.modes[rows] & bits(codes, MODES) != 0


def _fee(part: Part, rows: Ints, code: str, _at: datetime.datetime) -> Bools:
    return part.fees[rows] == FEES.index(code)


def _language(part: Part, rows: Ints, code: str, _at: datetime.datetime) -> Bools:
    return part.holding([f"lang:{code}"])[rows]


def _access(part: Part, rows: Ints, codes: Sequence[str], _at: datetime.datetime) -> Bools:
    every = bits(codes, ACCESS)
    return part.access[rows] & every == every


def _scheme(part: Part, rows: Ints, slug: str, _at: datetime.datetime) -> Bools:
    return part.holding([f"scheme:{slug}"])[rows]


def _open_now(part: Part, rows: Ints, _said: bool, at: datetime.datetime) -> Bools:
    return part.open_at(int(at.timestamp()))[rows]


TESTS: Mapping[str, Callable[[Part, Ints, Any, datetime.datetime], Bools]] = {
    "needs": _needs,
    "audience": _audience,
    "modes": _modes,
    "fee": _fee,
    "language": _language,
    "access": _access,
    "scheme": _scheme,
    "open_now": _open_now,
}
"""By field of `Facets`."""


def chosen(facets: Facets) -> Iterator[tuple[str, Any]]:
    """The facets that narrow, and what was chosen."""
    return ((name, value) for name in TESTS if (value := getattr(facets, name)))


def passing(part: Part, rows: Ints, facets: Facets, at: datetime.datetime) -> Ints:
    """The rows that pass every facet chosen."""
    for name, value in chosen(facets):
        rows = rows[TESTS[name](part, rows, value, at)]
    return rows


def squared_km(part: Part, rows: Ints, spot: Spot) -> Floats:
    """Squared kilometres on a plane that touches the earth at the place: exact enough for a département.

    Not a number where a point is unknown.
    """
    if spot.point is None:
        return np.full(rows.size, np.nan)
    latitude, longitude = spot.point
    across = (part.longitudes[rows] - longitude) * (ordering.KM_PER_DEGREE * np.cos(np.radians(latitude)))
    up = (part.latitudes[rows] - latitude) * ordering.KM_PER_DEGREE
    return np.asarray(across * across + up * up)


def serving(part: Part, rows: Ints, spot: Spot, squared: Floats) -> Bools:
    """Those that serve the place by what they say; else those near enough, or by phone and online."""
    anyone = part.areas[rows] == ANYONE
    reached = np.isnan(part.latitudes[rows]) | (part.modes[rows] & REMOTE != 0)
    if spot.point is not None:
        reached |= squared <= ordering.RADIUS**2
    return part.serving(spot.holders)[rows] | (anyone & reached)


def coming(part: Part, rows: Ints) -> Bools:
    """Go to people's homes, in an area that they state: the filter on places has kept those that serve this one."""
    return (part.areas[rows] != ANYONE) & (part.modes[rows] & COMES != 0)
