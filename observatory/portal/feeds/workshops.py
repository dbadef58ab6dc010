"""Who came to workshops as facts about persons: heads by college, counted once at closing."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from consultations.workshops.models import College, Workshop
from observatory.indicators.models import Indicator, Slice, Source
from observatory.indicators.tables import FactRow
from observatory.portal.feeds.names import WORKSHOP
from territories.models import Territory

METHOD = (
    "Personnes venues à l’atelier, comptées à la fin : chaque téléphone compte pour une personne, chaque "
    "tablette partagée pour celles qui l’entourent. Rien n’est montré sur moins de 11 personnes, ni ne peut "
    "se déduire par soustraction."
)


@dataclass(frozen=True)
class AttendanceFeed:
    """The rows of a delivery, with what a release needs to know of the workshop."""

    source: Source
    scope: Territory
    geography_on: datetime.date
    people_count: int
    rows: list[FactRow]


def slug_of(workshop: Workshop) -> str:
    """The permanent address of a workshop's figures."""
    return f"atelier-{workshop.slug}"


def attendance_feed(workshop: Workshop) -> AttendanceFeed:
    """Every college invited, zero included, and the whole."""
    indicator, source = _indicator(workshop), _source(workshop)
    people = sum(workshop.attendance.values())
    period, place = str(workshop.starts_on.year), workshop.territory_id
    invited = [code for code in College.values if code in workshop.colleges or code in workshop.attendance]
    rows = [
        FactRow(indicator.pk, place, period, slice_.pk, float(workshop.attendance.get(code, 0)), people)
        for code, slice_ in ((code, _slice(indicator, code)) for code in invited)
    ]
    total = Slice.objects.get_or_create(key=Slice.TOTAL)[0]
    rows.append(FactRow(indicator.pk, place, period, total.pk, float(people), people))
    return AttendanceFeed(source, workshop.territory, workshop.starts_on, people, rows)


def _slice(indicator: Indicator, college: str) -> Slice:
    return Slice.objects.update_or_create(
        key=f"{indicator.code}:{college}",
        defaults={
            "members": {"choice": college},
            "label": str(College(college).label).capitalize(),
            "order": College.values.index(college),
        },
    )[0]


def _indicator(workshop: Workshop) -> Indicator:
    indicator = Indicator.objects.update_or_create(
        code=f"{slug_of(workshop)}--presence",
        defaults={
            "theme": "voix",
            "title": f"Qui est venu : {workshop.title}"[:200],
            "question": "Qui est venu à l’atelier ?",
            "unit": "%",
            "aggregation": Indicator.Aggregation.RATIO,
            "sensitivity": Indicator.Sensitivity.PERSONS,
            "people": Indicator.People.CAME,
            "method": METHOD,
            "source_text": _source(workshop).citation,
            "origin_kind": WORKSHOP,
            "origin_id": str(workshop.pk),
            "is_demo": workshop.is_demo,
        },
    )[0]
    indicator.needs.set(workshop.needs.valid_on(timezone.localdate()))
    return indicator


def _source(workshop: Workshop) -> Source:
    body = workshop.consultation.organisation.name
    return Source.objects.update_or_create(
        slug=slug_of(workshop),
        defaults={
            "producer": body,
            "title": workshop.title,
            "licence": "Licence Ouverte 2.0",
            "citation": f"{body}, « {workshop.title} »"[:300],
        },
    )[0]
