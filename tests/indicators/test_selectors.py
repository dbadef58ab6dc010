"""Figures read from published cells."""

import pytest
from django.db import connection

from observatory.indicators.models import PublishedCell
from observatory.indicators.selectors import (
    UnknownFigure,
    figure,
    figure_cards,
    latest_releases,
    place_figures,
)
from tests.factories import observatory as make

CODE = "enquete--soin"


def test_figure_says_what_it_shows(place):
    make.release(place)
    found = figure(CODE, "epci", slice_key="oui")
    assert found.words.sentence == (
        "Lot-et-Garonne: 47\u00a0% of the 370 people who answered said “Oui”, that is 5 people out of 10."
    )
    assert [(row.code, row.text, row.rank) for row in found.published_rows] == [
        ("2", "63\u00a0%", 1),
        ("1", "42\u00a0%", 2),
    ]
    absent = next(row for row in found.rows if row.code == "3")
    assert (absent.value, absent.text, absent.css_class) == (None, "not available", "ca")


def test_figure_without_a_choice_is_the_first_answer_by_epci(place):
    make.release(place)
    found = figure(CODE)
    assert (found.level.code, found.slice.key) == ("epci", "oui")


def test_withheld_level_keeps_the_answers_of_the_whole(place):
    make.release(place, {**make.WELL_SPREAD, "z": (4, 3)})
    found = figure(CODE, "epci")
    assert found.is_withheld
    assert {row.css_class for row in found.rows} == {"cs"}
    assert [bar.label for bar in found.bars] == ["Oui", "Non"]
    assert [entry.css_class for entry in found.legend] == ["cs"]


def test_default_level_is_one_that_is_shown(place):
    make.release(place, {**make.WELL_SPREAD, "z": (4, 3)})
    assert figure(CODE).level.state == "published"


@pytest.mark.parametrize(
    "choice", [{"level": "mars"}, {"slice_key": "peut-etre"}, {"period": "1789"}, {"release_id": "x"}]
)
def test_what_is_not_published_is_unknown(place, choice):
    make.release(place)
    with pytest.raises(UnknownFigure):
        figure(CODE, **choice)


def test_figure_takes_few_queries_whatever_the_number_of_places(place, django_assert_num_queries):
    make.release(place)
    with django_assert_num_queries(4):
        figure(CODE, "commune")


def test_catalogue_tells_the_levels_shown(place):
    make.release(place, {**make.WELL_SPREAD, "z": (4, 3)})
    [card] = figure_cards(latest_releases())
    assert "epci" not in card.levels
    assert "departement" in card.levels


def test_place_is_read_beside_the_whole(place):
    make.release(place)
    [one] = place_figures("epci", "2")
    assert (one.label, one.row.text, one.reference.text) == ("Oui", "63\u00a0%", "47\u00a0%")


def test_index_is_used_for_a_map(place):
    release = make.release(place)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # a small table would be read whole
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = PublishedCell.objects.filter(
        release=release, indicator_code=CODE, level_code="epci", period="2026", slice_key="oui"
    ).explain()
    assert "SEARCH" in plan or "Index" in plan
