"""From records of the directory to what matching reads, and back to what a page shows."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from directory.codes import Status
from directory.models import Capacity, Location, Service
from needs.models import Need
from needs.selectors import needs_by_code
from orientation.matching import Match, Offer, Wish, match_offers
from orientation.permissions import takes_requests
from orientation.situations import AGE_BY_CODE, audiences_of
from orientation.words import reason_words
from territories.models import Territory
from territories.selectors import ancestors, centres

MOST_SHOWN = 30


@dataclass(frozen=True)
class Suitable:
    """A service as the list shows it: why it is there, what to know first, and whether a request can be sent."""

    service: Service
    reasons: tuple[str, ...]
    cautions: tuple[str, ...]
    town: str
    takes_requests: bool
    is_available: bool


def wish_of(
    *,
    needs: Collection[str],
    commune: Territory | None,
    age: str = "",
    situations: Collection[str] = (),
    modes: Collection[str] = (),
) -> Wish:
    """What the answers of the path ask of services."""
    band = AGE_BY_CODE.get(age)
    holders: frozenset[int] = frozenset()
    if commune is not None:
        holders = frozenset({commune.pk, *(kin.territory.pk for kin in ancestors(commune))})
    return Wish(
        needs=frozenset(needs),
        holders=holders,
        point=centres("commune").get(commune.code) if commune is not None else None,
        ages=(band.low, band.high) if band else None,
        audiences=audiences_of(situations, age),
        modes=frozenset(modes),
    )


def epci_of(commune: Territory | None) -> str:
    """The code of the group of communes, empty when unknown: finer would come near a person."""
    if commune is None:
        return ""
    codes = [kin.territory.code for kin in ancestors(commune) if kin.territory.level_id == "epci"]
    return codes[0] if len(codes) == 1 else ""


def candidates(needs: Collection[str]) -> QuerySet[Service]:
    """Public services that may answer one of these needs, with all that matching and the page read."""
    places = Prefetch("locations", Location.objects.select_related("commune"))
    near = Q()
    for code in needs:
        above = [code.rsplit(".", step)[0] for step in range(1, code.count(".") + 1)]
        near |= Q(code__startswith=f"{code}.") | Q(code__in=[code, *above])
    found = Need.objects.filter(near) if near else Need.objects.none()
    rows = Service.objects.public().exclude(status=Status.INACTIVE).filter(needs__in=found).distinct()
    return rows.select_related("organisation__record").prefetch_related(
        "needs", "coverage", "eligible_territories", "capacities", places
    )


def offer_of(service: Service, *, day: datetime.date) -> Offer:
    """What matching reads of a record."""
    states = [one.state for one in service.capacities.all()]
    points = [one for one in service.locations.all() if not one.address_hidden and one.latitude is not None]
    return Offer(
        pk=service.pk,
        needs=frozenset(need.code for need in service.needs.all()),
        coverage=frozenset(one.pk for one in service.coverage.all()),
        eligible=frozenset(one.pk for one in service.eligible_territories.all()),
        points=tuple((one.latitude, one.longitude) for one in points),  # type: ignore[misc]
        age_min=service.age_min,
        age_max=service.age_max,
        audiences=frozenset(service.audiences),
        modes=frozenset(service.modes),
        is_closed=service.status == Status.CLOSED
        and (service.closed_until is None or service.closed_until >= day),
        is_full=bool(states) and all(one == Capacity.State.FULL for one in states),
        is_waiting=Capacity.State.WAITING in states,
    )


def matches_of(wish: Wish, *, day: datetime.date | None = None) -> list[tuple[Match, Service]]:
    """Services that may suit, in the order of the day, each with its record. The same number of queries whatever the list."""
    today = day or timezone.localdate()
    services = {one.pk: one for one in candidates(wish.needs)}
    ranked = match_offers(wish, (offer_of(one, day=today) for one in services.values()), day=today)
    return [(match, services[match.offer.pk]) for match in ranked]


def suitable(found: Iterable[tuple[Match, Service]], *, place: str, easy: bool) -> list[Suitable]:
    """The list in words, the first thirty."""
    rows = list(found)[:MOST_SHOWN]
    labels = need_labels({code for match, _service in rows for code in match.needs}, easy=easy)
    return [
        Suitable(
            service,
            tuple(reason_words(one, labels, place=place, easy=easy) for one in match.reasons),
            tuple(reason_words(one, labels, easy=easy) for one in match.cautions),
            _town(service),
            takes_requests(service) and bool(address_of(service)),
            match.is_available,
        )
        for match, service in rows
    ]


def need_labels(codes: Collection[str], *, easy: bool = False) -> dict[str, str]:
    """The wording of each code in use today."""
    found = needs_by_code(codes)
    return {code: (easy and need.easy_read) or need.plain_label for code, need in found.items()}


def address_of(service: Service) -> str:
    """The one address a request goes to: the service's, else its organisation's. Known to the directory, never given by whoever asks."""
    record = getattr(service.organisation, "record", None)
    return service.email or (record.email if record else "")


def _town(service: Service) -> str:
    towns = {one.commune.name for one in service.locations.all() if one.commune and not one.address_hidden}
    return ", ".join(sorted(towns)[:3])
