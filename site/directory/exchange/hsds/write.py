"""From records to HSDS objects; empty fields are left out."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from directory.exchange.hsds import parts
from directory.exchange.hsds.terms import FIELDS, NEEDS, SCHEMES, Json, Vocabulary
from directory.exchange.records import At, LocationRecord, OrganisationRecord, SchemeRecord, ServiceRecord

STATUS = {"temporarily_closed": "temporarily closed"}


def filled(given: Mapping[str, Any]) -> Json:
    """Without what says nothing; zero and false say something."""
    return {name: value for name, value in given.items() if value not in (None, "", [], ())}


class Attributes:
    """The attributes of one object, each with an identifier made of what it says."""

    def __init__(self, words: Vocabulary, entity: str, uid: UUID) -> None:
        self.words, self.entity, self.uid = words, entity, uid
        self.rows: list[Json] = []

    def add(self, taxonomy: str, code: str, value: object = "") -> None:
        """Say a term of it, with a value where the term is a question."""
        said = "" if value is None else str(value)
        term = self.words.json(taxonomy, code)
        row = {
            "id": str(parts.made_id(self.uid, "attribute", taxonomy, code, said)),
            "link_id": str(self.uid),
            "link_entity": self.entity,
            "link_type": taxonomy,
            "taxonomy_term_id": term["id"],
            "value": said,
            "label": term["name"],
            "taxonomy_term": term,
        }
        self.rows.append(filled(row))

    def field(self, name: str, value: object) -> None:
        """A field HSDS does not have, when it says something; the number zero does."""
        if value is not None and value is not False and value not in ("", ()):
            self.add(FIELDS, name, "true" if value is True else value)

    def codes(self, taxonomy: str, codes: Iterable[str]) -> None:
        for code in codes:
            self.add(taxonomy, code)


class Writer:
    """Draws objects with the words of one vocabulary; `town` gives the name and département of a commune."""

    def __init__(self, words: Vocabulary, towns: Mapping[str, tuple[str, str]]) -> None:
        self.words, self.towns = words, towns

    def program(self, scheme: SchemeRecord, organisation: UUID | None = None) -> Json:
        """A scheme or right."""
        told = Attributes(self.words, "program", scheme.uid)
        told.field("easy_read", scheme.easy_read)
        told.field("slug", scheme.slug)
        told.field("scheme_url", scheme.url)
        for need in scheme.needs:
            told.field("scheme_need", need)
        return filled(
            {
                "id": str(scheme.uid),
                "organization_id": str(organisation or ""),
                "name": scheme.name,
                "attributes": told.rows,
            }
        ) | {"description": scheme.description or scheme.name}

    def organization(self, one: OrganisationRecord, locations: Iterable[LocationRecord] = ()) -> Json:
        """An organisation, whole; its locations when they are given."""
        told = Attributes(self.words, "organization", one.uid)
        told.codes("network", one.networks)
        told.field("easy_read", one.easy_read)
        told.field("slug", one.slug)
        told.field("organisation_kind", one.kind)
        told.field("territory", one.territory)
        numbers = [parts.organization_identifier(one.uid, number) for number in one.numbers]
        given = {
            "id": str(one.uid),
            "name": one.name,
            "email": one.email,
            "website": one.website,
            "parent_organization_id": str(one.parent or ""),
            "organization_identifiers": numbers,
            "contacts": [parts.contact("organization", one.uid, desk) for desk in one.contacts],
            "phones": parts.phones("organization", one.uid, one.phone),
            "locations": [self.location(place) for place in locations],
            "attributes": told.rows,
        }
        return filled(given) | {"description": one.description or one.name}

    def location(self, one: LocationRecord) -> Json:
        """A place; of a hidden one `shown` left the reason only."""
        told = Attributes(self.words, "location", one.uid)
        for code, said in one.access:
            told.add("access", code, "true" if said else "false")
        told.field("holidays", one.holidays if one.holidays != "unknown" else "")
        for number in one.numbers:
            told.field("identifier", f"{number.scheme}:{number.value}")
        addresses = self._addresses(one, told)
        told.field("address_hidden", one.address_hidden)
        given = {
            "id": str(one.uid),
            "location_type": one.kind,
            "organization_id": str(one.organisation),
            "name": one.name,
            "description": one.hidden_reason,
            "transportation": one.transport,
            "latitude": one.latitude,
            "longitude": one.longitude,
            "addresses": addresses,
            "contacts": [parts.contact("location", one.uid, desk) for desk in one.contacts],
            "accessibility": parts.accessibility(one),
            "phones": parts.phones("location", one.uid, one.phone),
            "schedules": parts.schedules("location", one.uid, one.hours, one.closed),
            "attributes": told.rows,
        }
        return filled(given)

    def _addresses(self, one: LocationRecord, told: Attributes) -> list[Json]:
        """HSDS wants addresses whole; the parts of others are said one by one."""
        told.field("commune", one.commune)
        town, province = self.towns.get(one.commune, ("", ""))
        if not (one.address_1 and one.postal_code and town):
            told.field("address_1", one.address_1)
            told.field("address_2", one.address_2)
            told.field("postal_code", one.postal_code)
            return []
        given = {
            "id": str(parts.made_id(one.uid, "address")),
            "location_id": str(one.uid),
            "address_1": one.address_1,
            "address_2": one.address_2,
            "city": town,
            "state_province": province or "France",
            "postal_code": one.postal_code,
            "country": "FR",
            "address_type": one.kind,
        }
        return [filled(given)]

    def at(self, service: UUID, one: At, location: Json | None) -> Json:
        """A service at a location, with the location itself when it is given."""
        given = {
            "id": str(one.uid),
            "service_id": str(service),
            "location_id": str(one.location),
            "schedules": parts.schedules("service_at_location", one.uid, one.hours, one.closed),
            "location": location,
        }
        return filled(given)

    def service(
        self,
        one: ServiceRecord,
        *,
        organization: Json | None = None,
        locations: Mapping[UUID, Json] | None = None,
        program: Json | None = None,
    ) -> Json:
        """A service, whole."""
        known = locations or {}
        given = {
            **self.plain_service(one),
            "phones": parts.phones("service", one.uid, one.phone),
            "schedules": parts.schedules("service", one.uid, one.hours, one.closed),
            "service_areas": [parts.area(one.uid, place, self.towns) for place in one.coverage],
            "service_at_locations": [self.at(one.uid, at, known.get(at.location)) for at in one.at],
            "languages": [parts.language(one.uid, code) for code in one.languages],
            "organization": organization,
            "cost_options": parts.costs(one),
            "program_id": program["id"] if program else "",
            "program": program,
            "required_documents": [
                parts.document(one.uid, rank, text) for rank, text in enumerate(one.documents)
            ],
            "contacts": [parts.contact("service", one.uid, desk) for desk in one.contacts],
            "capacities": list(self._capacities(one)),
            "attributes": self._service_attributes(one).rows,
        }
        return filled(given)

    def plain_service(self, one: ServiceRecord) -> Json:
        """The fields a list gives."""
        given = {
            "id": str(one.uid),
            "organization_id": str(one.organisation),
            "name": one.name,
            "description": one.description,
            "url": one.link,
            "email": one.email,
            "status": STATUS.get(one.status, one.status),
            "fees_description": one.fee_words,
            "wait_time": f"P{one.average_delay_days}D" if one.average_delay_days is not None else "",
            "eligibility_description": one.eligibility,
            "minimum_age": one.age_min,
            "maximum_age": one.age_max,
            "assured_date": str(one.checked_on or ""),
            "alert": one.closed_reason,
            "last_modified": f"{one.modified}T00:00:00+00:00" if one.modified else "",
        }
        return filled(given)

    def _service_attributes(self, one: ServiceRecord) -> Attributes:
        told = Attributes(self.words, "service", one.uid)
        told.add("kind", one.kind)
        told.add("fee", one.fee)
        for taxonomy, codes in {
            "mode": one.modes,
            "audience": one.audiences,
            "reach": one.reach,
            "reached_by": one.reached_by,
            NEEDS: one.needs,
            SCHEMES: one.schemes,
        }.items():
            told.codes(taxonomy, codes)
        for name in ("easy_read", "situations", "remaining_words", "closed_until", "takes_requests", "slug"):
            told.field(name, getattr(one, name))
        told.field("checked_words", one.checked_words)
        told.field("review_months", one.review_months)
        told.field("holidays", one.holidays if one.holidays != "unknown" else "")
        for place in one.eligible_territories:
            told.field("eligible_territory", place)
        for number in one.numbers:
            told.field("identifier", f"{number.scheme}:{number.value}")
        for capacity in one.capacities:
            if capacity.available is None:  # HSDS wants a number: what has none is said in words
                told.field("capacity", parts.capacity_words(capacity))
        return told

    def _capacities(self, one: ServiceRecord) -> Iterator[Json]:
        for place in one.capacities:
            if place.available is None:
                continue
            uid = parts.made_id(one.uid, "capacity", place.unit)
            told = Attributes(self.words, "service_capacity", uid)
            told.field("capacity_state", place.state)
            told.field("capacity_waiting", place.waiting)
            unit = {"id": str(parts.made_id("unit", place.unit)), "name": place.unit}
            given = {
                "id": str(uid),
                "service_id": str(one.uid),
                "unit_id": unit["id"],
                "unit": unit,
                "available": place.available,
                "maximum": place.places,
                "updated": f"{place.updated_on}T00:00:00+00:00",
                "attributes": told.rows,
            }
            yield filled(given)
