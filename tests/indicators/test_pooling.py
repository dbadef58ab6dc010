"""How many people voiced a need: only from published cells, a floor, never under the threshold."""

import pytest

from observatory.indicators.models import PublishedCell, Release
from observatory.indicators.pooling import Pooled, pooled_cells

V = PublishedCell.Status.PUBLISHED
HIDDEN = PublishedCell.Status.SMALL_COUNT
NEED, OTHER = "1.1.2", "1.3"


def cell(slice_key, value, *, indicator="q", status=V, place="47"):
    return PublishedCell(
        release=Release(), indicator_code=indicator, level_code="departement", territory_code=place,
        territory_name="Lieu", period="2026", slice_key=slice_key, value=value,
        base_count=None if value is None else 200, status=status,
    )  # fmt: skip


def pooled(overlapping=()):
    return Pooled(
        code="enquete--besoins",
        needs={
            "q": {"a": frozenset({NEED}), "b": frozenset({NEED}), "c": frozenset({OTHER})},
            "r": {"a": frozenset({NEED})},
        },
        labels={NEED: "Manger", OTHER: "Sortir"},
        overlapping=frozenset(overlapping),
    )


def voices(cells, overlapping=()):
    found = pooled_cells(cells, pooled(overlapping))
    assert all(one.indicator_code == "enquete--besoins" and one.status == V for one in found)
    return {(one.territory_code, one.slice_key): one.value for one in found}


@pytest.mark.parametrize(
    ("cells", "overlapping", "expected"),
    [
        ([cell("a", 20.0), cell("b", 15.0)], (), {("47", NEED): 35.0}),  # answers that exclude each other
        ([cell("a", 20.0), cell("b", 15.0)], ("q",), {("47", NEED): 20.0}),  # one person may be in both
        ([cell("a", 20.0), cell("a", 30.0, indicator="r")], (), {("47", NEED): 30.0}),  # two questions
        ([cell("a+b", 40.0)], (), {("47", NEED): 40.0}),  # shown together, one need
        ([cell("b+c", 40.0)], (), {}),  # shown together, two needs: nobody knows whose
        ([cell("a", 20.0), cell("b", None, status=HIDDEN)], (), {("47", NEED): 20.0}),
        ([cell("a", 10.0)], (), {}),  # under eleven
        ([cell("a", None, status=HIDDEN)], (), {}),
        ([cell("total", 500.0), cell("z", 500.0)], (), {}),  # neither the whole nor an answer without code
        ([cell("a", 20.0), cell("a", 12.0, place="12")], (), {("47", NEED): 20.0, ("12", NEED): 12.0}),
    ],
)  # fmt: skip
def test_needs_are_counted_from_published_cells_alone(cells, overlapping, expected):
    assert voices(cells, overlapping) == expected
