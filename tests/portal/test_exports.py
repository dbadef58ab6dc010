"""Files are safe to open in a spreadsheet."""

import pytest

from observatory.portal.exports import COLUMNS, csv_lines, safe_text


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@now", "\tx", "\rx", "\n=1"])
def test_text_that_looks_like_a_formula_is_defused(text):
    assert safe_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Oui", "Val d'Oise", "3 - 4"])
def test_other_text_is_left_alone(text):
    assert safe_text(text) == text


def test_file_has_a_header_and_quotes_what_needs_it():
    lines = list(csv_lines([["a", "b,c"]]))
    assert lines == [",".join(COLUMNS) + "\r\n", 'a,"b,c"\r\n']
