"""Figures in words and the classes of a map."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.indicators import wording
from observatory.indicators.legends import breaks_of, class_of


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "nobody"),
        (3, "fewer than 1 person out of 10"),
        (12, "1 person out of 10"),
        (78, "8 people out of 10"),
        (97, "almost everybody"),
        (100, "everybody"),
    ],
)
def test_share_is_said_as_people_out_of_ten(share, words):
    assert wording.out_of_ten(share) == words


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(41.8, 0, "42"), (0.25, 1, "0.2"), (-3.06, 1, "\u22123.1"), (1234.0, 0, "1,234")],
)
def test_number_is_rounded_and_grouped(value, decimals, text):
    assert wording.number(value, decimals) == text


def test_extremes_are_said_only_when_they_differ():
    assert wording.extremes_sentence([("Agen", "3%"), ("Duras", "3%")]) == ""
    assert wording.extremes_sentence([("Agen", "3%")]) == ""
    assert (
        wording.extremes_sentence([("Agen", "5%"), ("Duras", "3%")])
        == "Highest: Agen, 5%. Lowest: Duras, 3%."
    )


@pytest.mark.parametrize("reason", wording.REASONS)
def test_every_reason_to_withhold_names_the_statistical_secret(reason):
    assert wording.withheld_reason(reason).startswith("Statistical secret")


def test_secret_absent_and_zero_are_three_different_things():
    assert len({wording.status_words("N"), wording.status_words("M"), wording.number(0)}) == 3


@given(st.lists(st.floats(-1e6, 1e6, allow_nan=False), max_size=40))
def test_every_value_falls_in_one_of_at_most_four_classes(values):
    breaks = breaks_of(values)
    assert breaks == sorted(set(breaks))
    assert {class_of(value, breaks) for value in values} <= set(range(1, 5))
