"""Contrast is what WCAG says, and what we propose can always be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms import colours, themes

shades = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#6a2350", "#fbf8f2", 10.06),
    ],
)
def test_contrast_is_the_one_of_wcag(first: str, second: str, expected: float) -> None:
    assert colours.contrast(first, second) == pytest.approx(expected, abs=0.01)


@given(shades, shades)
def test_contrast_is_symmetric_and_bounded(first: str, second: str) -> None:
    ratio = colours.contrast(first, second)
    assert ratio == colours.contrast(second, first)
    assert 1 <= ratio <= 21.001


@given(shades)
def test_text_on_any_colour_can_be_read(background: str) -> None:
    assert colours.contrast(colours.text_on(background), background) >= colours.AA


@given(shades, st.sampled_from([colours.LIGHT_PAPER, colours.DARK_PAPER]))
def test_the_proposed_colour_can_be_read(colour: str, background: str) -> None:
    proposal = colours.nearest_readable(colour, background)
    assert colours.is_hex(proposal)
    assert colours.contrast(proposal, background) >= colours.AA


@given(shades)
def test_a_readable_colour_is_proposed_unchanged(colour: str) -> None:
    if colours.contrast(colour, colours.LIGHT_PAPER) >= colours.AA:
        assert colours.nearest_readable(colour, colours.LIGHT_PAPER) == colour


@given(shades)
def test_the_theme_is_readable_in_both_schemes(colour: str) -> None:
    if themes.problems(colour, ""):
        return
    accent = themes.accent_for(colour)
    assert colours.contrast(accent.light, colours.LIGHT_PAPER) >= colours.AA
    assert colours.contrast(accent.dark, colours.DARK_PAPER) >= colours.AA


def test_the_message_gives_a_colour_to_use_instead() -> None:
    assert "#" in themes.problems("#ffcc00", "")["accent"]
    assert themes.problems("#ffcc00", "#111111").keys() == {"accent", "accent_dark"}


def test_the_default_needs_no_stylesheet() -> None:
    assert themes.stylesheet(themes.DEFAULT) == ""
    assert "--accent:light-dark(#0b5fa5" in themes.stylesheet(themes.accent_for("#0b5fa5"))
