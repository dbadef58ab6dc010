"""Whether a point can be true: on the earth, not the origin, and not far from its commune."""

import math

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

EARTH_KM = 6371.0
FARTHEST_KM = 60.0
"""No commune of France is so wide that one of its addresses lies farther from its middle."""
Point = tuple[float, float]
"""Latitude, longitude."""


def distance_km(here: Point, there: Point) -> float:
    """Great-circle distance between two points, in kilometres."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(a), math.radians(b)) for a, b in (here, there))
    chord = (
        math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))


def check_point(latitude: float | None, longitude: float | None, *, centre: Point | None) -> None:
    """Raise ValidationError naming the field when the point cannot be in the commune of that centre."""
    if latitude is None and longitude is None:
        return
    if latitude is None or longitude is None:
        raise ValidationError(_("Give both the latitude and the longitude, or neither."))
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        raise ValidationError({"latitude": _("Write a number, for example 44.20.")})
    if not -90 <= latitude <= 90:
        raise ValidationError(
            {"latitude": _("A latitude is between -90 and 90; in Lot-et-Garonne, about 44.")}
        )
    if not -180 <= longitude <= 180:
        raise ValidationError({"longitude": _("A longitude is between -180 and 180; in France, about 0.")})
    if abs(latitude) < 0.01 and abs(longitude) < 0.01:
        raise ValidationError(
            {"latitude": _("This point is in the sea off Africa: look the address up again.")}
        )
    if centre and (away := distance_km((latitude, longitude), centre)) > FARTHEST_KM:
        raise ValidationError(
            {
                "latitude": _(
                    "This point is %(km)d km away from the commune: check that latitude and longitude are not swapped."
                )
                % {"km": round(away)}
            }
        )
