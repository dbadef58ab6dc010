"""From the database to records, in a fixed number of queries per batch."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from directory.exchange.ids import made_id
from directory.exchange.records import (
    At,
    Closed,
    Desk,
    Hours,
    LocationRecord,
    Number,
    OrganisationRecord,
    Places,
    SchemeRecord,
    ServiceRecord,
    shown,
)
from directory.models import Location, Scheme, Service, ServiceAtLocation
from organisations.models import Organisation
from territories.models import Territory

BATCH = 200
PLAIN_SERVICE = (
    "uid", "slug", "name", "description", "easy_read", "kind", "status", "closed_until", "closed_reason", "age_min",
    "age_max", "situations", "eligibility", "fee", "amount_min", "amount_max", "fee_words", "remaining_words",
    "email", "phone", "link", "takes_requests", "average_delay_days", "holidays", "checked_on", "checked_words",
    "review_months",
)  # fmt: skip
LISTS = ("modes", "audiences", "documents", "languages", "reach", "reached_by")
PLAIN_LOCATION = (
    "uid", "name", "kind", "address_1", "address_2", "postal_code", "latitude", "longitude", "address_hidden",
    "hidden_reason", "access_words", "accessibility_url", "transport", "phone", "holidays",
)  # fmt: skip


def services(rows: QuerySet[Service] | None = None) -> "QuerySet[Service]":
    """The services anyone may read, or those given, with all that is exchanged of them."""
    found = Service.objects.public() if rows is None else rows
    at = ServiceAtLocation.objects.select_related("location").order_by("pk")
    return found.select_related("organisation__record", "source").prefetch_related(
        *("needs", "schemes", "identifiers", "contacts", "capacities", "opening_hours", "closed_days"),
        Prefetch("at_locations", at.prefetch_related("opening_hours", "closed_days")),
        Prefetch("coverage", Territory.objects.order_by("level_id", "code", "pk")),
        Prefetch("eligible_territories", Territory.objects.order_by("level_id", "code", "pk")),
    )


def public_locations() -> "QuerySet[Location]":
    """Every place but those of services nobody may read yet."""
    return Location.objects.filter(Q(services=None) | Q(services__in=Service.objects.public())).distinct()


def locations(rows: QuerySet[Location] | None = None) -> "QuerySet[Location]":
    """The places anyone may read of, or those given, with all that is exchanged of them."""
    found = public_locations() if rows is None else rows
    return found.select_related("organisation__record", "commune").prefetch_related(
        "identifiers", "contacts", "opening_hours", "closed_days"
    )


def organisations(rows: QuerySet[Organisation] | None = None) -> "QuerySet[Organisation]":
    """Those the directory speaks of, or those given, with what it says."""
    known = Q(record__isnull=False) | Q(services__in=Service.objects.public())
    found = Organisation.objects.filter(known).distinct() if rows is None else rows
    return found.select_related("record__parent__record", "record__source", "territory").prefetch_related(
        "identifiers", "contacts"
    )


def schemes(rows: QuerySet[Scheme] | None = None) -> "QuerySet[Scheme]":
    found = Scheme.objects.all() if rows is None else rows
    return found.prefetch_related("needs")


def batches(rows: QuerySet[Any], size: int = BATCH) -> Iterator[list[Any]]:
    """All of them, in the order of their keys, a batch at a time: memory does not grow with the directory."""
    last = 0
    while batch := list(rows.order_by("pk").filter(pk__gt=last)[:size]):
        yield batch
        last = batch[-1].pk


def uid_of(organisation: Organisation) -> UUID:
    """That of its record; without one, made of its short name, so that it never changes."""
    record = getattr(organisation, "record", None)
    return record.uid if record else made_id("organisation", organisation.slug)


def place_code(territory: Territory | None) -> str:
    return f"{territory.level_id}:{territory.code}" if territory else ""


def _plain(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _hours(row: Any) -> tuple[Hours, ...]:
    return tuple(
        Hours(one.weekday, one.opens, one.closes, one.nth, one.valid_from, one.valid_to, one.note)
        for one in row.opening_hours.all()
    )


def _closed(row: Any) -> tuple[Closed, ...]:
    return tuple(Closed(one.starts_on, one.ends_on, one.reason) for one in row.closed_days.all())


def _contacts(row: Any) -> tuple[Desk, ...]:
    desks = (Desk(one.label, one.phone, one.email, one.hours) for one in row.contacts.all())
    return tuple(dict.fromkeys(desks))


def _numbers(row: Any) -> tuple[Number, ...]:
    return tuple(sorted((Number(one.scheme, one.value) for one in row.identifiers.all()), key=_by_scheme))


def _by_scheme(number: Number) -> tuple[str, str]:
    return number.scheme, number.value


def scheme_record(row: Scheme) -> SchemeRecord:
    needs = tuple(sorted(one.code for one in row.needs.all()))
    return SchemeRecord(row.uid, row.slug, row.name, row.description, row.easy_read, row.url, needs)


def organisation_record(row: Organisation) -> OrganisationRecord:
    """What the directory says of an organisation, or its name and numbers only."""
    record = getattr(row, "record", None)
    said = {
        name: getattr(record, name) if record else ""
        for name in ("description", "easy_read", "email", "phone", "website")
    }
    return OrganisationRecord(
        uid=uid_of(row),
        name=row.name,
        slug=row.slug,
        kind=row.kind,
        territory=place_code(row.territory),
        **said,
        networks=tuple(record.networks) if record else (),
        parent=uid_of(record.parent) if record and record.parent else None,
        numbers=_numbers(row),
        contacts=_contacts(row),
        modified=record.updated_on if record else None,
        source=record.source.slug if record and record.source else "",
    )


def location_record(row: Location, *, whole: bool = False) -> LocationRecord:
    """A place as anyone may read it; `whole` with its hidden address, to compare and never to show."""
    record = LocationRecord(
        **_plain(row, PLAIN_LOCATION),
        organisation=uid_of(row.organisation),
        commune=place_code(row.commune),
        access=tuple(sorted(row.access.items())),
        hours=_hours(row),
        closed=_closed(row),
        contacts=_contacts(row),
        numbers=_numbers(row),
        modified=row.updated_on,
    )
    return record if whole else shown(record)


def at_record(row: ServiceAtLocation) -> At:
    return At(row.uid, row.location.uid, _hours(row), _closed(row))


def service_record(row: Service) -> ServiceRecord:
    capacities = (
        Places(one.unit, one.updated_on, one.state, one.places, one.available, one.waiting)
        for one in row.capacities.all()
    )
    lists: dict[str, Any] = {name: tuple(getattr(row, name)) for name in LISTS}
    return ServiceRecord(
        **_plain(row, PLAIN_SERVICE),
        **lists,
        organisation=uid_of(row.organisation),
        needs=tuple(sorted(one.code for one in row.needs.all())),
        schemes=tuple(sorted(one.slug for one in row.schemes.all())),
        coverage=tuple(place_code(one) for one in row.coverage.all()),
        eligible_territories=tuple(place_code(one) for one in row.eligible_territories.all()),
        at=tuple(at_record(one) for one in row.at_locations.all()),
        hours=_hours(row),
        closed=_closed(row),
        contacts=_contacts(row),
        capacities=tuple(sorted(capacities, key=lambda place: place.unit)),
        numbers=_numbers(row),
        modified=row.updated_on,
        source=row.source.slug if row.source else "",
    )
