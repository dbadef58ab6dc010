"""Where councils are, drawn by intermunicipal body: the list beside it says the same in words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import ngettext

from consultations.councils.models import Council
from territories.selectors import TerritoryError, commune_to, map_outlines

LEVEL, DARKEST = "epci", 4


@dataclass(frozen=True)
class PlaceShape:
    """One place of the drawing: how many councils it has, in words."""

    path: str
    css_class: str
    title: str


@dataclass(frozen=True)
class CouncilMap:
    """A drawing without JavaScript."""

    viewbox: str
    shapes: list[PlaceShape]
    source: str


def councils_map(councils: Iterable[Council]) -> CouncilMap | None:
    """Councils of communes and of intermunicipal bodies; None without any, or without outlines."""
    counts = _by_place(list(councils))
    if not counts:
        return None
    try:
        outlines = map_outlines(LEVEL)
    except TerritoryError:
        return None
    shapes = [
        PlaceShape(one.path, _css_class(counts[one.code]), _title(one.name, counts[one.code]))
        for one in outlines.shapes
    ]
    return CouncilMap(outlines.viewbox, shapes, outlines.source)


def _by_place(councils: list[Council]) -> Counter[str]:
    above = commune_to(LEVEL).full
    codes = [
        one.territory.code if one.territory.level_id == LEVEL else above.get(one.territory.code, "")
        for one in councils
    ]
    return Counter(code for code in codes if code)


def _css_class(count: int) -> str:
    return f"c{min(count, DARKEST)}" if count else "none"


def _title(name: str, count: int) -> str:
    words = ngettext("%(name)s: %(count)s council", "%(name)s: %(count)s councils", count)
    return words % {"name": name, "count": count}
