"""The search: from what is asked to services in their order, with what a page says of each."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import ceil

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.codes import Mode
from directory.finding.arrays import Index, current
from directory.finding.asked import NEED, Asked, Facets, Understood, need_words, understand
from directory.finding.codes import COMES_TO_YOU
from directory.finding.places import Spot, place_in, spot_of
from directory.finding.query import Match, Slice, find
from directory.finding.words import LONGEST_TEXT
from directory.geography import distance_km
from directory.hours import is_open
from directory.hours_words import sentence
from directory.models import Service, ServiceAtLocation
from directory.selectors.places import ShownPlace, shown_place
from directory.selectors.timetables import timetable_of

PAGE = 20
FARTHEST_PAGE = 100
MOST_ANSWERING = 30_000
"""Services given to programs for one sentence: more than any département has."""
COUNTERS = ("1.E.3", "2.E.3")
"""Information and orientation: the counters a person is sent to when nothing else is found."""
READ = (
    Prefetch("at_locations", ServiceAtLocation.objects.select_related("location__commune")),
    "capacities",
    "opening_hours",
    "closed_days",
    "at_locations__opening_hours",
    "at_locations__closed_days",
    "at_locations__location__opening_hours",
    "at_locations__location__closed_days",
)


@dataclass(frozen=True)
class Hit:
    """A service in a list: the place meant, how far, and whether it is open."""

    service: Service
    place: ShownPlace | None
    distance: str
    opening: str
    is_open: bool
    level: int = 0
    number: int = 0


@dataclass(frozen=True)
class Found:
    """One page of results, what was understood, and what the page says of it."""

    asked: Asked
    understood: Understood
    hits: tuple[Hit, ...] = ()
    total: int = 0
    page: int = 1
    place_was_read: bool = False
    """True when the place was read in the sentence rather than in its own field."""
    counters: tuple[Hit, ...] = ()
    nearest: str = ""
    """A band of `SearchSignal.Nearest`."""
    index: Index | None = None
    """What was searched, for counts that agree with it."""

    @property
    def pages(self) -> int:
        return max(1, min(FARTHEST_PAGE, ceil(self.total / PAGE)))

    @property
    def is_understood(self) -> bool:
        return bool(self.understood.concepts or self.understood.needs) or not self.asked.text.strip()


def search(asked: Asked, *, page: int = 1, at: datetime.datetime | None = None) -> Found:
    """One page of services, the best first; a place named in the words is used when none is given."""
    now, index = at or timezone.now(), current()
    was_cut = len(asked.text) > LONGEST_TEXT
    asked, place_was_read = _place_read(replace(asked, text=asked.text[:LONGEST_TEXT]))
    understood = replace(understand(asked.text, index), was_cut=was_cut)
    if asked.text.strip() and not understood.concepts:
        counters = _counters(index, asked.spot, now)
        return Found(asked, understood, place_was_read=place_was_read, counters=counters)
    page = max(1, min(page, FARTHEST_PAGE))
    wanted = Slice((page - 1) * PAGE, PAGE, now, timezone.localdate(now))
    sought = NEED if understood.needs else 0
    matches = find(index, asked, understood.concepts, wanted, sought=sought)
    return Found(
        asked,
        understood,
        hits=tuple(hits_of(matches, asked.spot, now, first=wanted.start + 1)),
        total=matches[0].total if matches else 0,
        page=page,
        place_was_read=place_was_read,
        counters=() if matches else _counters(index, asked.spot, now),
        nearest=_nearest_band(matches[0]) if matches and asked.spot else "",
        index=index,
    )


def answering(text: str) -> list[int]:
    """Every service the public page finds for these words, a place named among them; 30,000 at most."""
    now = timezone.now()
    asked, _was_read = _place_read(Asked(text[:LONGEST_TEXT]))
    index = current()
    concepts = understand(asked.text, index).concepts
    if not concepts and (asked.text.strip() or asked.spot is None):
        return []
    wanted = Slice(0, MOST_ANSWERING, now, timezone.localdate(now))
    return [match.service_id for match in find(index, asked, concepts, wanted)]


def hits_of(
    matches: Iterable[Match], spot: Spot | None, now: datetime.datetime, *, first: int = 1
) -> list[Hit]:
    """The services of these matches, in their order; a fixed number of queries."""
    found = list(matches)
    rows = services_of([match.service_id for match in found])
    kept = [match for match in found if match.service_id in rows]
    return [
        replace(hit_of(rows[match.service_id], spot, now), level=match.level, number=first + place)
        for place, match in enumerate(kept)
    ]


def services_of(keys: Iterable[int]) -> dict[int, Service]:
    """Public services with what a list says of them."""
    rows = Service.objects.public().filter(pk__in=list(keys)).select_related("organisation")
    return rows.prefetch_related(*READ).in_bulk()


def hit_of(service: Service, spot: Spot | None, now: datetime.datetime) -> Hit:
    """One service as a list shows it, at its nearest place."""
    link, km = _nearest(service, spot)
    place = shown_place(link.location) if link else None
    timetable = timetable_of(service, link)
    distance = _distance_words(service, place, km, spot)
    return Hit(service, place, distance, sentence(timetable, now), is_open(timetable, now))


def _place_read(asked: Asked) -> tuple[Asked, bool]:
    if asked.spot or not asked.text.strip():
        return asked, False
    place, rest = place_in(asked.text, need_words())
    if place is None:
        return asked, False
    return replace(asked, spot=spot_of(place), text=rest.strip()), True


def _counters(index: Index, spot: Spot | None, now: datetime.datetime) -> tuple[Hit, ...]:
    wanted = Slice(0, 3, now, timezone.localdate(now))
    facets = Facets(needs=COUNTERS, modes=(Mode.ON_SITE,))
    return tuple(hits_of(find(index, Asked(spot=spot, facets=facets), (), wanted), spot, now))


def _nearest(service: Service, spot: Spot | None) -> tuple[ServiceAtLocation | None, float | None]:
    """The place nearest to the spot, and its kilometres; the first place without a spot."""
    links = list(service.at_locations.all())
    first = links[0] if links else None
    here = spot.point if spot else None
    if here is None:
        return first, None
    placed = [(link, shown_place(link.location).point) for link in links]
    measured = [(distance_km(here, point), number) for number, (_link, point) in enumerate(placed) if point]
    if not measured:
        return first, None
    km, number = min(measured)
    return links[number], km


def _distance_words(service: Service, place: ShownPlace | None, km: float | None, spot: Spot | None) -> str:
    if spot is None:
        return ""
    if any(mode in service.modes for mode in COMES_TO_YOU):
        return _("Comes to you.")
    if place and place.commune and place.commune.pk == spot.territory.pk:
        return _("In %(place)s.") % {"place": place.commune.name}
    if km is not None:
        return _("%(km)s km away, as the crow flies.") % {"km": max(1, round(km))}
    return _("By phone or online.") if Mode.REMOTE in service.modes else ""


def _nearest_band(match: Match) -> str:
    """How far the first answer is, in few words: what a signal keeps."""
    if match.comes:
        return "5"
    if match.km is None:
        return "remote"
    return next((str(km) for km in (5, 20, 50) if match.km <= km), "51")
