"""The map of partners: organisations where they are, lines between those that share something.

Drawn here from our own outlines; the tables below it say the same. An organisation with a secret address is not drawn.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from django.utils.text import Truncator

from consultations.actions.selectors.partnership import Web
from directory.models import Location
from organisations.models import Organisation
from territories.selectors import Outlines, UnknownLayer, centres, map_outlines, place_points

WIDTH = 640
LEVEL = "epci"
APART = 26.0
"""Pixels under which two places would hide each other."""
SMALLEST, LARGEST, WIDEST = 6.0, 18.0, 9.0
LONGEST_LABEL = 22
Point = tuple[float, float]


@dataclass(frozen=True)
class Dot:
    """The organisations of one place; pixels, written for SVG."""

    x: str
    y: str
    radius: str
    label_y: str
    label: str
    title: str
    is_chosen: bool


@dataclass(frozen=True)
class Line:
    """What two places share: the wider, the more."""

    x1: str
    y1: str
    x2: str
    y2: str
    width: str
    title: str


@dataclass(frozen=True)
class PartnerMap:
    """A drawing; `left_out` organisations have no point on it."""

    outlines: Outlines
    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    left_out: int


@dataclass
class _Place:
    at: Point
    bodies: list[Organisation]


def draw_partners(web: Web, *, chosen: str = "") -> PartnerMap | None:
    """The map of these organisations; only the lines of the `chosen` one when there is one."""
    points = _points(web.organisations)
    try:
        outlines = map_outlines(LEVEL, width=WIDTH)
        pixels = place_points(LEVEL, list(points.values()), width=WIDTH)
    except UnknownLayer:
        return None
    _left, _top, width, height = (float(one) for one in outlines.viewbox.split())
    seen = {
        key: at
        for key, at in zip(points, pixels, strict=False)
        if 0 <= at[0] <= width and 0 <= at[1] <= height
    }
    if not outlines.shapes or not seen:
        return None
    places = _places(web, seen)
    lines = _lines(web, places, chosen)
    dots = tuple(_dot(place, chosen) for place in places)
    return PartnerMap(outlines, dots, lines, len(web.organisations) - len(seen))


def _points(organisations: Mapping[int, Organisation]) -> dict[int, Point]:
    """Where each one is: its first known place, else the middle of its commune."""
    known: dict[int, Point] = {}
    hidden: set[int] = set()
    rows = Location.objects.filter(organisation__in=organisations).order_by("pk")
    for key, latitude, longitude, is_hidden in rows.values_list(
        "organisation", "latitude", "longitude", "address_hidden"
    ):
        if is_hidden:
            hidden.add(key)
        elif latitude is not None and longitude is not None:
            known.setdefault(key, (latitude, longitude))
    middles = centres("commune")
    for key, one in organisations.items():
        if key not in known and one.territory.level_id == "commune" and one.territory.code in middles:
            known[key] = middles[one.territory.code]
    return {key: known[key] for key in sorted(known.keys() - hidden)}


def _places(web: Web, seen: Mapping[int, Point]) -> list[_Place]:
    """Organisations so near on the drawing that they would hide each other share a dot."""
    places: list[_Place] = []
    for key, at in seen.items():
        near = (one for one in places if abs(one.at[0] - at[0]) < APART and abs(one.at[1] - at[1]) < APART)
        if (place := next(near, None)) is None:
            places.append(_Place(at, [web.organisations[key]]))
        else:
            place.bodies.append(web.organisations[key])
    return places


def _lines(web: Web, places: list[_Place], chosen: str) -> tuple[Line, ...]:
    where = {body.pk: number for number, place in enumerate(places) for body in place.bodies}
    shared: Counter[tuple[int, int]] = Counter()
    for tie in web.ties:
        numbers = sorted({where[key] for key in tie.bodies if key in where})
        shared.update(pair for pair in combinations(numbers, 2))
    if chosen:
        home = {where[key] for key, one in web.organisations.items() if one.slug == chosen and key in where}
        shared = Counter({pair: count for pair, count in shared.items() if home & set(pair)})
    most = max(shared.values(), default=1)
    ordered = sorted(shared.items(), key=lambda one: (one[1], one[0]))
    return tuple(_line(places[a], places[b], count, most) for (a, b), count in ordered)


def _line(one: _Place, other: _Place, count: int, most: int) -> Line:
    return Line(
        x1=_written(one.at[0]),
        y1=_written(one.at[1]),
        x2=_written(other.at[0]),
        y2=_written(other.at[1]),
        width=_written(1 + (WIDEST - 1) * count / most),
        title=f"{_name(one.bodies)} – {_name(other.bodies)} : {count}",
    )


def _dot(place: _Place, chosen: str) -> Dot:
    radius = min(LARGEST, SMALLEST + 1.5 * len(place.bodies))
    x, y = place.at
    return Dot(
        _written(x),
        _written(y),
        _written(radius),
        _written(y - radius - 5),
        f"{Truncator(_name(place.bodies)).chars(LONGEST_LABEL)} ({len(place.bodies)})",
        " · ".join(sorted(body.name for body in place.bodies)),
        any(body.slug == chosen for body in place.bodies),
    )


def _name(bodies: Iterable[Organisation]) -> str:
    """The territory most of them have; a commune rather than what holds it."""
    named = Counter((one.territory.level_id == "commune", one.territory.name) for one in bodies).most_common()
    return max(named, key=lambda one: (one[0][0], one[1]))[0][1]


def _written(pixels: float) -> str:
    """With a point, whatever the language of the page."""
    return f"{pixels:.1f}"
