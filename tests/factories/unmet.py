"""Searches and requests that ended without help, in the small département of the observatory's tests."""

import datetime

from django.utils import timezone

from directory.finding.models import SearchSignal
from needs.models import Need
from orientation.models import OrientationSignal
from territories.models import Territory, TerritoryRelation
from tests.factories import directory
from tests.factories import observatory as make
from unmet.models import Observation, Signal

NEED, OTHER = "1.3.2.2", "1.E.1"


def year() -> int:
    return timezone.localdate().year


def land() -> make.Place:
    """Département 47 with two groups of communes wholly inside, and two needs."""
    place = make.Place()
    for code in ("1", "2"):
        TerritoryRelation.objects.create(parent=place.departement, child=epci(code))
    need(NEED), need(OTHER)
    return place


def epci(code: str) -> Territory:
    return Territory.objects.get(level_id="epci", code=code)


def need(code: str) -> Need:
    return Need.objects.filter(code=code).first() or directory.need(code, plain_label=f"Besoin {code}")


def searched(
    count: int,
    code: str = "1",
    *,
    need: str = NEED,
    found: str = "0",
    nearest: str = "",
    day: datetime.date | None = None,
) -> None:
    """So many searches from a group of communes; nothing found unless said."""
    SearchSignal.objects.create(
        day=day or timezone.localdate(), need=need, epci=code, found=found, nearest=nearest, count=count
    )


def ended(count: int, outcome: str, code: str = "1", *, need: str = NEED) -> None:
    """So many orientations that ended this way."""
    month = timezone.localdate().replace(day=1)
    OrientationSignal.objects.create(month=month, need=need, epci=code, outcome=outcome, count=count)


def observed(count: int, where: Territory, *, need: str = NEED, kind: str = "nothing") -> Observation:
    return Observation.objects.create(year=year(), need=need, territory=where, kind=kind, count=count)


def signal(where: Territory, *, need: str = NEED, **values: object) -> Signal:
    given = {"need": need, "territory": where, "seen_on": timezone.localdate(), **values}
    return Signal.objects.create(**given)
