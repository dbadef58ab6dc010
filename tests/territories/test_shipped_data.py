"""What the shipped data gives, against the figures its publishers gave."""

import datetime

import pytest

from territories.models import Population, Territory, TerritoryAlias, TerritoryEvent, TerritoryRelation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lot_et_garonne")]


def test_every_level_has_its_territories_of_today() -> None:
    counts = {
        level: Territory.objects.current().at_level(level).filter(code__startswith="47").count()
        for level in ("departement", "arrondissement", "canton", "commune")
    }
    assert counts == {"departement": 1, "arrondissement": 4, "canton": 21, "commune": 319}


@pytest.mark.parametrize(("year", "count"), [(2019, 13), (2021, 13), (2022, 12), (2025, 12)])
def test_epci_follow_the_composition_of_the_year(year: int, count: int) -> None:
    assert Territory.objects.at_level("epci").valid_on(datetime.date(year, 6, 1)).count() == count


def test_shared_communes_are_partly_in_their_cantons_with_their_share() -> None:
    rows = TerritoryRelation.objects.filter(parent__level="canton", coverage="partial")
    shares: dict[str, float] = {}
    for row in rows:
        shares[row.child.name] = shares.get(row.child.name, 0) + (row.weight or 0)
    assert {name: round(share, 2) for name, share in shares.items()} == {
        "Agen": 1, "Marmande": 1, "Villeneuve-sur-Lot": 1,
    }  # fmt: skip


def test_epci_across_departements_is_partly_in_each() -> None:
    rows = TerritoryRelation.objects.filter(child__code="248200016", parent__level="departement")
    assert {(row.parent.code, row.coverage) for row in rows} == {
        ("47", "partial"), ("82", "partial"), ("32", "partial"),
    }  # fmt: skip


def test_merger_of_2022_leads_from_the_old_epci_to_the_new() -> None:
    event = TerritoryEvent.objects.get(happened_on=datetime.date(2022, 1, 1), kind="merge")
    assert {(link.before.code, link.after.code) for link in event.links.all()} == {
        ("200035459", "200096956"), ("200036572", "200096956"),
    }  # fmt: skip


def test_renamed_commune_keeps_its_code_and_answers_to_its_old_name() -> None:
    alias = TerritoryAlias.objects.get(value="Mongaillard")
    assert (alias.territory.code, alias.territory.name) == ("47176", "Montgaillard-en-Albret")


@pytest.mark.parametrize(
    ("level", "code", "year", "count"),
    [
        ("departement", "47", 2016, 332_833),
        ("departement", "47", 2020, 330_844),
        ("departement", "47", 2023, 333_602),
        ("departement", "33", 2023, 1_690_493),
        ("epci", "200096956", 2021, 101_684),
    ],
)
def test_populations_are_those_insee_published(level: str, code: str, year: int, count: int) -> None:
    population = Population.objects.get(territory__level=level, territory__code=code, year=year)
    assert population.municipal_count == count


def test_cantons_with_a_shared_commune_have_no_population() -> None:
    cantons = Territory.objects.at_level("canton").filter(populations=None)
    assert {one.code for one in cantons} == {
        "4701", "4702", "4703", "4704", "4713", "4714", "4720", "4721",
    }  # fmt: skip


def test_departements_known_in_part_are_not_summed() -> None:
    years = Population.objects.filter(territory__level="departement", territory__code="82")
    assert [one.year for one in years] == [2023]
