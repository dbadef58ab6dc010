"""Points of territories and points on their drawings."""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache

from django.core.files.storage import default_storage
from shapely.geometry import shape

from territories.models import GeometryLayer
from territories.selectors.outlines import Projection, layer_of


def centres(level: str) -> Mapping[str, tuple[float, float]]:
    """By code, the latitude and longitude of a point inside each territory of a level; empty without outlines."""
    layer = GeometryLayer.objects.filter(level_id=level).order_by("vintage").last()
    return _centres(layer.file.name) if layer and layer.file.name else {}


@lru_cache(maxsize=8)
def _centres(name: str) -> dict[str, tuple[float, float]]:
    found = {}
    for feature in _features(name):
        point = shape(feature["geometry"]).representative_point()
        found[feature["properties"]["code"]] = (point.y, point.x)
    return found


def _features(name: str) -> list[dict]:
    with default_storage.open(name) as file:
        features: list[dict] = json.load(file)["features"]
    return features


def place_points(
    level: str,
    points: Iterable[tuple[float, float]],
    *,
    width: int = 640,
    codes: Iterable[str] | None = None,
) -> list[tuple[float, float]]:
    """Where each (latitude, longitude) falls on the drawing `map_outlines` makes of the same level and codes."""
    layer = layer_of(level, None)
    projection = _projection(layer.file.name, width, frozenset(codes) if codes is not None else None)
    if projection is None:
        return []
    return [projection.pixel(longitude, latitude) for latitude, longitude in points]


@lru_cache(maxsize=16)
def _projection(name: str, width: int, codes: frozenset[str] | None) -> Projection | None:
    kept = [one for one in _features(name) if codes is None or one["properties"]["code"] in codes]
    projection = Projection([shape(one["geometry"]) for one in kept], width) if kept else None
    if projection:
        projection.areas = []
    return projection
