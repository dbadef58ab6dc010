"""Which territory holds a point."""

import json
from functools import lru_cache

from django.core.files.storage import default_storage
from shapely import STRtree
from shapely.geometry import Point, shape

from territories.models import GeometryLayer


def code_at(level: str, latitude: float, longitude: float) -> str:
    """The code of the territory of a level that holds this point, by its newest outlines; empty outside them."""
    layer = GeometryLayer.objects.filter(level_id=level).order_by("vintage").last()
    if layer is None or not layer.file.name:
        return ""
    tree, codes = _tree(layer.file.name)
    found = tree.query(Point(longitude, latitude), predicate="intersects")
    return min((codes[number] for number in found), default="")


@lru_cache(maxsize=4)
def _tree(name: str) -> tuple[STRtree, list[str]]:
    with default_storage.open(name) as file:
        features = json.load(file)["features"]
    return STRtree([shape(one["geometry"]) for one in features]), [
        one["properties"]["code"] for one in features
    ]
