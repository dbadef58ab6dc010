"""What programs ask of the directory: filters as HSDS and its United Kingdom profile name them."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

from core.folding import words_in
from directory.codes import Status
from directory.exchange.gather import public_locations
from directory.exchange.hsds.parts import DAYS
from directory.exchange.hsds.terms import NEEDS, SCHEMES, taxonomy_id, taxonomy_words
from directory.exchange.ids import made_id
from directory.finding.selectors import answering
from directory.geography import distance_km
from directory.models import Location, OpeningHours, Service, ServiceAtLocation
from directory.selectors.words import known_terms
from organisations.models import Organisation
from territories.models import Territory, TerritoryAlias
from territories.selectors import ancestors, centres

FARTHEST_M = 100_000
LISTED = {"mode": "modes", "audience": "audiences", "reach": "reach", "reached_by": "reached_by"}
OWNED = {"kind": "kind", "fee": "fee"}


@dataclass(frozen=True)
class Asked:
    """Filters of services; None where nothing was asked."""

    search: str = ""
    taxonomy_term_id: UUID | None = None
    taxonomy_id: UUID | None = None
    organization_id: UUID | None = None
    modified_after: datetime.date | None = None
    minimum_age: int | None = None
    maximum_age: int | None = None
    day: str = ""
    start_time: datetime.time | None = None
    end_time: datetime.time | None = None
    postcode: str = ""
    proximity: int | None = None


def services_asked(asked: Asked) -> "QuerySet[Service]":
    """Public services; those that ended too when changes are asked for, so that copies can forget them.

    What has ended is told whatever the words: nobody can say any more whether it answered them.
    """
    found: QuerySet[Service] = Service.objects.public()
    if asked.modified_after:
        known = Service.objects.filter(published=True, merged_into=None)
        found = known.filter(updated_on__gte=asked.modified_after)
    if asked.search.strip():
        found = found.filter(Q(pk__in=answering(asked.search)) | Q(status=Status.DEFUNCT))
    if asked.organization_id:
        found = found.filter(organisation__in=organisations_of(asked.organization_id))
    if asked.taxonomy_term_id:
        found = of_term(found, *known_terms().get(str(asked.taxonomy_term_id), ("", "")))
    if asked.taxonomy_id:
        found = of_taxonomy(found, asked.taxonomy_id)
    if asked.minimum_age is not None:
        found = found.filter(Q(age_max=None) | Q(age_max__gte=asked.minimum_age))
    if asked.maximum_age is not None:
        found = found.filter(Q(age_min=None) | Q(age_min__lte=asked.maximum_age))
    if asked.day or asked.start_time or asked.end_time:
        found = found.filter(_open_at(asked))
    return found.order_by("pk")


def organisations_of(uid: UUID) -> "QuerySet[Organisation]":
    """The organisation of that identifier, as a list of one or none."""
    found = Organisation.objects.filter(record__uid=uid)
    if found.exists():
        return found
    bare = (
        Organisation.objects.filter(record=None, services__isnull=False).values_list("pk", "slug").distinct()
    )
    return Organisation.objects.filter(
        pk__in=[pk for pk, slug in bare if made_id("organisation", slug) == uid]
    )


def of_term(rows: "QuerySet[Service]", taxonomy: str, code: str) -> "QuerySet[Service]":
    """Those that say that term; none for a term nobody can say."""
    if taxonomy == NEEDS:
        return rows.filter(Q(needs__code=code) | Q(needs__code__startswith=f"{code}.")).distinct()
    if taxonomy == SCHEMES:
        return rows.filter(schemes__slug=code)
    if taxonomy in OWNED:
        return rows.filter(**{OWNED[taxonomy]: code})
    if taxonomy in LISTED:  # SQLite cannot look into a list: the quotes make each code whole
        text = Cast(LISTED[taxonomy], TextField())
        return rows.annotate(**{f"{taxonomy}_text": text}).filter(
            **{f"{taxonomy}_text__contains": f'"{code}"'}
        )
    if taxonomy == "access":
        return rows.filter(**{f"locations__access__{code}": True}).distinct()
    return rows.none()


def of_taxonomy(rows: "QuerySet[Service]", uid: UUID) -> "QuerySet[Service]":
    """Those that say any term of that taxonomy."""
    taxonomy = next((one for one in taxonomy_words() if taxonomy_id(one) == uid), "")
    if taxonomy in OWNED:
        return rows
    if taxonomy in {NEEDS, SCHEMES}:
        return rows.filter(**{f"{taxonomy}s__isnull": False}).distinct()
    if taxonomy in LISTED:
        return rows.exclude(**{LISTED[taxonomy]: []})
    if taxonomy == "access":
        return rows.exclude(locations__access={}).filter(locations__isnull=False).distinct()
    return rows.none()


def _open_at(asked: Asked) -> Q:
    """Those whose hours hold the whole time asked for, on that day of the week or on any."""
    hours = OpeningHours.objects.all()
    if asked.day:
        hours = hours.filter(weekday=DAYS.index(asked.day))
    night = Q(closes__lte=F("opens"))
    if asked.start_time:
        hours = hours.filter(opens__lte=asked.start_time)
    if asked.end_time:
        hours = hours.filter(night | Q(closes__gte=asked.end_time))
    elif asked.start_time:
        hours = hours.filter(night | Q(closes__gt=asked.start_time))
    return (
        Q(pk__in=hours.filter(service__isnull=False).values("service"))
        | Q(at_locations__in=hours.filter(service_at_location__isnull=False).values("service_at_location"))
        | Q(locations__in=hours.filter(location__isnull=False).values("location"))
    )


def links_asked(asked: Asked) -> "QuerySet[ServiceAtLocation]":
    """Services at their places: the filters of services, and those of places."""
    wanted = ServiceAtLocation.objects.filter(service__in=services_asked(asked).order_by().values("pk"))
    if asked.postcode:
        communes = _communes(asked.postcode)
        if asked.proximity is not None:
            wanted = wanted.filter(location__in=_near(communes, asked.proximity))
        else:
            wanted = wanted.filter(service__in=_serving(communes))
    return wanted.order_by("pk")


def _communes(postcode: str) -> list[Territory]:
    """Those of a postal code; the code of a commune does as well."""
    postal = Q(aliases__kind=TerritoryAlias.Kind.POSTAL, aliases__value=postcode)
    return list(Territory.objects.current().at_level("commune").filter(postal | Q(code=postcode)).distinct())


def _near(communes: list[Territory], metres: int) -> list[int]:
    """Shown places within so many metres of the middle of one of these communes."""
    known = centres("commune")
    points = [known[one.code] for one in communes if one.code in known]
    radius = min(metres, FARTHEST_M) / 1000
    found: set[int] = set()
    for latitude, longitude in points:
        box = Location.objects.shown_on_maps().filter(
            latitude__range=(latitude - radius / 110, latitude + radius / 110),
            longitude__range=(longitude - radius / 70, longitude + radius / 70),
        )
        for pk, lat, lon in box.values_list("pk", "latitude", "longitude"):
            if distance_km((latitude, longitude), (lat or 0.0, lon or 0.0)) <= radius:
                found.add(pk)
    return sorted(found)


def _serving(communes: list[Territory]) -> "QuerySet[Service, int]":
    """Services whose area holds one of these communes."""
    areas = {one.pk for one in communes}
    for commune in communes:
        areas |= {kin.territory.pk for kin in ancestors(commune) if kin.is_full}
    return Service.objects.filter(coverage__in=areas).values_list("pk", flat=True)


def organisations_asked(search: str, terms: Asked) -> "QuerySet[Organisation]":
    """Organisations the directory speaks of; with a term, those with a service that says it."""
    known = Q(record__isnull=False) | Q(services__in=Service.objects.public())
    found = Organisation.objects.filter(known).filter(words_in(search, "name", "record__description"))
    if terms.taxonomy_id or terms.taxonomy_term_id:
        found = found.filter(services__in=services_asked(terms).order_by().values("pk"))
    return found.distinct().order_by("pk")


def locations_asked(search: str) -> "QuerySet[Location]":
    """Places; the words of a hidden address find nothing."""
    open_places = Q(address_hidden=False) & words_in(
        search, "name", "address_1", "commune__name", "postal_code"
    )
    hidden = Q(address_hidden=True) & words_in(search, "name")
    return public_locations().filter(open_places | hidden).order_by("pk")


def count_of(rows: "QuerySet[Model]") -> int:
    """How many, without the order."""
    found: int = rows.order_by().aggregate(total=Count("pk", distinct=True))["total"]
    return found
