"""The counters nearest to each commune: those one may walk into to be informed and directed, by exact distance.

A counter limited to some territories counts only for the people who live there, as in the search.
"""

import datetime
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import numpy as np
import tablib
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.codes import Mode
from directory.finding.arrays import current
from directory.finding.asked import need_terms
from directory.finding.codes import MODES, bits
from directory.finding.selectors import COUNTERS, services_of
from directory.geography import distance_km
from directory.models import Location, Service
from directory.selectors.mapping import groups_around, small_map
from directory.selectors.places import shown_place
from directory.selectors.service_page import PlaceLine, access_lines, times_of
from directory.selectors.timetables import timetable_of
from territories.models import Territory
from territories.selectors import UnknownLayer, centres, commune_to, map_outlines

MOST_SHOWN = 5
MOST_MAPS = 2
WIDTH = 640
STEPS = (5, 10, 20)
"""Kilometres of the classes of the map, as the crow flies."""


@dataclass(frozen=True)
class Desk:
    """A counter at a place, and the territories one must live in: None means everyone."""

    service_id: int
    location_id: int
    point: tuple[float, float]
    limits: frozenset[int] | None


@dataclass(frozen=True)
class NearCounter:
    """A counter, ready to be read: how far, when, how to get in."""

    service: Service
    place: PlaceLine
    km: int
    is_in_town: bool


@dataclass(frozen=True)
class CommuneLine:
    """A commune and its nearest counter; no counter when none serves it."""

    commune: Territory
    counter: Service | None = None
    location: Location | None = None
    km: float = 0.0

    @property
    def rounded(self) -> int:
        return round(self.km)

    @property
    def css_class(self) -> str:
        """The class of the map, the nearest first; absent without a counter."""
        if self.counter is None:
            return "ca"
        return f"c{next((place for place, most in enumerate(STEPS, 1) if self.km <= most), len(STEPS) + 1)}"


@dataclass(frozen=True)
class Distances:
    """Every commune with its nearest counter, and what the figures say."""

    lines: tuple[CommuneLine, ...]

    @property
    def served(self) -> list[CommuneLine]:
        return [line for line in self.lines if line.counter]

    @property
    def median(self) -> int:
        """Half of the communes are nearer than this many kilometres."""
        return round(statistics.median(line.km for line in self.served)) if self.served else 0

    @property
    def farthest(self) -> CommuneLine | None:
        return max(self.served, key=attrgetter("km"), default=None)

    @property
    def without(self) -> int:
        return len(self.lines) - len(self.served)


def desks() -> list[Desk]:
    """Every counter at each of its places; a hidden address has none."""
    on_site = bits([Mode.ON_SITE], MODES)
    found = []
    for part in current().parts:
        limits = (*part.limits, None)  # the last is that of `ANYONE`
        kept = part.alive & part.holding(need_terms(COUNTERS)) & (part.modes & on_site != 0)
        found += [
            Desk(
                int(part.services[row]),
                int(part.locations[row]),
                (float(part.latitudes[row]), float(part.longitudes[row])),
                limits[part.areas[row]],
            )
            for row in np.flatnonzero(kept & (part.locations > 0) & ~np.isnan(part.latitudes))
        ]
    return found


def counters_near(commune: Territory, now: datetime.datetime) -> list[NearCounter]:
    """The counters that serve this commune, the nearest first; none when its outline is unknown."""
    here = centres("commune").get(commune.code)
    if here is None:
        return []
    known = desks()
    served = _communes_of(known)
    mine = [desk for desk in known if desk.limits is None or commune.code in served[desk.limits]]
    measured = sorted((distance_km(here, desk.point), desk.service_id, desk) for desk in mine)[:MOST_SHOWN]
    rows = services_of([desk.service_id for _km, _service, desk in measured])
    groups = groups_around()
    found: list[NearCounter] = []
    for km, _service, desk in measured:
        service = rows.get(desk.service_id)
        line = _place_line(service, desk, now, groups if len(found) < MOST_MAPS else {}) if service else None
        if service and line:
            in_town = line.shown.commune is not None and line.shown.commune.pk == commune.pk
            found.append(NearCounter(service, line, max(1, round(km)), in_town))
    return found


