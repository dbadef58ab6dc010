"""Two people write the same fields: nothing anyone wrote is lost without being shown."""

import datetime
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from consultations.actions.merging import Conflict, merge_fields, written
from consultations.actions.money import EuroField, FigureField, parse_euros

WORDS = st.sampled_from(["", "a", "b", "c"])
FIELDS = st.fixed_dictionaries({"title": WORDS, "lead": WORDS})


@pytest.mark.parametrize(
    ("now", "base", "mine", "changed", "conflict"),
    [
        ("a", "a", "a", False, False),
        ("a", "a", "b", True, False),  # only I changed it
        ("b", "a", "a", False, False),  # only they changed it
        ("b", "a", "b", False, False),  # we wrote the same
        ("b", "a", "c", False, True),  # we wrote two things
        ("b", "a", "", False, True),  # I emptied what they changed
    ],
)
def test_one_field(now: str, base: str, mine: str, changed: bool, conflict: bool) -> None:
    merged = merge_fields(current={"x": now}, base={"x": base}, mine={"x": mine})
    assert merged.changed == (("x",) if changed else ())
    assert merged.conflicts == ((Conflict("x", now, mine),) if conflict else ())


def test_without_a_base_what_is_given_is_written() -> None:
    assert merge_fields(current={"x": "a"}, base={}, mine={"x": "b"}).changed == ("x",)


@given(base=FIELDS, first=FIELDS, second=FIELDS)
def test_what_the_second_person_does_not_touch_stays(
    base: dict[str, str], first: dict[str, str], second: dict[str, str]
) -> None:
    """After both saved, each field is theirs, mine, or shown as a conflict; never the forgotten base."""
    merged = merge_fields(current=first, base=base, mine=second)
    after = first | {name: second[name] for name in merged.changed}
    shown = {one.name for one in merged.conflicts}
    for name in base:
        if name in shown:
            assert first[name] != second[name] and base[name] not in {first[name], second[name]}
        elif second[name] != base[name]:
            assert after[name] == second[name]
        else:
            assert after[name] == first[name]


@given(base=FIELDS, first=FIELDS, second=FIELDS)
def test_choosing_again_after_a_conflict_writes_it(
    base: dict[str, str], first: dict[str, str], second: dict[str, str]
) -> None:
    merged = merge_fields(current=first, base=base, mine=second)
    seen = base | {one.name: one.theirs for one in merged.conflicts}
    again = merge_fields(current=first, base=seen, mine=second)
    assert not again.conflicts
    assert {one.name for one in merged.conflicts} <= set(again.changed)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (Decimal("12.50"), "12.5"),
        (Decimal("100"), "100"),
        (datetime.date(2026, 3, 1), "2026-03-01"),
        (["b", "a"], "a,b"),
        (" deux\r\nlignes ", "deux\nlignes"),
        (3, "3"),
    ],
)
def test_values_as_a_form_sends_them_back(value: object, text: str) -> None:
    assert written(value) == text


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("12500", "12500"),
        ("12 500", "12500"),
        ("12\u202f500,50 €", "12500.50"),
        ("1 000 euros", "1000"),
        ("20 EUR", "20"),
        ("0,5", "0.50"),
        ("", "0"),
    ],
)
def test_amounts_as_people_type_them(typed: str, amount: str) -> None:
    assert EuroField().clean(typed) == Decimal(amount)


@pytest.mark.parametrize(
    ("kept", "shown"), [("14.000", "14"), ("0.500", "0,5"), ("1200.000", "1200"), ("0.000", "0")]
)
def test_a_figure_is_shown_again_as_it_was_typed(kept: str, shown: str) -> None:
    class Only(forms.Form):
        value = FigureField(max_digits=14, decimal_places=3)

    form = Only(initial={"value": Decimal(kept)})
    assert f'value="{shown}"' in str(form["value"])
    assert Only({"value": shown}).is_valid()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("-5", "negative"),
        ("100 $", "currency"),
        ("100 USD", "currency"),
        ("100 £", "currency"),
        ("100 k€", "currency"),
        ("beaucoup", "currency"),
        ("12,505", "amount"),
        ("1..2", "amount"),
        ("99999999999", "amount"),
    ],
)
def test_amounts_refused_with_their_reason(typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        parse_euros(typed)
    assert refused.value.code == code
