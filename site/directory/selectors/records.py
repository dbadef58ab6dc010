"""Finding one record for its page."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from directory.models import Contact, Location, OrganisationRecord, Scheme, Service
from directory.numbers import Scheme as Known
from directory.numbers import scheme_label
from directory.selectors.places import ShownPlace, shown_place
from directory.selectors.service_page import PARTS
from organisations.models import Organisation

MOST_HOPS = 20


def with_parts() -> "QuerySet[Service]":
    """Services with everything their page shows."""
    return Service.objects.select_related("organisation__territory", "merged_into").prefetch_related(*PARTS)


def heir_of(service: Service) -> Service:
    """The record a merged one is now part of, through as many mergers as there were; itself otherwise."""
    heir = service
    for _hop in range(MOST_HOPS):
        if heir.merged_into is None:
            break
        heir = heir.merged_into
    return heir


@dataclass(frozen=True)
class OrganisationPage:
    """An organisation, its public services and places."""

    organisation: Organisation
    record: OrganisationRecord | None
    services: list[Service]
    places: list[tuple[Location, ShownPlace]]
    parts: list[Organisation]
    contacts: list[Contact]
    numbers: list[tuple[str, str]]

    @property
    def says_something(self) -> bool:
        """Otherwise there is no page."""
        return bool(self.record or self.services or self.parts)


def has_page(organisation: Organisation) -> bool:
    """True when anyone can open its page: see `OrganisationPage.says_something`."""
    about = OrganisationRecord.objects.filter(Q(organisation=organisation) | Q(parent=organisation))
    return about.exists() or public_services().filter(organisation=organisation).exists()


def organisation_page(organisation: Organisation) -> OrganisationPage:
    """What anyone reads of an organisation."""
    record = OrganisationRecord.objects.filter(organisation=organisation).select_related("parent").first()
    here = Service.objects.public().filter(locations=OuterRef("pk"))
    places = organisation.locations.select_related("commune").annotate(has_page=Exists(here))
    parts = Organisation.objects.filter(record__parent=organisation).order_by("name", "pk")
    return OrganisationPage(
        organisation,
        record,
        list(public_services().filter(organisation=organisation)),
        [(one, shown_place(one)) for one in places.order_by("name", "pk")],
        list(parts),
        list(organisation.contacts.all()),
        [
            (scheme_label(one.scheme), one.value)
            for one in organisation.identifiers.order_by("scheme", "pk")
            if one.scheme in Known.values
        ],
    )


def public_services() -> "QuerySet[Service]":
    """Public services as a short list shows them."""
    return Service.objects.public().select_related("organisation").order_by("name", "pk")


def services_of_scheme(scheme: Scheme) -> list[Service]:
    """The public services that take part in a scheme."""
    return list(public_services().filter(schemes=scheme))


def listed_schemes() -> list[Scheme]:
    """Every scheme, with `service_count`, its public services."""
    alive = Service.objects.public().filter(schemes=OuterRef("pk")).order_by().values("schemes")
    count = alive.annotate(count=Count("pk", distinct=True)).values("count")
    return list(Scheme.objects.annotate(service_count=Coalesce(Subquery(count), 0)).order_by("name", "pk"))
