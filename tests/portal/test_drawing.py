"""Bars are as long as what they say."""

from observatory.indicators.figures import Bar, Row
from observatory.portal.drawing import draw_bars, draw_map, draw_rows
from territories.selectors import Outlines, Shape


def row(code: str, value: float | None) -> Row:
    css = "cs" if value is None else "c1"
    return Row("epci", code, code, value, str(value), "", None, None, "V", None, css)


def test_places_are_drawn_the_highest_first_and_hidden_ones_last_without_a_bar():
    bars = draw_rows([row("a", 10), row("b", None), row("c", 40)])
    assert [(bar.label, bar.width) for bar in bars] == [("c", 100), ("a", 25), ("b", 0)]


def test_negative_values_are_drawn_on_the_other_side_of_zero():
    bars = draw_rows([row("a", 30), row("b", -10)])
    assert [(bar.start, bar.width) for bar in bars] == [(25, 75), (0, 25)]


def test_shares_are_drawn_out_of_a_hundred():
    bars = draw_bars([Bar("x", "x", 20, "", None, False), Bar("y", "y", 60, "", None, False)], overlaps=True)
    assert [(bar.label, bar.width) for bar in bars] == [("y", 60), ("x", 20)]


def test_map_draws_the_place_in_focus_above_the_others_and_unknown_ones_as_absent():
    outlines = Outlines("0 0 9 9", [Shape("a", "A", "M0"), Shape("z", "Z", "M1")], "IGN", 2018)
    drawn = draw_map(outlines, [row("a", 1)], focus="a")
    assert [(shape.css_class, shape.title) for shape in drawn.shapes] == [("ca", "Z"), ("c1 focus", "a : 1")]
