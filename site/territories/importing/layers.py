"""Outlines of each level, under official codes, and the cantons that only a map can tell."""

import datetime
import hashlib
import json
import re
from typing import Any

import shapely
from django.utils.translation import gettext as _

from territories.importing.communes import CANTONS_SINCE
from territories.importing.folder import Folder
from territories.importing.geojson import Feature, LayerReader
from territories.importing.plan import Alias, Key, Outline, Plan
from territories.models import TerritoryAlias

PATTERNS = {
    "departement": "departement-*.geojson",
    "arrondissement": "arrondissements-*.geojson",
    "canton": "cantons-*.geojson",
    "epci": "epci-*.geojson",
    "commune": "communes-*.geojson",
}
DEFAULT_VINTAGE = 2018
"""Vintage of outlines whose file name has no year: IGN Admin Express COG 2018."""
SOURCE = "IGN – Admin Express COG 2018"
LIGHT_TOLERANCE = 0.003
"""Degrees, about 300 m: one pixel of a phone."""
PSEUDO_CANTONS = {"97", "98", "99"}
"""Ends of the codes Insee gives to communes shared between several cantons."""
SMALLEST_SHARE = 0.05
"""Below it an overlap comes from outlines simplified differently."""

Layer = dict[Key, Any]


def add_layers(plan: Plan, folder: Folder, cantons: dict[str, str], *, fix_winding: bool = False) -> None:
    """Check and keep every layer; make cantons and their communes from the COG and from the map."""
    drawn: dict[str, Layer] = {}
    for level, pattern in PATTERNS.items():
        for path in folder.files(pattern):
            features = LayerReader(plan, path, fix_winding=fix_winding).read()
            year = re.search(r"(20\d\d)", path.stem)
            vintage = int(year[1]) if year else DEFAULT_VINTAGE
            if level == "canton":
                _name_cantons(plan, features, cantons)
            layer = _officialise(plan, path.name, level, vintage, features)
            _check_complete(plan, path.name, level, vintage, layer)
            drawn.setdefault(level, layer)
            if layer:
                plan.outlines.append(_outline(plan, level, vintage, layer))
    _join_cantons(plan, cantons, drawn)


def official_code(level: str, written: str, known: set[str]) -> str:
    """Files drawn by département write 47001 for canton 4701 and for arrondissement 471."""
    digits = {"canton": 2, "arrondissement": 1}.get(level, 0)
    if written in known or not digits or len(written) < 5:
        return written
    departement, number = written[:-3], written[-3:]
    return f"{departement}{number[-digits:]}" if int(number or 0) < 10**digits else written


def _name_cantons(plan: Plan, features: list[Feature], cantons: dict[str, str]) -> None:
    """The COG gives codes of cantons without names: the map names them."""
    split = any(code[-2:] in PSEUDO_CANTONS for code in cantons.values())
    known = set(cantons.values())
    for feature in features:
        if not feature.written[-3:].isdecimal():
            continue
        code = official_code("canton", feature.written, known)
        if code in known or (split and feature.written[:-3] in plan.home):
            key = plan.add_place(Key("canton", code, CANTONS_SINCE), feature.name)
            parent = plan.find("departement", feature.written[:-3])
            if parent:
                plan.belong(key, parent)


def _officialise(plan: Plan, file: str, level: str, vintage: int, features: list[Feature]) -> Layer:
    day = datetime.date(vintage, 1, 1)
    known = {key.code for key, _place in plan.at_level(level, day)}
    layer: Layer = {}
    for feature in features:
        code = official_code(level, feature.written, known)
        key = plan.find(level, code, day)
        if key is None:
            plan.refuse(
                file,
                _("feature %(code)s") % {"code": feature.written},
                _("unknown %(level)s in %(year)s") % {"level": level, "year": vintage},
                _("Correct the code, or delete the feature."),
            )
            continue
        if code != feature.written:
            plan.aliases.add(Alias(key, TerritoryAlias.Kind.CODE, feature.written))
        layer[key] = feature.geometry
    return layer


def _check_complete(plan: Plan, file: str, level: str, vintage: int, layer: Layer) -> None:
    """A map with a hole would show a place as having no figure."""
    for key, place in plan.at_level(level, datetime.date(vintage, 1, 1)):
        if key not in layer and _is_home(plan, key):
            plan.refuse(
                file,
                _("feature %(code)s") % {"code": key.code},
                _("missing: %(name)s") % {"name": place.name},
                _("Add its outline."),
            )


def _is_home(plan: Plan, key: Key) -> bool:
    if key.level == "departement":
        return key.code in plan.home
    return key.level == "epci" or any(key.code.startswith(code) for code in plan.home)


def _outline(plan: Plan, level: str, vintage: int, layer: Layer) -> Outline:
    keys = sorted(layer)
    full = _collection(plan, keys, [layer[key] for key in keys], digits=5)
    light = _collection(plan, keys, simplify([layer[key] for key in keys], LIGHT_TOLERANCE), digits=4)
    return Outline(level, vintage, SOURCE, full, light, hashlib.sha256(full + light).hexdigest(), len(keys))


def simplify(geometries: list[Any], tolerance: float) -> list[Any]:
    """Fewer points, exterior rings clockwise; neighbours keep one common border when they had one."""
    if shapely.coverage_is_valid(geometries):
        simple = shapely.coverage_simplify(geometries, tolerance)
    else:
        simple = [geometry.simplify(tolerance / 2, preserve_topology=True) for geometry in geometries]
    return [shapely.orient_polygons(geometry, exterior_cw=True) for geometry in simple]


def _collection(plan: Plan, keys: list[Key], geometries: list[Any], *, digits: int) -> bytes:
    features = [
        {
            "type": "Feature",
            "id": key.code,
            "properties": {"code": key.code, "nom": plan.places[key].name},
            "geometry": {"type": geometry.geom_type, "coordinates": _rounded(geometry, digits)},
        }
        for key, geometry in zip(keys, geometries, strict=True)
    ]
    data = {"type": "FeatureCollection", "features": features}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _rounded(geometry: Any, digits: int) -> list[Any]:
    def ring(points: Any) -> list[list[float]]:
        return [[round(x, digits), round(y, digits)] for x, y, *_height in points.coords]

    polygons = [
        [ring(part.exterior), *map(ring, part.interiors)] for part in getattr(geometry, "geoms", [geometry])
    ]
    return polygons if geometry.geom_type == "MultiPolygon" else polygons[0]


def _join_cantons(plan: Plan, cantons: dict[str, str], drawn: dict[str, Layer]) -> None:
    """Communes wholly in a canton by the COG; shared ones in part, with their share of area."""
    shapes, communes = drawn.get("canton", {}), drawn.get("commune", {})
    for code, canton in cantons.items():
        child = plan.find("commune", code)
        if child is None or not canton:
            continue
        parent = plan.find("canton", canton)
        if parent:
            plan.belong(child, parent)
        elif canton[-2:] not in PSEUDO_CANTONS:
            plan.note(canton, "", _("canton without a name"), _("Add cantons-….geojson to the folder."))
        elif child in communes:
            for key, share in _shares(communes[child], shapes).items():
                plan.belong(child, key, weight=share)


def _shares(area: Any, shapes: Layer) -> dict[Key, float]:
    overlaps = {key: area.intersection(shape).area / area.area for key, shape in shapes.items()}
    kept = {key: share for key, share in overlaps.items() if share >= SMALLEST_SHARE}
    total = sum(kept.values())
    return {key: round(share / total, 4) for key, share in kept.items()}
