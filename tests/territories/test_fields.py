"""The commune field, as a form without JavaScript uses it."""

import pytest
from django import forms

from territories.forms import CommuneField, TerritoryField
from territories.selectors import resolve_code
from tests.factories.territories import inside, territory

pytestmark = pytest.mark.django_db


class HomeForm(forms.Form):
    commune = CommuneField(label="Où habitez-vous ?", required=True)
    place = TerritoryField(label="Territoire", required=False, levels=("commune", "canton"))


@pytest.fixture(autouse=True)
def places() -> None:
    gers = territory("Gers", "departement", code="32")
    inside(territory("Saint-Antoine", code="32358"), gers)
    lot_et_garonne = territory("Lot-et-Garonne", "departement", code="47")
    for name, code in (("Agen", "47001"), ("Villeneuve-sur-Lot", "47323"), ("Villeneuve-de-Duras", "47321")):
        inside(territory(name, code=code), lot_et_garonne)
    inside(territory("Agen", "canton", code="4701"), lot_et_garonne)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"commune": "agen"}, "47001"),
        ({"commune": "AGEN 47000"}, "47001"),
        ({"commune": "47001"}, "47001"),
        ({"commune": "st antoine"}, "32358"),
        ({"commune": "villeneuve", "commune_choice": "commune:47321"}, "47321"),
        ({"commune": "", "commune_choice": "commune:47321"}, "47321"),
        ({"commune": "Agen", "commune_choice": "commune:47321"}, "47001"),
        ({"commune": "Agen", "commune_choice": "canton:4701"}, "47001"),
        ({"commune": "Agen", "commune_choice": "garbage"}, "47001"),
        ({"commune": "Agen", "commune_choice": "comm\0une:47\0"}, "47001"),
    ],
)
def test_words_and_choice_give_one_commune(data: dict[str, str], code: str) -> None:
    form = HomeForm(data)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["commune"] == resolve_code(code, level="commune")
    assert form.cleaned_data["place"] is None


@pytest.mark.parametrize(
    ("text", "reason", "candidates"),
    [
        ("villeneuve", "near", ["Villeneuve-de-Duras", "Villeneuve-sur-Lot"]),
        ("vilneuve sur lot", "near", ["Villeneuve-sur-Lot"]),
        ("nowhere at all", "unknown", []),
        ("<script>alert(1)</script>", "unknown", []),
        ("\0", "unknown", []),
        ("", "required", []),
    ],
)
def test_uncertain_words_come_back_with_what_they_may_mean(
    text: str, reason: str, candidates: list[str]
) -> None:
    form = HomeForm({"commune": text})
    assert form.errors.as_data()["commune"][0].code == reason
    html = form.as_p()
    assert [name for name in candidates if f"{name} <small>" not in html] == []
    assert html.count('type="radio"') == len(candidates)
    assert "<script>alert" not in html


def test_several_levels_with_one_name_are_offered() -> None:
    form = HomeForm({"commune": "agen", "place": "agen"})
    assert form.errors.as_data()["place"][0].code == "several"
    assert 'value="canton:4701"' in str(form["place"])


def test_stored_code_and_territory_are_shown_by_name() -> None:
    for initial in ("47323", resolve_code("47323")):
        html = str(HomeForm(initial={"commune": initial})["commune"])
        assert 'value="Villeneuve-sur-Lot"' in html
        assert 'value="commune:47323"' in html


def test_forms_do_not_share_candidates() -> None:
    HomeForm({"commune": "villeneuve"}).is_valid()
    assert 'type="radio"' not in str(HomeForm()["commune"])


def test_same_value_has_not_changed() -> None:
    agen = resolve_code("47001")
    field = CommuneField()
    posted = field.widget.value_from_datadict({"c": "Agen", "c_choice": "commune:47001"}, {}, "c")
    assert not field.has_changed(agen, posted)
    assert field.has_changed(agen, field.widget.value_from_datadict({"c": "Duras"}, {}, "c"))
