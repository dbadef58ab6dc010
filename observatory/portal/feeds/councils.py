"""Councils as open facts: how many are active, how often they meet, how many opinions are answered in time.

Acts of public bodies: no threshold. A council that has no public page is not counted, so that its existence is
told by no figure. A territory holds the councils seated in it and in the places wholly inside it.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from consultations.councils.models import Council
from consultations.meetings.models import Meeting
from consultations.opinions.models import Opinion
from observatory.indicators.models import Indicator, Slice, Source
from observatory.indicators.tables import FactRow
from observatory.portal.feeds.names import SOURCE
from observatory.portal.feeds.sources import SourceFeed
from territories.selectors import ancestors, home_departement

SOURCE_SLUG = "conseils"
ACTIVE, MEETINGS, IN_TIME = "conseils-actifs", "conseils-reunions", "conseils-avis-a-temps"
THEME, MOST_YEARS = "conseils", 5


@dataclass
class Year:
    """What councils of one territory did in one year."""

    met: set[object] = field(default_factory=set)
    meetings: int = 0
    due: int = 0
    in_time: int = 0

    @property
    def share(self) -> float | None:
        """Percent of the answers due in the year that came by that day."""
        return round(100 * self.in_time / self.due, 1) if self.due else None


def council_feed() -> SourceFeed | None:
    """Every figure of the last years, or None when no council has a public page or no place is known."""
    scope, today = home_departement(), timezone.localdate()
    councils = list(Council.objects.public().select_related("territory__level"))
    if scope is None or not councils:
        return None
    places = _places(councils)
    tables = _tables(councils, places, today)
    source = _source()
    indicators = _indicators(source, is_demo=all(one.is_demo for one in councils))
    total = Slice.objects.get_or_create(key=Slice.TOTAL)[0]
    rows = [
        FactRow(indicators[code].pk, place, str(year), total.pk, value)
        for (place, year), one in sorted(tables.items())
        for code, value in _values(one)
    ]
    return SourceFeed(source, scope, today.replace(month=1, day=1), rows)


def _values(one: Year) -> list[tuple[str, float | None]]:
    found: list[tuple[str, float | None]] = [(ACTIVE, float(len(one.met))), (MEETINGS, float(one.meetings))]
    return [*found, (IN_TIME, one.share)] if one.due else found


def _places(councils: Iterable[Council]) -> dict[object, list[int]]:
    """By council, the territories that hold it: its own, and those that hold it whole."""
    above: dict[int, list[int]] = {}
    found: dict[object, list[int]] = {}
    for council in councils:
        own = council.territory_id
        if own not in above:
            above[own] = [own, *(kin.territory.pk for kin in ancestors(council.territory) if kin.is_full)]
        found[council.pk] = above[own]
    return found


def _tables(
    councils: Sequence[Council], places: dict[object, list[int]], today: datetime.date
) -> dict[tuple[int, int], Year]:
    """By territory and year, zeros included for a territory that has councils."""
    years = range(today.year - MOST_YEARS + 1, today.year + 1)
    tables = {
        (place, year): Year()
        for council in councils
        for year in years
        if council.created_on.year <= year
        for place in places[council.pk]
    }
    for meeting in Meeting.objects.held().filter(council__in=councils, held_at__year__gte=years[0]):
        for place in places[meeting.council_id]:
            line = tables.setdefault((place, meeting.held_on.year), Year())
            line.met.add(meeting.council_id)
            line.meetings += 1
    due = Opinion.objects.published().filter(first_due_on__lte=today, first_due_on__year__gte=years[0])
    for opinion in due.exclude(state=Opinion.State.WITHDRAWN):
        for place in places[opinion.council_id]:
            line = tables.setdefault((place, opinion.first_due_on.year), Year())  # type: ignore[union-attr]
            line.due += 1
            line.in_time += bool(opinion.was_in_time)
    return tables


def _source() -> Source:
    return Source.objects.update_or_create(
        slug=SOURCE_SLUG,
        defaults={
            "producer": "Conseils du territoire",
            "title": "Vie des conseils",
            "licence": "Licence Ouverte 2.0",
            "citation": "Réunions et avis des conseils ayant une page publique",
        },
    )[0]


INDICATORS = (
    (
        ACTIVE, "Conseils actifs", "Combien de conseils se sont réunis dans l’année ?", "conseils", 0,
        "Conseils ayant une page publique et tenu au moins une réunion dans l’année. "
        "L’année en cours n’est pas finie.",
    ),
    (
        MEETINGS, "Réunions tenues par les conseils", "Combien de réunions ont été tenues dans l’année ?",
        "réunions", 0,
        "Réunions ouvertes dans l’année ; celles qui ont été annulées ne comptent pas. Pour un CVS, le code de "
        "l’action sociale en demande au moins trois par an.",
    ),
    (
        IN_TIME, "Avis des conseils répondus à temps", "Les avis reçoivent-ils une réponse à la date prévue ?", "%", 0,
        "Part des avis dont la réponse était attendue dans l’année et qui ont reçu une réponse définitive ce "
        "jour-là ou avant. « À l’étude » n’est pas une réponse. Un avis retiré ne compte pas. Ce sont des actes "
        "publics : ils sont montrés quel que soit leur nombre.",
    ),
)  # fmt: skip


def _indicators(source: Source, *, is_demo: bool) -> dict[str, Indicator]:
    return {
        code: Indicator.objects.update_or_create(
            code=code,
            defaults={
                "theme": THEME,
                "order": order,
                "title": title,
                "question": question,
                "unit": unit,
                "decimals": decimals,
                "aggregation": Indicator.Aggregation.NONE,
                "sensitivity": Indicator.Sensitivity.OPEN,
                "method": method,
                "source_text": source.citation,
                "origin_kind": SOURCE,
                "origin_id": source.slug,
                "is_demo": is_demo,
            },
        )[0]
        for order, (code, title, question, unit, decimals, method) in enumerate(INDICATORS, start=1)
    }
