"""Codes, names and the graph, on the real territories."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from territories.models import Territory
from territories.selectors import (
    AmbiguousTerritory,
    UnknownTerritory,
    ancestors,
    commune_to,
    members,
    resolve_code,
    search_territories,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lot_et_garonne")]
Pin = Callable[[int], Any]


def day(year: int) -> datetime.date:
    return datetime.date(year, 6, 1)


@pytest.mark.parametrize(
    ("code", "level", "on", "name"),
    [
        ("47001", "commune", None, "Agen"),
        ("47001", "canton", None, "Agen-1"),
        ("4701", None, None, "Agen-1"),
        ("47001", "arrondissement", None, "Agen"),
        ("200035459", None, None, "CA Agglomération d'Agen"),
        ("200036572", None, None, "CA Agglomération d'Agen"),
        ("200035459", None, day(2021), "CA d'Agen"),
        ("47322", "commune", None, "Lannes"),
        ("47163", "commune", day(1980), "Marmande"),
        ("47163", "commune", day(1960), "Mauvezin-sur-Gupie"),
        ("47163", "commune", None, "Mauvezin-sur-Gupie"),
        (" 47176 ", "commune", None, "Montgaillard-en-Albret"),
    ],
)
def test_code_leads_to_the_territory_of_the_day(
    code: str, level: str | None, on: datetime.date | None, name: str
) -> None:
    assert resolve_code(code, level=level, on=on).name == name


def test_47001_alone_is_refused_with_its_candidates() -> None:
    with pytest.raises(AmbiguousTerritory) as refused:
        resolve_code("47001")
    assert [(one.level_id, one.code) for one in refused.value.candidates] == [
        ("commune", "47001"), ("canton", "4701"), ("arrondissement", "471"),
    ]  # fmt: skip
    assert "Agen-1 (4701)" in str(refused.value)


@pytest.mark.parametrize(
    ("code", "on"), [("99999", None), ("", None), ("200096956", day(2021)), ("é\0", None)]
)
def test_code_without_territory_is_unknown(code: str, on: datetime.date | None) -> None:
    with pytest.raises(UnknownTerritory):
        resolve_code(code, on=on)


def test_resolving_an_old_code_takes_few_queries(django_assert_num_queries: Pin) -> None:
    with django_assert_num_queries(2):
        resolve_code("200035459")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("agen", "47001"),
        ("AGEN", "47001"),
        ("nerac", "47195"),
        ("st etienne de fougeres", "47239"),
        ("villeneuve sur lot", "47323"),
        ("vilneuve sur lot", "47323"),
        ("marmende", "47157"),
        ("tombeboeuf", "47309"),
        ("Mongaillard", "47176"),
        ("47322", "47134"),
        ("agen 47000", "47001"),
    ],
)
def test_search_forgives_accents_hyphens_saints_old_names_and_typing_errors(text: str, code: str) -> None:
    found = search_territories(text, levels=["commune"])
    assert code in [one.territory.code for one in found][:3]


@pytest.mark.parametrize("text", ["", "   ", "-'", "qqqqqq", "%", "47", "\0", "a" * 5000, "😀"])
def test_search_of_nonsense_finds_nothing(text: str) -> None:
    assert search_territories(text, levels=["commune"]) == []


def test_search_says_the_departement_of_homonyms() -> None:
    (first, *_others) = search_territories("Saint-Antoine")
    assert first.label == "Saint-Antoine (Gers)"


@pytest.mark.parametrize(("text", "queries"), [("agen", 3), ("marmende", 4), ("47001", 3)])
def test_search_takes_few_queries(text: str, queries: int, django_assert_num_queries: Pin) -> None:
    with django_assert_num_queries(queries):
        search_territories(text, levels=["commune"])


def test_shared_commune_is_partly_in_four_cantons_and_wholly_in_the_rest() -> None:
    kin = ancestors(resolve_code("47001", level="commune"))
    assert [(one.territory.level_id, one.is_full) for one in kin] == [
        *[("canton", False)] * 4,
        ("epci", True),
        ("arrondissement", True),
        ("departement", True),
        ("region", True),
    ]


def test_commune_of_an_epci_across_departements_is_in_its_own_only() -> None:
    kin = ancestors(resolve_code("32358", level="commune"))
    assert [one.territory.name for one in kin if one.territory.level_id == "departement"] == ["Gers"]


def test_members_tell_whole_from_part() -> None:
    departement = resolve_code("47", level="departement")
    inside = members(departement, "epci")
    assert len(inside.full) == 11
    assert [one.territory.code for one in inside.partial] == ["248200016"]
    assert len(members(departement, "commune").full) == 319


@pytest.mark.parametrize(
    ("level", "on", "count", "parts"),
    [
        ("epci", None, 12, 0),
        ("epci", day(2021), 13, 0),
        ("epci", day(2018), 0, 0),
        ("canton", None, 20, 3),
        ("arrondissement", None, 4, 0),
        ("departement", None, 3, 0),
        ("region", None, 2, 0),
    ],
)
def test_communes_add_up_to_every_level(level: str, on: datetime.date | None, count: int, parts: int) -> None:
    roll_up = commune_to(level, on)
    assert (len({*roll_up.full.values()}), len(roll_up.partial)) == (count, parts)
    assert not {*roll_up.full} & {*roll_up.partial}


def test_ancestors_take_one_query_per_step(django_assert_num_queries: Pin) -> None:
    agen = Territory.objects.get(level="commune", code="47001", valid_to=None)
    with django_assert_num_queries(3):
        ancestors(agen)
