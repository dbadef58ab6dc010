"""The index of the search: made from the records, and made again by whoever changes one.

`index_service(service)` after a change of a service, its places, hours or organisation; `index_services(keys)` after
an import. Nothing here is a record: `manage.py index_directory` rebuilds everything.

Each change is logged in the transaction that makes it. Once that one is committed, `settle_changes` gives it the next
revision: processes that know a revision then read what came after it, whatever the order transactions ended in.
"""

import datetime
import uuid
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from directory.finding.codes import ACCESS, AUDIENCES, FEES, MODES, bits
from directory.finding.models import IndexChange, IndexState, SearchRow
from directory.finding.openings import pack
from directory.finding.words import words_of
from directory.hours import spans_between
from directory.models import Service, ServiceAtLocation
from directory.selectors.places import shown_place
from directory.selectors.timetables import timetable_of
from needs.answers import above, needs_answered
from territories.selectors import centres

BATCH = 200
MOST_WORDS = 200
"""Different words read of one description: what a huge one adds is not looked for."""
STATE = 1
"""The number of the only row of `IndexState`."""
KEPT_REVISIONS = 10_000
"""A process that last searched before them reads everything."""
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


def index_service(service: Service) -> None:
    """Make a service findable as it is now; one that is no longer public is forgotten."""
    _index([service.pk])


def index_services(keys: Iterable[int]) -> int:
    """The same for many, by their numbers, those deleted included; a batch in each transaction; how many are findable."""
    left, count = iter(keys), 0
    while batch := list(islice(left, BATCH)):
        count += _index(batch)
    return count


def index_everything() -> int:
    """Every service again, from nothing: each process then reads everything; how many are findable."""
    SearchRow.objects.exclude(service__in=Service.objects.public()).delete()
    count = index_services(list(Service.objects.public().order_by("pk").values_list("pk", flat=True)))
    start_again()
    return count


@transaction.atomic
def start_again() -> None:
    """Another index: whoever kept the one before reads it all."""
    IndexState.objects.update_or_create(pk=STATE, defaults={"token": uuid.uuid4()})
    IndexChange.objects.all().delete()


@transaction.atomic
def settle_changes() -> int:
    """Give what was committed its revision, and forget old ones; also run by the tick, for a process that died between.

    Gives how many changes were settled.
    """
    if not IndexChange.objects.filter(revision=None).exists():
        return 0
    IndexState.objects.get_or_create(pk=STATE, defaults={"token": uuid.uuid4()})
    state = IndexState.objects.select_for_update().get(pk=STATE)
    state.revision += 1
    settled = IndexChange.objects.filter(revision=None).update(revision=state.revision)
    state.forgotten = max(state.forgotten, state.revision - KEPT_REVISIONS)
    state.save(update_fields=["revision", "forgotten"])
    IndexChange.objects.filter(revision__lte=state.forgotten).delete()
    return settled


def refresh_spans() -> int:
    """Called by the tick: some of the services without a row, or whose coming week is not known yet; how many."""
    week = timezone.localdate() + datetime.timedelta(days=DAYS_AHEAD)
    late = Q(search_rows=None) | Q(search_rows__spans_until__lt=week)
    found = Service.objects.public().filter(late).order_by("pk").values_list("pk", flat=True)
    keys = list(found.distinct()[:BATCH])
    return _index(keys) if keys else 0


@transaction.atomic
def _index(keys: list[int]) -> int:
    SearchRow.objects.filter(service__in=keys).delete()
    services = Service.objects.public().filter(pk__in=keys).order_by("pk")
    read = list(services.select_related("organisation").prefetch_related(*READ))
    today = timezone.localdate()
    SearchRow.objects.bulk_create(row for service in read for row in _rows_of(service, today))
    IndexChange.objects.bulk_create(IndexChange(service=key) for key in keys)
    transaction.on_commit(settle_changes, robust=True)
    return len(read)


def _rows_of(service: Service, today: datetime.date) -> Iterator[SearchRow]:
    """One row per place, or one without place."""
    territories, terms = _limits_of(service), " ".join(sorted(set(_terms_of(service))))
    until = today + datetime.timedelta(days=DAYS_AHEAD)
    links: list[ServiceAtLocation | None] = list(service.at_locations.all())
    for link in links or [None]:
        spans = spans_between(timetable_of(service, link), today - datetime.timedelta(days=1), until)
        latitude, longitude = _point(link)
        yield SearchRow(
            service=service,
            location=link.location if link else None,
            latitude=latitude,
            longitude=longitude,
            territories=territories,
            modes=bits(service.modes, MODES),
            audiences=bits(service.audiences, AUDIENCES),
            access=bits([code for code, said in link.location.access.items() if said], ACCESS) if link else 0,
            fee=FEES.index(service.fee),
            terms=terms,
            openings=pack(spans),
            spans_until=until,
        )


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
    yield from (f"n:{word}" for word in named)
    yield from (f"s:{word}" for word in said)
    yield from (f"t:{word}" for word in mentioned)
    met = {need.code for need in service.needs.all()}
    met |= needs_answered(met)
    yield from (f"need:{code}" for code in met)
    yield from (f"under:{wider}" for code in met for wider in above(code))
    yield from (f"lang:{code}" for code in service.languages)
    yield from (f"scheme:{scheme.slug}" for scheme in schemes)


def _limits_of(service: Service) -> str:
    """Where people must live: what the conditions say, else the area covered; empty when nothing is said."""
    places = {one.pk for one in service.eligible_territories.all()} or {
        one.pk for one in service.coverage.all()
    }
    return " ".join(map(str, sorted(places)))
