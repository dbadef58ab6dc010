"""What records refer to and that is already here: territories, needs, schemes; each looked up once."""

import datetime

from django.utils import timezone

from directory.geography import Point
from directory.models import Scheme
from needs.models import Need
from territories.models import Territory
from territories.selectors import TerritoryError, centres, resolve_code
from territories.selectors.home import home_departement


class World:
    """Answers by code; what is not there is None."""

    def __init__(self) -> None:
        self.today: datetime.date = timezone.localdate()
        self.territories: dict[str, Territory | None] = {}
        self.needs = {one.code: one.pk for one in Need.objects.current()}
        self.schemes = dict(Scheme.objects.values_list("slug", "pk"))
        self._default: str | None = None
        self.points: dict[str, Point] = dict(centres("commune"))

    def territory(self, place: str) -> Territory | None:
        """The territory of `level:code` today; an old code leads to what it became."""
        if place not in self.territories:
            level, _colon, code = place.partition(":")
            try:
                self.territories[place] = resolve_code(code, level=level)
            except TerritoryError:
                self.territories[place] = None
        return self.territories[place]

    def code_of(self, place: str) -> str:
        """The same in force today; as it was when it is unknown."""
        found = self.territory(place) if place else None
        return f"{found.level_id}:{found.code}" if found else place

    def default_territory(self) -> str:
        """Where an organisation that does not say is put: the département this directory is about."""
        if self._default is None:
            home = home_departement()
            codes = Territory.objects.current().at_level("departement").values_list("code", flat=True)[:2]
            found = [home.code] if home else list(codes)
            self._default = f"departement:{found[0]}" if len(found) == 1 else ""
        return self._default
