"""A service as schema.org describes it, for search engines. Hidden addresses stay hidden here too."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from core.qr import public_url
from directory import words
from directory.codes import Access, Fee
from directory.hours import Timetable
from directory.models import Service
from directory.selectors.linked_hours import hours_specifications
from directory.selectors.places import shown_place
from directory.selectors.timetables import timetable_of
from organisations.models import Organisation
from territories.models import Territory

PUBLIC_BODIES = {Organisation.Kind.AUTHORITY, Organisation.Kind.STATE}
LONGEST_DESCRIPTION = 5_000
EUROS = "EUR"


def linked_data(service: Service, path: str) -> dict[str, Any]:
    """A GovernmentService or a Service with its channels, in the words of the page; empty values are left out.

    Hours are told of the service when they are the same at all its places, and of each place.
    """
    links = list(service.at_locations.all())
    times = [timetable_of(service, link) for link in links] or [timetable_of(service)]
    data = {
        "@context": "https://schema.org",
        "@type": "GovernmentService" if service.organisation.kind in PUBLIC_BODIES else "Service",
        "@id": public_url(path),
        "url": public_url(path),
        "name": service.name,
        "description": service.description[:LONGEST_DESCRIPTION],
        "serviceType": str(service.get_kind_display()),
        "category": [need.plain_label for need in service.needs.all()],
        "identifier": _numbers(service.identifiers.all()),
        "provider": _provider(service.organisation),
        "areaServed": _areas(service.coverage.all()),
        "audience": _audience(service),
        "offers": _offer(service),
        "availableChannel": [
            _channel(service, link.location, one) for link, one in zip(links, times, strict=False)
        ]
        or ([_channel(service)] if service.phone or service.email or service.link else None),
        "hoursAvailable": hours_specifications(times[0]) if all(one == times[0] for one in times) else None,
    }
    return _without_empty(data)


def _provider(organisation: Organisation) -> dict[str, Any]:
    address = public_url(reverse("directory:organisation", args=[organisation.slug]))
    return _without_empty(
        {
            "@type": "GovernmentOrganization" if organisation.kind in PUBLIC_BODIES else "Organization",
            "@id": address,
            "url": address,
            "name": organisation.name,
            "identifier": _numbers(organisation.identifiers.all()),
        }
    )


def _numbers(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [{"@type": "PropertyValue", "propertyID": one.scheme, "value": one.value} for one in rows]


def _areas(territories: Iterable[Territory]) -> list[dict[str, Any]]:
    return [{"@type": "AdministrativeArea", "name": one.name, "identifier": one.code} for one in territories]


def _audience(service: Service) -> dict[str, Any] | None:
    told = _without_empty(
        {
            "audienceType": words.audiences(service),
            "suggestedMinAge": service.age_min,
            "suggestedMaxAge": service.age_max,
            "geographicArea": _areas(service.eligible_territories.all()),
        }
    )
    return {"@type": "PeopleAudience", **told} if told else None


def _offer(service: Service) -> dict[str, Any] | None:
    """What it costs, when it is known."""
    if service.fee == Fee.FREE:
        return {"@type": "Offer", "price": 0, "priceCurrency": EUROS}
    low, high = service.amount_min, service.amount_max
    if low is None and high is None:
        return None
    return _without_empty(
        {
            "@type": "Offer",
            "description": service.fee_words,
            "priceSpecification": _without_empty(
                {
                    "@type": "PriceSpecification",
                    "minPrice": None if low is None else float(low),
                    "maxPrice": None if high is None else float(high),
                    "priceCurrency": EUROS,
                }
            ),
        }
    )


def _channel(service: Service, location: Any = None, times: Timetable | None = None) -> dict[str, Any]:
    contact = _without_empty({"telephone": service.phone, "email": service.email})
    return _without_empty(
        {
            "@type": "ServiceChannel",
            "servicePhone": {"@type": "ContactPoint", **contact} if contact else None,
            "serviceUrl": service.link,
            "availableLanguage": service.languages,
            "serviceLocation": _place(location, times) if location and times else None,
        }
    )


def _place(location: Any, times: Timetable) -> dict[str, Any] | None:
    shown = shown_place(location)
    if shown.is_hidden:
        return None
    point = shown.point
    return _without_empty(
        {
            "@type": "Place",
            "name": location.name,
            "telephone": location.phone,
            "address": _without_empty(
                {
                    "@type": "PostalAddress",
                    "streetAddress": ", ".join(shown.lines),
                    "postalCode": shown.postal_code,
                    "addressLocality": shown.commune.name if shown.commune else "",
                    "addressCountry": "FR",
                }
            ),
            "geo": {"@type": "GeoCoordinates", "latitude": point[0], "longitude": point[1]}
            if point
            else None,
            "amenityFeature": [
                {"@type": "LocationFeatureSpecification", "name": str(label), "value": location.access[code]}
                for code, label in Access.choices
                if code in location.access
            ],
            "openingHoursSpecification": hours_specifications(times),
        }
    )


def _without_empty(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}
