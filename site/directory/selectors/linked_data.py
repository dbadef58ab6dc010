"""A service as schema.org describes it, for search engines. Hidden addresses stay hidden here too."""

from typing import Any

from core.qr import public_url
from directory.codes import Fee, Status
from directory.models import OpeningHours, Service
from directory.selectors.places import shown_place

WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def linked_data(service: Service, path: str) -> dict[str, Any]:
    """A GovernmentService or a Service with its channels; empty values are left out."""
    data = {
        "@context": "https://schema.org",
        "@type": "GovernmentService" if service.organisation.kind in {"authority", "state"} else "Service",
        "@id": public_url(path),
        "url": public_url(path),
        "name": service.name,
        "description": service.description[:500],
        "provider": {"@type": "Organization", "name": service.organisation.name},
        "areaServed": [{"@type": "AdministrativeArea", "name": one.name} for one in service.coverage.all()],
        "audience": {"@type": "Audience", "audienceType": ", ".join(service.audiences)}
        if service.audiences
        else None,
        "isAccessibleForFree": True if service.fee == Fee.FREE else None,
        "availableChannel": [_channel(service, link) for link in service.at_locations.all()]
        or ([_channel(service, None)] if service.phone or service.link else None),
        "hoursAvailable": [_hours(one) for one in service.opening_hours.all() if not one.nth],
    }
    if service.status != Status.ACTIVE:
        data.pop("hoursAvailable")
    return _without_empty(data)


def _channel(service: Service, link: Any) -> dict[str, Any]:
    return _without_empty(
        {
            "@type": "ServiceChannel",
            "servicePhone": {"@type": "ContactPoint", "telephone": service.phone} if service.phone else None,
            "serviceUrl": service.link,
            "availableLanguage": service.languages,
            "serviceLocation": _place(link.location) if link else None,
        }
    )


def _place(location: Any) -> dict[str, Any] | None:
    shown = shown_place(location)
    if shown.is_hidden:
        return None
    point = shown.point
    return _without_empty(
        {
            "@type": "Place",
            "name": location.name,
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
        }
    )


def _hours(row: OpeningHours) -> dict[str, Any]:
    return _without_empty(
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": f"https://schema.org/{WEEK[row.weekday]}",
            "opens": f"{row.opens:%H:%M}",
            "closes": f"{row.closes:%H:%M}",
            "validFrom": row.valid_from.isoformat() if row.valid_from else None,
            "validThrough": row.valid_to.isoformat() if row.valid_to else None,
        }
    )


def _without_empty(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}
