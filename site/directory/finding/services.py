"""The index of the search: made from the records, and made again by whoever changes one.

`index_service(service)` after a change of a service, its places, hours or organisation; `index_services(rows)` after
an import. Nothing here is a record: `manage.py index_directory` rebuilds everything.
"""

import datetime
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from django.utils import timezone

from directory.finding.codes import ACCESS, AUDIENCES, FEES, MODES, bits
from directory.finding.models import Area, OpenSpan, Posting, SearchRow, SearchTerm
from directory.finding.words import words_of
from directory.hours import Span, spans_between
from directory.models import Service, ServiceAtLocation
from directory.selectors.places import shown_place
from directory.selectors.timetables import timetable_of
from needs.answers import above, needs_answered
from territories.selectors import centres

BATCH = 200
MOST_WORDS = 200
"""Different words read of one description: what a huge one adds is not looked for."""
DAYS_AHEAD = 7
"""“Open now” is known for today and the days after: a tick that was missed for less changes nothing."""
READ = (
    "needs",
    "schemes__needs",
    "coverage",
    "eligible_territories",
    "opening_hours",
    "closed_days",
    "at_locations__opening_hours",
    "at_locations__closed_days",
    "at_locations__location__commune",
    "at_locations__location__opening_hours",
    "at_locations__location__closed_days",
)


@dataclass(frozen=True)
class _Entry:
    """A row to write, and what it holds."""

    row: SearchRow
    terms: frozenset[str]
    spans: tuple[Span, ...]


def index_service(service: Service) -> None:
    """Make a service findable as it is now; one that is no longer public is forgotten."""
    _index([service.pk])


def index_services(services: Iterable[Service]) -> int:
    """The same for many, a batch in each transaction; how many are findable."""
    keys = iter([service.pk for service in services])
    count = 0
    while batch := list(islice(keys, BATCH)):
        count += _index(batch)
    return count


def index_everything() -> int:
    """Every service again, then forget the terms and areas that nothing holds any more; how many are findable."""
    SearchRow.objects.exclude(service__in=Service.objects.public()).delete()
    count = index_services(Service.objects.public().only("pk").order_by("pk"))
    SearchTerm.objects.filter(postings=None).delete()
    Area.objects.filter(rows=None).delete()
    return count


def refresh_spans() -> int:
    """Called by the tick: some of the services whose coming week is not known yet; how many were read."""
    week = timezone.localdate() + datetime.timedelta(days=DAYS_AHEAD)
    OpenSpan.objects.filter(closes_at__lt=timezone.now()).delete()
    late = (
        SearchRow.objects.filter(spans_until__lt=week).order_by("service").values_list("service", flat=True)
    )
    keys = list(late.distinct()[:BATCH])
    return _index(keys) if keys else 0


@transaction.atomic
def _index(keys: list[int]) -> int:
    SearchRow.objects.filter(service__in=keys).delete()
    services = Service.objects.public().filter(pk__in=keys).order_by("pk")
    read = list(services.select_related("organisation").prefetch_related(*READ))
    today = timezone.localdate()
    entries = [entry for service in read for entry in _entries(service, today)]
    SearchRow.objects.bulk_create([entry.row for entry in entries])
    numbers = _term_numbers({text for entry in entries for text in entry.terms})
    Posting.objects.bulk_create(
        Posting(term_id=numbers[text], row=entry.row) for entry in entries for text in sorted(entry.terms)
    )
    OpenSpan.objects.bulk_create(
        OpenSpan(row=entry.row, opens_at=span.start, closes_at=span.end)
        for entry in entries
        for span in entry.spans
    )
    return len(read)


def _entries(service: Service, today: datetime.date) -> Iterator[_Entry]:
    """One entry per place, or one without place."""
    area = _area_of(service)
    terms = frozenset(_terms_of(service))
    until = today + datetime.timedelta(days=DAYS_AHEAD)
    links: list[ServiceAtLocation | None] = list(service.at_locations.all())
    for link in links or [None]:
        spans = spans_between(timetable_of(service, link), today - datetime.timedelta(days=1), until)
        latitude, longitude = _point(link)
        row = SearchRow(
            service=service,
            location=link.location if link else None,
            latitude=latitude,
            longitude=longitude,
            area=area,
            modes=bits(service.modes, MODES),
            audiences=bits(service.audiences, AUDIENCES),
            access=bits([code for code, said in link.location.access.items() if said], ACCESS) if link else 0,
            fee=FEES.index(service.fee),
            spans_until=until,
        )
        yield _Entry(row, terms, tuple(spans))


def _point(link: ServiceAtLocation | None) -> tuple[float | None, float | None]:
    """The point anyone may see; the middle of the commune when the address has none."""
    if link is None:
        return None, None
    place = shown_place(link.location)
    if place.point:
        return place.point
    middle = centres("commune").get(place.commune.code) if place.commune else None
    return middle or (None, None)


def _terms_of(service: Service) -> Iterator[str]:
    schemes = list(service.schemes.all())
    names = [service.name, service.organisation.name, *(scheme.name for scheme in schemes)]
    named = {word for name in names for word in words_of(name)}
    said = set(words_of(service.situations)) - named
    texts = (service.description, service.easy_read, service.eligibility)
    mentioned = [word for word in words_of("\n".join(texts)) if word not in named | said][:MOST_WORDS]
    yield from (f"n:{word}"[: SearchTerm.LONGEST] for word in named)
    yield from (f"s:{word}"[: SearchTerm.LONGEST] for word in said)
    yield from (f"t:{word}"[: SearchTerm.LONGEST] for word in mentioned)
    met = {need.code for need in service.needs.all()}
    met |= needs_answered(met)
    yield from (f"need:{code}" for code in met)
    yield from (f"under:{wider}" for code in met for wider in above(code))
    yield from (f"lang:{code}" for code in service.languages)
    yield from (f"scheme:{scheme.slug}"[: SearchTerm.LONGEST] for scheme in schemes)


def _area_of(service: Service) -> Area | None:
    """Where people must live: what the conditions say, else the area covered; None when nothing is said."""
    places = sorted(
        {one.pk for one in service.eligible_territories.all()} or {one.pk for one in service.coverage.all()}
    )
    if not places:
        return None
    key = hashlib.sha256(",".join(map(str, places)).encode()).hexdigest()
    area, is_new = Area.objects.get_or_create(key=key)
    if is_new:
        area.territories.set(places)
    return area


def _term_numbers(texts: set[str]) -> dict[str, int]:
    """The number of each term, those that are new added."""
    known = dict(SearchTerm.objects.filter(text__in=texts).values_list("text", "pk"))
    if missing := sorted(texts - known.keys()):
        SearchTerm.objects.bulk_create((SearchTerm(text=text) for text in missing), ignore_conflicts=True)
        known |= dict(SearchTerm.objects.filter(text__in=missing).values_list("text", "pk"))
    return known
