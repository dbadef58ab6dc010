"""Records drawn as HSDS objects, a batch at a time and in a fixed number of queries."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from directory.exchange import gather
from directory.exchange.hsds.write import Writer
from directory.exchange.records import LocationRecord, ServiceRecord
from directory.models import Location, Scheme, Service, ServiceAtLocation
from directory.selectors.words import towns, vocabulary
from organisations.models import Organisation

Json = dict[str, Any]


def _writer(services: Iterable[ServiceRecord], places: Iterable[LocationRecord]) -> Writer:
    said = {place for one in services for place in one.coverage} | {one.commune for one in places}
    return Writer(vocabulary(), towns(said))


def whole_services(rows: list[Service]) -> Iterator[Json]:
    """Services with their organisation, places and scheme."""
    loaded = list(gather.services(Service.objects.filter(pk__in=[one.pk for one in rows])).order_by("pk"))
    records = [gather.service_record(one) for one in loaded]
    places = places_of([at.location for one in records for at in one.at])
    owners = {one.pk: one for one in gather.organisations(organisations_in(loaded))}
    programs = {one.slug: one for one in map(gather.scheme_record, gather.schemes(_schemes(records)))}
    writer = _writer(records, places.values())
    drawn = {uid: writer.location(one) for uid, one in places.items()}
    organisations = {pk: writer.organization(gather.organisation_record(one)) for pk, one in owners.items()}
    for row, record in zip(loaded, records, strict=True):
        first = programs.get(record.schemes[0]) if record.schemes else None
        program = writer.program(first) if first else None
        yield writer.service(
            record, organization=organisations[row.organisation_id], locations=drawn, program=program
        )


def _schemes(records: list[ServiceRecord]) -> Any:
    return Scheme.objects.filter(slug__in={slug for one in records for slug in one.schemes[:1]})


def places_of(uids: Iterable[UUID]) -> dict[UUID, LocationRecord]:
    rows = gather.locations(Location.objects.filter(uid__in=set(uids)))
    return {one.uid: gather.location_record(one) for one in rows}


def organisations_in(rows: Iterable[Service]) -> "QuerySet[Organisation]":
    """Those that give these services."""
    return Organisation.objects.filter(pk__in={one.organisation_id for one in rows})


def plain_services(rows: list[Service]) -> Iterator[Json]:
    """The fields of lists."""
    loaded = gather.services(Service.objects.filter(pk__in=[one.pk for one in rows])).order_by("pk")
    writer = Writer(vocabulary(), {})
    for row in loaded.prefetch_related(None).prefetch_related("organisation__record"):
        yield writer.plain_service(_plain_record(row))


def _plain_record(row: Service) -> ServiceRecord:
    """Without what hangs from it, that no list gives."""
    return ServiceRecord(
        **{name: getattr(row, name) for name in gather.PLAIN_SERVICE},
        organisation=gather.uid_of(row.organisation),
        modified=row.updated_on,
    )


def minimal_services(rows: list[Service]) -> Iterator[Json]:
    for row in rows:
        yield {"id": str(row.uid), "last_modified": f"{row.updated_on}T00:00:00+00:00"}


def whole_locations(rows: list[Location]) -> Iterator[Json]:
    """Places as anyone may read them."""
    loaded = gather.locations(Location.objects.filter(pk__in=[one.pk for one in rows])).order_by("pk")
    records = [gather.location_record(one) for one in loaded]
    writer = _writer((), records)
    yield from (writer.location(one) for one in records)


def links(rows: list[ServiceAtLocation], *, whole: bool) -> Iterator[Json]:
    """Services at their places, with both when they are asked whole."""
    wanted = ServiceAtLocation.objects.filter(pk__in=[one.pk for one in rows]).order_by("pk")
    loaded = list(
        wanted.select_related("service", "location").prefetch_related("opening_hours", "closed_days")
    )
    if not whole:
        for one in loaded:
            yield {
                "id": str(one.uid),
                "service_id": str(one.service.uid),
                "location_id": str(one.location.uid),
            }
        return
    places = places_of(one.location.uid for one in loaded)
    writer = _writer((), places.values())
    services = {one["id"]: one for one in plain_services([one.service for one in loaded])}
    for one in loaded:
        at = gather.at_record(one)
        yield writer.at(one.service.uid, at, writer.location(places[at.location])) | {
            "service": services[str(one.service.uid)]
        }


def organizations(rows: list[Organisation], *, whole: bool, services: bool = False) -> Iterator[Json]:
    """Organisations; whole, with their places and the names of their services, or these whole."""
    loaded = list(
        gather.organisations(Organisation.objects.filter(pk__in=[one.pk for one in rows])).order_by("pk")
    )
    records = [gather.organisation_record(one) for one in loaded]
    if not whole and not services:
        plain = ("id", "name", "description", "email", "website", "parent_organization_id")
        writer = Writer(vocabulary(), {})
        for one in map(writer.organization, records):
            yield {name: one[name] for name in plain if name in one}
        return
    ids = [one.pk for one in loaded]
    places = places_of(gather.public_locations().filter(organisation__in=ids).values_list("uid", flat=True))
    offered = Service.objects.public().filter(organisation__in=ids).order_by("pk")
    drawn = _by_organisation(offered, whole=services)
    writer = _writer((), places.values())
    for record in records:
        own = [one for one in places.values() if one.organisation == record.uid]
        yield writer.organization(record, own) | {"services": drawn.get(str(record.uid), [])}


def _by_organisation(offered: Any, *, whole: bool) -> dict[str, list[Json]]:
    found: dict[str, list[Json]] = {}
    draw = whole_services if whole else plain_services
    for one in draw(list(offered)):
        owner = one.pop("organization", None)
        found.setdefault(one.get("organization_id") or owner["id"], []).append(one)
    return found
