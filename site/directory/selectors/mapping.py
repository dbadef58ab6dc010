"""A small map of one place: the communes around it, its own, and a point. Drawn here, nothing asked of another site."""

from collections.abc import Mapping
from dataclasses import dataclass

from directory.selectors.places import ShownPlace
from territories.selectors import TerritoryError, commune_to, map_outlines, place_points

LEVEL, AROUND, WIDTH = "commune", "epci", 320


@dataclass(frozen=True)
class DrawnCommune:
    """One outline; the place's own commune is marked."""

    path: str
    name: str
    is_here: bool


@dataclass(frozen=True)
class SmallMap:
    """A drawing without JavaScript and its point."""

    viewbox: str
    communes: list[DrawnCommune]
    x: float
    y: float
    source: str


def groups_around() -> Mapping[str, str]:
    """The group of each commune: read once for all the maps of a page."""
    return commune_to(AROUND).full


def small_map(shown: ShownPlace, groups: Mapping[str, str]) -> SmallMap | None:
    """The map of a place anyone may see; None for a hidden one, without a point or without outlines."""
    if shown.point is None or shown.commune is None:
        return None
    group = groups.get(shown.commune.code)
    codes = (
        sorted(code for code, other in groups.items() if other == group) if group else [shown.commune.code]
    )
    try:
        outlines = map_outlines(LEVEL, width=WIDTH, codes=codes)
        points = place_points(LEVEL, [shown.point], width=WIDTH, codes=codes)
    except TerritoryError:
        return None
    if not points or not outlines.shapes:
        return None
    x, y = (round(one, 1) for one in points[0])
    drawn = [DrawnCommune(one.path, one.name, one.code == shown.commune.code) for one in outlines.shapes]
    return SmallMap(outlines.viewbox, drawn, x, y, outlines.source)