def distances() -> Distances:
    """Every commune of today with an outline, by name, and its nearest counter."""
    known, points = desks(), centres("commune")
    served = _communes_of(known)
    communes = Territory.objects.current().at_level("commune").order_by("search_name", "code")
    nearest = {
        place.pk: min(
            (
                (distance_km(points[place.code], desk.point), desk.service_id, desk.location_id)
                for desk in known
                if desk.limits is None or place.code in served[desk.limits]
            ),
            default=None,
        )
        for place in communes
        if place.code in points
    }
    picked = [one for one in nearest.values() if one]
    services = Service.objects.select_related("organisation").in_bulk({one[1] for one in picked})
    locations = Location.objects.select_related("commune").in_bulk({one[2] for one in picked})
    return Distances(
        tuple(
            CommuneLine(place, services[near[1]], locations[near[2]], near[0]) if near else CommuneLine(place)
            for place in communes
            if place.pk in nearest
            for near in [nearest[place.pk]]
        )
    )


def distances_table(found: Distances) -> tablib.Dataset:
    """To open in a spreadsheet."""
    heads = [
        _("Commune"),
        _("INSEE code"),
        _("Nearest counter"),
        _("Who offers it"),
        _("Commune of the counter"),
    ]
    table = tablib.Dataset(headers=[*heads, _("Distance as the crow flies (km)"), _("Phone")])
    for line in found.lines:
        shown = shown_place(line.location) if line.location else None
        told = ["", "", "", "", ""]
        if line.counter and shown:
            town = shown.commune.name if shown.commune else ""
            phone = line.counter.phone or (line.location.phone if line.location else "")
            told = [line.counter.name, line.counter.organisation.name, town, f"{line.km:.1f}", phone]
        table.append([line.commune.name, line.commune.code, *told])
    return table


def distances_map(found: Distances) -> dict[str, Any] | None:
    """The communes of the table, each in its class; None where no outline is known."""
    by_code = {line.commune.code: line for line in found.lines}
    try:
        drawn = map_outlines("commune", width=WIDTH, codes=by_code)
    except UnknownLayer:
        return None
    shapes = [
        {"path": shape.path, "css_class": line.css_class, "title": _title(line)}
        for shape in drawn.shapes
        if (line := by_code.get(shape.code))
    ]
    return {"viewbox": drawn.viewbox, "shapes": shapes, "source": drawn.source} if shapes else None


def _title(line: CommuneLine) -> str:
    if line.counter is None:
        return _("%(commune)s: no counter") % {"commune": line.commune.name}
    return _("%(commune)s: %(km)d km, %(counter)s") % {
        "commune": line.commune.name,
        "km": line.rounded,
        "counter": line.counter.name,
    }


def _communes_of(known: Iterable[Desk]) -> Mapping[frozenset[int], set[str]]:
    """The codes of the communes in the territories that counters are limited to; four queries at most."""
    limits = {desk.limits for desk in known if desk.limits is not None}
    wanted = Territory.objects.filter(pk__in=set[int]().union(*limits))
    levels: dict[str, list[tuple[int, str]]] = {}
    for key, level, code in wanted.order_by("level", "code").values_list("pk", "level", "code"):
        levels.setdefault(level, []).append((key, code))
    inside: dict[int, set[str]] = {}
    for level, places in levels.items():
        if level == "commune":
            inside |= {key: {code} for key, code in places}
            continue
        below: dict[str, set[str]] = {}
        for commune, above in commune_to(level).full.items():
            below.setdefault(above, set()).add(commune)
        inside |= {key: below.get(code, set()) for key, code in places}
    return {one: set[str]().union(*(inside.get(key, set()) for key in one)) for one in limits}


def _place_line(
    service: Service, desk: Desk, now: datetime.datetime, groups: Mapping[str, str]
) -> PlaceLine | None:
    links = (link for link in service.at_locations.all() if link.location_id == desk.location_id)
    link = next(links, None)
    if link is None:
        return None
    shown = shown_place(link.location)
    return PlaceLine(
        location=link.location,
        shown=shown,
        times=times_of(timetable_of(service, link), timezone.localtime(now)),
        access=access_lines(link.location),
        map=small_map(shown, groups) if groups else None,
        contacts=[],
    )
