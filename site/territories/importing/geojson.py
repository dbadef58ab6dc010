"""Read and check one GeoJSON layer: every feature is known, whole, once, and drawn clockwise."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from django.utils.translation import gettext as _
from shapely.errors import ShapelyError
from shapely.geometry import shape

from territories.importing.plan import Key, Plan

MAX_BYTES = 20_000_000
AREAS = {"Polygon", "MultiPolygon"}


@dataclass
class Feature:
    """A checked feature: `written` is the code in the file, `key` the official territory."""

    written: str
    name: str
    geometry: Any
    key: Key | None = None


class LayerReader:
    """Reads one file; every problem names the feature and goes to the plan."""

    def __init__(self, plan: Plan, path: Path, *, fix_winding: bool = False) -> None:
        self.plan, self.path, self.fix_winding = plan, path, fix_winding

    def read(self) -> list[Feature]:
        """The features that can be drawn, in the order of the file."""
        features = [self._feature(number, raw) for number, raw in enumerate(self._raw_features(), 1)]
        kept = [feature for feature in features if feature]
        seen: set[str] = set()
        for feature in kept:
            if feature.written in seen:
                self._refuse(
                    feature.written, _("this code has two features"), _("Delete one, or merge them.")
                )
            seen.add(feature.written)
        return kept

    def _raw_features(self) -> list[Any]:
        if self.path.stat().st_size > MAX_BYTES:
            self._refuse(
                "",
                _("the file is larger than %(size)s MB") % {"size": MAX_BYTES // 1_000_000},
                _("Simplify the outlines first (mapshaper, 20 %)."),
            )
            return []
        try:
            data = json.loads(self.path.read_bytes())
        except (ValueError, RecursionError) as error:
            self._refuse(
                "", _("this is not JSON: %(error)s") % {"error": error}, _("Export the layer again.")
            )
            return []
        if isinstance(data, dict) and data.get("type") == "Feature":
            return [data]
        if (
            not isinstance(data, dict)
            or data.get("type") != "FeatureCollection"
            or not isinstance(data.get("features"), list)
        ):
            self._refuse(
                "", _("this is not a GeoJSON collection of features"), _("Export the layer as GeoJSON.")
            )
            return []
        return list(data["features"])

    def _feature(self, number: int, raw: Any) -> Feature | None:
        properties = raw.get("properties") if isinstance(raw, dict) else None
        properties = properties if isinstance(properties, dict) else {}
        code, name = str(properties.get("code") or "").strip(), str(properties.get("nom") or "").strip()
        label = code or _("number %(number)s") % {"number": number}
        if not code or not name:
            self._refuse(label, _("property “code” or “nom” missing"), _("Fill both properties."))
            return None
        try:
            geometry = shape(raw.get("geometry") or {})
        except (ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError):
            geometry = None
        if geometry is None or geometry.geom_type not in AREAS or geometry.is_empty:
            self._refuse(label, _("no polygon"), _("Give it a Polygon or a MultiPolygon."))
            return None
        if not self._is_sound(label, geometry):
            return None
        return Feature(code, name, self._clockwise(label, geometry))

    def _is_sound(self, label: str, geometry: Any) -> bool:
        west, south, east, north = geometry.bounds
        if not (west >= -180 and east <= 180 and south >= -90 and north <= 90):
            self._refuse(
                label, _("coordinates outside longitude and latitude"), _("Export the layer in WGS 84.")
            )
            return False
        if not geometry.is_valid:
            self._refuse(
                label, shapely.is_valid_reason(geometry), _("Repair the outline (“fix geometries” in QGIS).")
            )
            return False
        return True

    def _clockwise(self, label: str, geometry: Any) -> Any:
        """Map libraries fill the outside of an exterior ring that turns the other way."""
        parts = getattr(geometry, "geoms", [geometry])
        if not any(shapely.is_ccw(part.exterior) for part in parts):
            return geometry
        message = _("the exterior ring turns anticlockwise")
        if not self.fix_winding:
            self._refuse(label, message, _("Rewind the ring, or run again with --fix-winding."))
            return geometry
        self.plan.note(self.path.name, self._place(label), message, _("Rewound."))
        return shapely.orient_polygons(geometry, exterior_cw=True)

    def _refuse(self, label: str, message: str, remedy: str) -> None:
        self.plan.refuse(self.path.name, self._place(label) if label else "", message, remedy)

    def _place(self, label: str) -> str:
        return _("feature %(code)s") % {"code": label}
