"""The address anyone may see: the one door through which pages, exports and searches read a location."""

from dataclasses import dataclass

from directory.models import Location
from territories.models import Territory


@dataclass(frozen=True)
class ShownPlace:
    """What may be shown of a location; a hidden one keeps its reason and loses everything that leads to it."""

    lines: tuple[str, ...]
    postal_code: str
    commune: Territory | None
    latitude: float | None
    longitude: float | None
    hidden_reason: str = ""

    @property
    def is_hidden(self) -> bool:
        return bool(self.hidden_reason)

    @property
    def town(self) -> str:
        """Postal code and commune, as on an envelope."""
        return " ".join(
            part for part in (self.postal_code, self.commune.name if self.commune else "") if part
        )

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude, when they may be shown."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude


def shown_place(location: Location) -> ShownPlace:
    """What anyone may read of where it is; of a hidden address, not even the commune."""
    if location.address_hidden:
        return ShownPlace((), "", None, None, None, location.hidden_reason)
    lines = tuple(one for one in (location.address_1, location.address_2) if one)
    return ShownPlace(lines, location.postal_code, location.commune, location.latitude, location.longitude)
