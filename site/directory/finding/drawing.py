"""The map of a page of results, drawn here from our own outlines: no tile, no script, nothing asked of another site."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from directory.finding.places import Spot
from directory.finding.selectors import Hit
from territories.selectors import Outlines, UnknownLayer, commune_to, map_outlines, place_points

WIDTH = 640
CLOSE_UP = 1
"""Up to this many groups of communes, the map shows each commune; more would leave holes between them."""
APART = 24.0
"""Pixels under which two markers would hide each other."""
Point = tuple[float, float]


@dataclass(frozen=True)
class Marker:
    """One or several results at the same point, by their numbers in the list; pixels, written for SVG."""

    x: str
    y: str
    left: str
    top: str
    width: str
    numbers: str
    title: str
    href: str


@dataclass(frozen=True)
class ResultMap:
    """A drawing that says the same as the list; `here` is the place searched around."""

    outlines: Outlines
    markers: tuple[Marker, ...]
    here: tuple[str, str] | None
    left_out: int
    """Results without a point on this map: at home, by phone, at a secret address, or outside the outlines."""


def draw(hits: Sequence[Hit], spot: Spot | None) -> ResultMap | None:
    """The map of these results; None when none has a point or no outline is known."""
    placed = [(hit, hit.place.point) for hit in hits if hit.place and hit.place.point]
    if not placed:
        return None
    level, codes = _frame(hits, spot)
    here = spot.point if spot and spot.is_commune else None
    points = [*(point for _hit, point in placed if point), *([here] if here else [])]
    try:
        outlines = map_outlines(level, width=WIDTH, codes=codes)
        drawn = place_points(level, points, width=WIDTH, codes=codes)
    except UnknownLayer:
        return None
    _left, _top, width, height = (float(one) for one in outlines.viewbox.split())
    seen = [
        (hit, pixel)
        for (hit, _point), pixel in zip(placed, drawn, strict=False)
        if 0 <= pixel[0] <= width and 0 <= pixel[1] <= height
    ]
    if not outlines.shapes or not seen:
        return None
    here_at = (_written(drawn[-1][0]), _written(drawn[-1][1])) if here else None
    return ResultMap(outlines, tuple(_markers(seen)), here_at, len(hits) - len(seen))


def _frame(hits: Iterable[Hit], spot: Spot | None) -> tuple[str, frozenset[str] | None]:
    """The outlines to draw: the communes of one group of communes, else every group."""
    groups = commune_to("epci").full
    wanted = {hit.place.commune.code for hit in hits if hit.place and hit.place.point and hit.place.commune}
    wanted |= {spot.territory.code} if spot and spot.is_commune else set()
    touched = {groups[code] for code in wanted if code in groups}
    if touched and len(touched) <= CLOSE_UP:
        return "commune", frozenset(code for code, group in groups.items() if group in touched)
    return "epci", None


def _markers(placed: Iterable[tuple[Hit, Point]]) -> Iterator[Marker]:
    """One marker for results so near on the drawing that they would hide each other."""
    groups: list[tuple[Point, list[Hit]]] = []
    for hit, pixel in placed:
        together = next((hits for at, hits in groups if _touch(at, pixel)), None)
        if together is None:
            groups.append((pixel, [hit]))
        else:
            together.append(hit)
    for (x, y), hits in groups:
        numbers = [str(hit.number) for hit in hits]
        label = ", ".join(numbers) if len(numbers) < 4 else f"{numbers[0]}…{numbers[-1]}"
        title = f"{label} – {' · '.join(hit.service.name for hit in hits)}"
        half = 12.0 + 4.0 * max(0, len(label) - 2)
        yield Marker(
            x=_written(x),
            y=_written(y + 4.5),
            left=_written(x - half),
            top=_written(y - 12),
            width=_written(2 * half),
            numbers=label,
            title=title,
            href=f"#resultat-{hits[0].number}",
        )


def _touch(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) < APART and abs(one[1] - other[1]) < APART


def _written(pixels: float) -> str:
    """With a point, whatever the language of the page."""
    return f"{pixels:.1f}"
