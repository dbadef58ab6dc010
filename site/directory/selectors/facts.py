"""What the quality of a record is computed from."""

from directory.codes import Fee, Mode, Reach
from directory.models import Service
from directory.quality import Facts


def facts_of(service: Service) -> Facts:
    """The facts of one record; reads its relations, prefetched or not."""
    goes_there = Mode.ON_SITE in service.modes or not service.modes
    places = list(service.locations.all())
    return Facts(
        description=service.description,
        has_easy_read=bool(service.easy_read.strip()),
        has_contact=_has_contact(service),
        has_audience=bool(
            service.audiences
            or service.eligibility
            or service.age_min is not None
            or service.age_max is not None
        ),
        has_price=_has_price(service),
        has_area=bool(service.coverage.all()),
        has_need=bool(service.needs.all()),
        has_languages=bool(service.languages),
        is_identified=any(
            one.scheme in {"siret", "finess"} for one in service.organisation.identifiers.all()
        ),
        has_place=_has_place(service) if goes_there else None,
        has_hours=_has_hours(service) if goes_there else None,
        has_access=any(place.access or place.accessibility_url for place in places) if goes_there else None,
        checked_on=service.checked_on,
    )


def _has_contact(service: Service) -> bool:
    given = {Reach.PHONE: service.phone, Reach.EMAIL: service.email, Reach.LINK: service.link}
    wanted = [given[Reach(one)] for one in service.reach if one != Reach.VISIT]
    return all(wanted) if wanted else any(given.values()) or Reach.VISIT in service.reach


def _has_price(service: Service) -> bool:
    if service.fee in {Fee.PAID, Fee.MEANS_TESTED}:
        return service.amount_min is not None or service.amount_max is not None or bool(service.fee_words)
    return bool(service.fee == Fee.FREE)


def _has_place(service: Service) -> bool:
    return any(
        place.address_hidden or (place.address_1 and place.commune_id and place.latitude is not None)
        for place in service.locations.all()
    )


def _has_hours(service: Service) -> bool:
    if service.opening_hours.all():
        return True
    links = service.at_locations.all()
    return any(link.opening_hours.all() or link.location.opening_hours.all() for link in links)
