"""Outlines for maps: files for the browser, and paths drawn here for maps without JavaScript."""

import gzip
import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.translation import gettext as _
from shapely.geometry import shape

from territories.importing.layers import simplify
from territories.models import GeometryLayer
from territories.selectors.codes import TerritoryError

MARGIN = 2.0
"""Pixels around the drawing, so that borders are not cut."""


DETAIL = 0.8
"""Pixels: finer bends are not seen."""


class UnknownLayer(TerritoryError):
    def __init__(self, level: str) -> None:
        super().__init__(_("No outlines were imported for the level “%(level)s”.") % {"level": level})


class Shape(NamedTuple):
    """One territory ready for `<path d="…">`."""

    code: str
    name: str
    path: str


@dataclass(frozen=True)
class Outlines:
    """A drawing: `viewbox` for the `<svg>`, shapes in the order of their codes."""

    viewbox: str
    shapes: list[Shape]
    source: str
    vintage: int


@dataclass(frozen=True)
class LayerFiles:
    """Addresses of one layer; their content never changes. Take the light one under 900 pixels."""

    url: str
    light_url: str
    vintage: int
    source: str
    feature_count: int


def layer_files(level: str, *, vintage: int | None = None) -> LayerFiles:
    """The files of a level: the last vintage not after `vintage`, else the first; the newest by default."""
    layer = layer_of(level, vintage)
    return LayerFiles(
        _url(layer, "full"), _url(layer, "light"), layer.vintage, layer.source, layer.feature_count
    )


def map_outlines(
    level: str, *, vintage: int | None = None, width: int = 640, codes: Iterable[str] | None = None
) -> Outlines:
    """The outlines of a level, `width` pixels wide, in plate carrée at the middle latitude.

    `codes` keeps some territories only and frames them. Drawn once per layer, width and choice.
    """
    layer = layer_of(level, vintage)
    chosen = frozenset(codes) if codes is not None else None
    viewbox, shapes = _draw(layer.file.name, width, chosen)
    return Outlines(viewbox, list(shapes), layer.source, layer.vintage)


@lru_cache(maxsize=32)
def read_layer_file(name: str) -> tuple[bytes, bytes] | None:
    """A stored layer as it is and compressed; None when there is none. Names carry a hash: kept for good."""
    if not default_storage.exists(name):
        return None
    with default_storage.open(name) as file:
        content = file.read()
    return content, gzip.compress(content, 9, mtime=0)


def layer_of(level: str, vintage: int | None) -> GeometryLayer:
    layers = list(GeometryLayer.objects.filter(level_id=level).order_by("vintage"))
    if not layers:
        raise UnknownLayer(level)
    if vintage is None:
        return layers[-1]
    return max(
        (one for one in layers if one.vintage <= vintage), key=lambda one: one.vintage, default=layers[0]
    )


def _url(layer: GeometryLayer, part: str) -> str:
    return reverse("territories:layer", args=[layer.level_id, layer.vintage, part, layer.sha256[:16]])


@lru_cache(maxsize=64)
def _draw(name: str, width: int, codes: frozenset[str] | None) -> tuple[str, tuple[Shape, ...]]:
    with default_storage.open(name) as file:
        features = json.load(file)["features"]
    kept = [one for one in features if codes is None or one["properties"]["code"] in codes]
    if not kept:
        return f"0 0 {width} {width}", ()
    projection = Projection([shape(one["geometry"]) for one in kept], width)
    areas = simplify(projection.areas, DETAIL / projection.scale)
    shapes = tuple(
        Shape(one["properties"]["code"], one["properties"]["nom"], projection.path(area))
        for one, area in zip(kept, areas, strict=True)
    )
    return projection.viewbox, shapes


class Projection:
    """Longitude and latitude to pixels: longitudes shrunk by the cosine of the middle latitude."""

    def __init__(self, areas: list[Any], width: int) -> None:
        self.areas = areas
        bounds = [area.bounds for area in areas]
        self.west, self.north = min(b[0] for b in bounds), max(b[3] for b in bounds)
        east, south = max(b[2] for b in bounds), min(b[1] for b in bounds)
        self.shrink = math.cos(math.radians((self.north + south) / 2))
        self.scale = (width - 2 * MARGIN) / (((east - self.west) or 1) * self.shrink)
        height = (self.north - south) * self.scale + 2 * MARGIN
        self.viewbox = f"0 0 {width} {math.ceil(height)}"

    def pixel(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a point falls on the drawing."""
        return (
            (longitude - self.west) * self.shrink * self.scale + MARGIN,
            (self.north - latitude) * self.scale + MARGIN,
        )

    def path(self, area: Any) -> str:
        """Relative moves in tenths of a pixel; rings that collapse are left out."""
        polygons = getattr(area, "geoms", [area])
        return "".join(self._ring(ring) for part in polygons for ring in (part.exterior, *part.interiors))

    def _ring(self, ring: Any) -> str:
        points = list(self._points(ring))
        if len(points) < 3:
            return ""
        start, *others = points
        x, y = start
        moves = []
        for right, down in others:
            moves += [right - x, down - y]
            x, y = right, down
        return f"M{_tenths(start)}l{_tenths(moves)}z"

    def _points(self, ring: Any) -> Iterator[tuple[int, int]]:
        last = None
        for lon, lat, *_height in list(ring.coords)[:-1]:
            x = round(10 * ((lon - self.west) * self.shrink * self.scale + MARGIN))
            y = round(10 * ((self.north - lat) * self.scale + MARGIN))
            if (x, y) != last:
                yield x, y
            last = (x, y)


def _tenths(numbers: Iterable[int]) -> str:
    """Tenths of a pixel in as few characters as SVG allows: `12` and `-5` are written `1.2-.5`."""
    text = ""
    for number in numbers:
        one = f"{number / 10:g}".replace("0.", ".", 1) if abs(number) < 10 else f"{number / 10:g}"
        text += one if one.startswith("-") or not text else f" {one}"
    return text
