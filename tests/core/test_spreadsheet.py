"""Exported cells are never run by a spreadsheet program, and come back as they were."""

import csv
import io

import pytest
import tablib
from hypothesis import given
from hypothesis import strategies as st

from core.imports.views import guarded
from core.spreadsheet import guard_cell, unguard_cell
from core.tabular import read_table

FIRST = st.sampled_from(["=", "+", "-", "@", "\t", "\r", "\n", "'", "' ", "''=", " =", " '+", "＝", "a"])
CELLS = st.builds("{}{}".format, FIRST, st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12))


@pytest.mark.parametrize(
    "text", ["=1+1", "+33", "-2", "@now", "\tx", "\rx", "\n=1", " =1", "＝1", "'=1", "' =1", " '=1"]
)
def test_what_looks_like_a_formula_is_guarded(text: str) -> None:
    assert guard_cell(text) == f"'{text}"
    assert unguard_cell(guard_cell(text)) == text


@pytest.mark.parametrize("text", ["", "Oui", "Val d'Oise", "3 - 4", "'entre guillemets'", "a=b"])
def test_other_text_is_left_alone(text: str) -> None:
    assert guard_cell(text) == text == unguard_cell(text)


def test_numbers_stay_numbers() -> None:
    assert [guard_cell(value) for value in (-3, 2.5, None)] == [-3, 2.5, ""]


@given(st.text(max_size=30) | CELLS)
def test_no_exported_cell_starts_like_a_formula(text: str) -> None:
    assert not str(guard_cell(text)).lstrip().startswith(("=", "+", "-", "@"))
    assert unguard_cell(guard_cell(text)) == text


@given(st.lists(CELLS, min_size=1, max_size=6))
def test_our_own_file_reads_back_as_it_was(cells: list[str]) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(
        [["id", "text"], *([number, guard_cell(cell)] for number, cell in enumerate(cells))]
    )
    table = read_table(stream.getvalue().encode(), name="a.csv")
    assert [row.cells["text"] for row in table] == [cell.strip() for cell in cells]


def test_a_spreadsheet_holds_text_and_reads_back() -> None:
    cells = ["=1+1", "+33 5 53", "-", "@a", "Oui"]
    data = guarded(tablib.Dataset(*([str(n), cell] for n, cell in enumerate(cells)), headers=["id", "text"]))
    table = read_table(data.export("xlsx"), name="a.xlsx")
    assert [row.cells["text"] for row in table] == cells
