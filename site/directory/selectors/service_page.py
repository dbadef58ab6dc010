"""Everything the public page of a service shows, in a fixed number of queries."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directory import words
from directory.codes import Access
from directory.hours import Closure, Timetable
from directory.hours_words import DayLine, holiday_words, season_lines, sentence, week_lines
from directory.models import Capacity, Contact, ExperienceAnswer, Location, Report, Service, ServiceAtLocation
from directory.quality import Quality, score
from directory.selectors.experience import SubjectShare, experience_of
from directory.selectors.facts import facts_of
from directory.selectors.history import ToldDay, told_history
from directory.selectors.mapping import SmallMap, groups_around, small_map
from directory.selectors.places import ShownPlace, shown_place
from directory.selectors.timetables import closures_of, rules_of, timetable_of
from territories.models import Territory

PARTS = (
    "needs",
    "schemes",
    "coverage__level",
    "eligible_territories__level",
    "capacities",
    "contacts",
    "identifiers",
    "opening_hours",
    "closed_days",
    "organisation__identifiers",
    Prefetch(
        "at_locations",
        ServiceAtLocation.objects.select_related("location__commune", "location__organisation")
        .prefetch_related("opening_hours", "closed_days", "location__opening_hours", "location__closed_days")
        .prefetch_related("location__contacts")
        .order_by("location__name", "pk"),
    ),
    "locations__opening_hours",
)
CLOSINGS_AHEAD = 180
"""Days: a closing farther away is not yet worth reading."""


MOST_MAPS, MOST_ANSWERED = 3, 3
ANSWERS_FOR = 180
"""Days an answer to a reported mistake is shown."""


@dataclass(frozen=True)
class Times:
    """When it is open: now, in the week, and the exceptions to come."""

    now: str
    week: list[DayLine]
    holidays: str
    closings: list[Closure]
    seasons: list[DayLine]

    @property
    def has_hours(self) -> bool:
        return bool(self.week)

    @property
    def has_notes(self) -> bool:
        return any(one.note for one in self.week)


@dataclass(frozen=True)
class PlaceLine:
    """One place of a service as anyone may see it."""

    location: Location
    shown: ShownPlace
    times: Times
    access: list[tuple[str, bool]]
    map: SmallMap | None
    contacts: list[Contact]


@dataclass(frozen=True)
class ServicePage:
    """A service, ready to be read."""

    service: Service
    closure: str
    capacities: list[Capacity]
    places: list[PlaceLine]
    times: Times | None
    quality: Quality
    areas: list[str]
    only_for: list[str]
    review_is_late: bool
    experience: list[SubjectShare]
    answer: ExperienceAnswer | None
    answered: list[Report]
    changes: list[ToldDay]

    @property
    def is_full(self) -> bool:
        """True when every capacity said is full."""
        return bool(self.capacities) and all(one.state == Capacity.State.FULL for one in self.capacities)


def service_page(service: Service, *, at: datetime.datetime | None = None) -> ServicePage:
    """What anyone reads of it now; `service` comes from `with_parts`."""
    now = at or timezone.localtime()
    today = timezone.localdate(now)
    links = list(service.at_locations.all())
    return ServicePage(
        service=service,
        closure=words.closure(service),
        capacities=list(service.capacities.all()),
        places=_place_lines(links, now),
        times=None if links else times_of(timetable_of(service), now),
        quality=score(facts_of(service), today),
        areas=territory_names(service.coverage.all()),
        only_for=territory_names(service.eligible_territories.all()),
        review_is_late=bool(service.review_due_on and service.review_due_on < today),
        experience=experience_of(service),
        answer=ExperienceAnswer.objects.filter(service=service).first(),
        answered=answered_reports(service, today),
        changes=told_history(service, [link.location for link in links]),
    )


def answered_reports(service: Service, today: datetime.date) -> list[Report]:
    """The last mistakes people reported that were looked into: what became of them, never their words."""
    since = today - datetime.timedelta(days=ANSWERS_FOR)
    states = (Report.State.CORRECTED, Report.State.KEPT)
    rows = service.reports.filter(state__in=states, answered_on__gte=since)
    return list(rows.order_by("-answered_on", "-pk")[:MOST_ANSWERED])


def times_of(timetable: Timetable, now: datetime.datetime) -> Times:
    """A timetable in words, at a moment."""
    today = timezone.localdate(now)
    horizon = today + datetime.timedelta(days=CLOSINGS_AHEAD)
    closings = [
        one
        for one in timetable.closures
        if today <= one.ends_on and one.starts_on <= horizon and one.starts_on.year > 1
    ]
    week = week_lines(timetable.rules, today)
    return Times(
        sentence(timetable, now),
        week,
        holiday_words(timetable) if week else "",
        sorted(closings, key=lambda one: one.starts_on),
        season_lines(timetable.rules, today, horizon),
    )


def times_of_place(location: Location, now: datetime.datetime) -> Times:
    """When a place is open, for the services that say nothing else."""
    hours, closed = rules_of(location.opening_hours.all()), closures_of(location.closed_days.all())
    return times_of(Timetable(hours, closed, str(location.holidays)), now)


def access_lines(location: Location) -> list[tuple[str, bool]]:
    """What was said of the building: what is there first."""
    said = [
        (str(label), bool(location.access[code])) for code, label in Access.choices if code in location.access
    ]
    return sorted(said, key=lambda one: not one[1])


def territory_names(territories: Iterable[Territory]) -> list[str]:
    """The widest first, with their level."""
    ordered = sorted(territories, key=lambda one: (one.level.rank, one.search_name, one.code))
    return [
        one.name
        if one.level_id == "departement"
        else _("%(name)s (%(level)s)") % {"name": one.name, "level": one.level.name}
        for one in ordered
    ]


def _place_lines(links: list[ServiceAtLocation], now: datetime.datetime) -> list[PlaceLine]:
    """Every place; the first ones with their map, so that a service of fifty desks stays light."""
    groups = groups_around() if links else {}
    return [_place_line(link, now, groups if number < MOST_MAPS else {}) for number, link in enumerate(links)]


def _place_line(link: ServiceAtLocation, now: datetime.datetime, groups: Mapping[str, str]) -> PlaceLine:
    location = link.location
    shown = shown_place(location)
    return PlaceLine(
        location=location,
        shown=shown,
        times=times_of(timetable_of(link.service, link), now),
        access=access_lines(location),
        map=small_map(shown, groups) if groups else None,
        contacts=list(location.contacts.all()),
    )


def address_lines(shown: ShownPlace) -> list[str]:
    """The address as on an envelope."""
    return [*shown.lines, *([shown.town] if shown.town else [])]


def kind_words(service: Service) -> str:
    return str(capfirst(service.get_kind_display()))
