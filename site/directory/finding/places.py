"""Where a person is: a commune they name, a postal code, a territory of a link, or the commune around a point.

A point of the browser becomes the name of a commune at once and is forgotten: it is never stored, logged or put in an
address.
"""

import math
import re
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from core.text import fold
from directory.finding.words import runs_of
from directory.models import Location
from territories.models import Territory, TerritoryAlias
from territories.names import search_key
from territories.selectors import ancestors, centres, descendants
from territories.selectors.holding import code_at

POSTAL = re.compile(r"(?<!\d)\d{5}(?!\d)")
LONGEST_NAME = 6
"""Words of the longest names of communes that are looked for inside a sentence."""
SHORTEST_NAME = 3
MOST_OF_ONE_CODE = 50
BEFORE_PLACES = frozenset(
    [
        "a",
        "au",
        "aux",
        "de",
        "d",
        "en",
        "la",
        "le",
        "pres",
        "secteur",
        "sur",
        "vers",
        "commune",
        "ville",
        "village",
        "cote",
    ]
)


@dataclass(frozen=True)
class Spot:
    """A place searched around. `holders` are it and what holds it (or what it holds, wider than a commune)."""

    territory: Territory
    latitude: float | None
    longitude: float | None
    holders: frozenset[int]

    @property
    def is_commune(self) -> bool:
        return self.territory.level_id == "commune"

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude of its middle, where outlines are known."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude


def spot_of(territory: Territory) -> Spot:
    """The middle of a territory, and every territory a service may be limited to and still serve it."""
    points = centres("commune")
    holders = {territory.pk, *(kin.territory.pk for kin in ancestors(territory))}
    if territory.level_id == "commune":
        latitude, longitude = points.get(territory.code, (None, None))
        return Spot(territory, latitude, longitude, frozenset(holders))
    below = [kin.territory for kin in descendants(territory)]
    holders |= {one.pk for one in below}
    found = [points[one.code] for one in below if one.level_id == "commune" and one.code in points]
    if not found:
        return Spot(territory, None, None, frozenset(holders))
    latitude, longitude = (sum(one[axis] for one in found) / len(found) for axis in (0, 1))
    return Spot(territory, latitude, longitude, frozenset(holders))


def commune_at(latitude: float, longitude: float) -> Territory | None:
    """The commune that holds this point; None outside those we know, or for a point that is not one."""
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        return None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    code = code_at("commune", latitude, longitude)
    if not code:
        return None
    return Territory.objects.current().at_level("commune").filter(code=code).select_related("level").first()


def communes_of_postal_code(code: str) -> list[Territory]:
    """Those the territory files give, else those where the directory knows an address with this code.

    Never the commune whose INSEE code it is: 47200 is the post of Marmande, and the INSEE code of a village far away.
    """
    of_files = Q(aliases__kind=TerritoryAlias.Kind.POSTAL, aliases__value=code)
    communes = Territory.objects.current().at_level("commune").filter(of_files).select_related("level")
    if found := list(communes.order_by("search_name", "code").distinct()[:MOST_OF_ONE_CODE]):
        return found
    rows = Location.objects.filter(postal_code=code, commune__isnull=False, address_hidden=False)
    places = Territory.objects.valid_on(timezone.localdate()).filter(pk__in=rows.values("commune"))
    return list(places.select_related("level").order_by("search_name", "code")[:MOST_OF_ONE_CODE])


def place_in(text: str, known_words: Collection[str] = frozenset()) -> tuple[Territory | None, str]:
    """The commune named in a sentence, and the sentence without it: the longest name.

    One that is also a word of needs (`known_words`) counts only after “à”, “de”, “vers”…
    """
    if (code := POSTAL.search(text)) and len(found := communes_of_postal_code(code[0])) == 1:
        return found[0], text.replace(code[0], " ", 1)
    folded = search_key(text)
    runs = {run for run in runs_of(folded, LONGEST_NAME) if len(run) >= SHORTEST_NAME}
    rows = Territory.objects.current().at_level("commune").filter(search_name__in=runs)
    for place in sorted(rows.select_related("level"), key=lambda one: (-len(one.search_name), one.code)):
        name = re.escape(place.search_name)
        before = re.search(rf"(?:(\w+) )?\b{name}\b", folded)
        if fold(place.search_name) not in known_words or (before and before[1] in BEFORE_PLACES):
            return place, re.sub(rf"(?:\b(?:a|vers|pres de|sur) )?\b{name}\b", " ", folded, count=1)
    return None, text
