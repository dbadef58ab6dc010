"""Real places, invented voices: nothing about fewer than eleven people can be computed from what is published."""

import datetime
import random
from collections.abc import Iterator

import pytest
from django.db import transaction

from config.env import ROOT
from observatory.disclosure import PUBLIC, Area, Counts, Table
from observatory.disclosure.rowspace import RowSpace
from observatory.indicators.areas import geography_of
from observatory.indicators.models import Indicator, PublishedCell, Release, Slice, Source
from observatory.indicators.services import Subject, publish_release, record_facts
from observatory.indicators.tables import FactRow
from territories.models import Population, Territory
from territories.services import import_territories

DAY = datetime.date(2026, 1, 1)
CHOICES = ("oui", "non", "nsp")


@pytest.fixture(scope="module")
def lot_et_garonne(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Territory]:
    """The real territories, undone after the module."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        import_territories(folder=ROOT / "site" / "territories" / "data")
        yield Territory.objects.select_related("level").get(level="departement", code="47")
        transaction.set_rollback(True)


def voices(size: int, seed: int, *, beyond_the_border: bool) -> dict[int, tuple[int, ...]]:
    """Answers by commune, drawn by population; CC des Deux Rives has two communes of the département."""
    rng = random.Random(seed)
    people = Population.objects.filter(
        year=2023, territory__level="commune", territory__code__startswith="47"
    )
    if not beyond_the_border:
        people = people.exclude(territory__code__in=["47067", "47113"])
    rows = list(people.order_by("territory__code").values_list("territory_id", "municipal_count"))
    drawn = rng.choices([pk for pk, _count in rows], [count**0.7 for _pk, count in rows], k=size)
    found: dict[int, list[int]] = {}
    for pk in drawn:
        found.setdefault(pk, [0, 0, 0])[rng.choices((0, 1, 2), (30, 55, 15))[0]] += 1
    return {pk: tuple(row) for pk, row in found.items()}


def publish(scope: Territory, answers: dict[int, tuple[int, ...]]) -> Release:
    indicator = Indicator.objects.get_or_create(
        code="soin",
        defaults={
            "theme": "voix", "title": "Soin", "unit": "%", "aggregation": Indicator.Aggregation.RATIO,
            "origin_kind": "survey", "origin_id": "s",
        },
    )[0]  # fmt: skip
    source = Source.objects.get_or_create(slug="s", defaults={"producer": "x", "title": "x"})[0]
    slices = [Slice.objects.get_or_create(key=Slice.TOTAL)[0]]
    slices += [
        Slice.objects.get_or_create(key=f"soin:{one}", defaults={"members": {"choice": one}, "order": order})[
            0
        ]
        for order, one in enumerate(CHOICES)
    ]
    rows = [
        FactRow(indicator.pk, pk, "2026", slice_.pk, float(count), sum(row))
        for pk, row in answers.items()
        for slice_, count in zip(slices, (sum(row), *row), strict=True)
    ]
    version = record_facts(actor=None, source=source, label="x", geography_on=DAY, rows=rows)
    size = sum(sum(row) for row in answers.values())
    subject = Subject("survey", "s", "s", "Soin", scope, size, is_open=True)
    return publish_release(actor=None, subject=subject, dataset_version=version)


def published_space(table: Table, release: Release) -> RowSpace:
    """What an attacker knows: the rows of `PublishedCell`, read as sums over communes and choices."""
    space = RowSpace()
    for cell in PublishedCell.objects.filter(release=release, status="V"):
        parts = table.areas[Area(cell.level_code, cell.territory_code)]
        choices = CHOICES if cell.slice_key == "total" else cell.slice_key.split("+")
        space.add({(part, choice): 1 for part in parts for choice in choices})
    return space


def small_targets(table: Table) -> Iterator[tuple[str, dict[tuple[str, str], int]]]:
    """Every count of 1 to 10 persons, of any area or single commune, of any choice, base or complement."""
    everyone = {part for parts in table.areas.values() for part in parts}
    areas = {**table.areas, **{Area("part", part): frozenset({part}) for part in everyone}}
    whole = table.areas[Area("departement", "47")]
    epci = frozenset().union(*(parts for area, parts in table.areas.items() if area.level == "epci"))
    areas[Area("difference", "outside EPCI")] = whole - epci
    for area, parts in areas.items():
        for choices in (
            CHOICES,
            *((one,) for one in CHOICES),
            ("non", "nsp"),
            ("oui", "nsp"),
            ("oui", "non"),
        ):
            count = sum(table.counts.slices[one].get(part, 0) for one in choices for part in parts)
            if PUBLIC.is_small(count):
                yield f"{area} {choices}", {(part, one): 1 for part in parts for one in choices}


def table_of(scope: Territory, answers: dict[int, tuple[int, ...]]) -> Table:
    geography = geography_of(scope, DAY, answers)
    base = {str(pk): sum(row) for pk, row in answers.items()}
    by_choice = {
        one: {str(pk): row[index] for pk, row in answers.items()} for index, one in enumerate(CHOICES)
    }
    return Table(geography.levels, geography.areas, CHOICES, Counts(base, by_choice))


@pytest.mark.parametrize(
    ("size", "beyond", "epci"),
    [
        (212, False, "withheld"),
        (4000, False, "published"),
        (4000, True, "withheld"),
        (30_000, True, "published"),
    ],
    ids=["212 answers", "département-wide", "a few answers over the border", "many answers"],
)
def test_no_small_count_can_be_computed(lot_et_garonne, db, size, beyond, epci):
    answers = voices(size, seed=size, beyond_the_border=beyond)
    release = publish(lot_et_garonne, answers)
    assert release.report["indicators"]["soin"]["departement"]["state"] == "published"
    assert release.report["indicators"]["soin"]["epci"]["state"] == epci
    table = table_of(lot_et_garonne, answers)
    space = published_space(table, release)
    leaks = [name for name, row in small_targets(table) if space.contains(row)]
    assert leaks == []


def test_open_survey_does_not_isolate_the_new_answers(lot_et_garonne, db):
    before = voices(2_000, seed=1, beyond_the_border=False)
    publish(lot_et_garonne, before)
    added = voices(60, seed=2, beyond_the_border=False)
    after = {
        pk: tuple(a + b for a, b in zip(before.get(pk, (0, 0, 0)), added.get(pk, (0, 0, 0)), strict=True))
        for pk in {**before, **added}
    }
    second = publish(lot_et_garonne, after)
    cells = {
        (one.level_code, one.territory_code, one.slice_key): []
        for one in PublishedCell.objects.filter(status="V", indicator_code="soin")
    }
    for one in PublishedCell.objects.filter(status="V", indicator_code="soin").order_by("release__number"):
        cells[one.level_code, one.territory_code, one.slice_key].append(one.value)
    differences = [values[1] - values[0] for values in cells.values() if len(values) == 2]
    assert second.number == 2
    assert differences
    assert not [one for one in differences if PUBLIC.is_small(int(one))]
