"""A small département with non-nested levels, and facts about its people."""

import datetime

from observatory.indicators.models import Indicator, Slice, Source
from observatory.indicators.services import Subject, publish_release, record_facts
from observatory.indicators.tables import FactRow
from territories.models import Territory, TerritoryLevel, TerritoryRelation

DAY = datetime.date(2026, 6, 1)
LEVELS = [
    ("region", 1), ("departement", 2), ("arrondissement", 3), ("epci", 4), ("canton", 5), ("commune", 6),
]  # fmt: skip


class Place:
    """Département 47 with six communes, three EPCI (one of a single small commune) and two cantons."""

    communes = {"a": "Agen", "b": "Boé", "c": "Casteljaloux", "d": "Duras", "e": "Esclottes", "z": "Grayssas"}
    epci = {"1": "abc", "2": "de", "3": "z"}
    cantons = {"4701": "ab", "4702": "cdez"}

    def __init__(self) -> None:
        for code, rank in LEVELS:
            TerritoryLevel.objects.get_or_create(
                code=code, defaults={"rank": rank, "name": code, "name_plural": f"{code}s"}
            )
        self.departement = self.add("departement", "47", "Lot-et-Garonne")
        self.towns = {
            key: self.add("commune", f"4700{number}", name)
            for number, (key, name) in enumerate(self.communes.items(), start=1)
        }
        for level, groups in (("epci", self.epci), ("canton", self.cantons)):
            for code, members in groups.items():
                parent = self.add(level, code, f"{level} {code}")
                for key in members:
                    TerritoryRelation.objects.create(parent=parent, child=self.towns[key])
        for town in self.towns.values():
            TerritoryRelation.objects.create(parent=self.departement, child=town)

    def add(self, level: str, code: str, name: str) -> Territory:
        return Territory.objects.create(level_id=level, code=code, name=name, search_name=name.lower())


def make_indicator(code: str = "enquete--soin", **values) -> Indicator:
    """A question of a survey about persons."""
    given = {
        "theme": "enquete", "title": "A renoncé à un soin", "question": "Avez-vous renoncé à un soin ?",
        "unit": "%", "aggregation": Indicator.Aggregation.RATIO, "origin_kind": "survey", "origin_id": "s1",
    }  # fmt: skip
    return Indicator.objects.create(code=code, **{**given, **values})


def record(place: Place, indicator: Indicator, answers: dict[str, tuple[int, ...]], choices=("oui", "non")):
    """Facts from {commune key: (count of each choice)}."""
    total = Slice.objects.get_or_create(key=Slice.TOTAL)[0]
    slices = [
        Slice.objects.get_or_create(
            key=f"{indicator.code}:{one}",
            defaults={"members": {"choice": one}, "label": one.capitalize(), "order": index},
        )[0]
        for index, one in enumerate(choices)
    ]
    rows = []
    for key, counts in answers.items():
        town, base = place.towns[key].pk, sum(counts)
        rows.append(FactRow(indicator.pk, town, "2026", total.pk, base, base))
        rows += [
            FactRow(indicator.pk, town, "2026", one.pk, n, base)
            for one, n in zip(slices, counts, strict=True)
        ]
    source = Source.objects.get_or_create(
        slug="enquete",
        defaults={"producer": "Département", "title": "Enquête", "licence": "LO", "citation": "x"},
    )[0]
    return record_facts(actor=None, source=source, label="Réponses", geography_on=DAY, rows=rows)


def subject(place: Place, count: int, **values) -> Subject:
    """The survey the facts come from."""
    given = {
        "kind": "survey", "id": "s1", "slug": "enquete", "title": "Enquête", "scope": place.departement,
        "response_count": count,
    }  # fmt: skip
    return Subject(**{**given, **values})


WELL_SPREAD = {
    "a": (60, 90), "b": (30, 40), "c": (25, 30), "d": (40, 20), "e": (20, 15), "z": (0, 0),
}  # fmt: skip


def release(place: Place, answers=None, indicator=None, **values):
    """A release of one question."""
    answers = WELL_SPREAD if answers is None else answers
    indicator = indicator or Indicator.objects.filter(code="enquete--soin").first() or make_indicator()
    version = record(place, indicator, answers)
    count = sum(sum(row) for row in answers.values())
    return publish_release(actor=None, subject=subject(place, count, **values), dataset_version=version)
