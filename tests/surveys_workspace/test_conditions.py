"""Conditions: what the small form writes is what it reads back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.surveys.definition import read_definition
from consultations.surveys.expressions import parse
from consultations.surveys.structure import Definition
from consultations.surveys.workspace import conditions
from consultations.surveys.workspace.conditions import OPERATORS, WITHOUT_VALUE, Row, Rows

CHOICES = [{"code": code, "label": {"fr": code.title()}} for code in ("oui", "non", "un_peu")]
DEFINITION: Definition = read_definition(
    {
        "questions": [
            {"code": "seul", "type": "single", "label": {"fr": "Seul ?"}, "choices": CHOICES},
            {"code": "gestes", "type": "multiple", "label": {"fr": "Gestes ?"}, "choices": CHOICES},
            {"code": "visites", "type": "number", "label": {"fr": "Visites ?"}},
            {"code": "moral", "type": "scale", "label": {"fr": "Moral ?"}, "min": 0, "max": 10},
            {"code": "jour", "type": "date", "label": {"fr": "Jour ?"}},
            {"code": "mot", "type": "text", "label": {"fr": "Un mot ?"}},
            {"code": "commune", "type": "commune", "label": {"fr": "Commune ?"}},
        ]
    }
)[0]
VALUES = {"single": ["oui", "non", "un_peu"], "multiple": ["oui", "non", "un_peu"], "date": ["2026-01-31"]}


@st.composite
def rows(draw: st.DrawFn) -> Row:
    question = draw(st.sampled_from(DEFINITION.questions))
    operator = draw(st.sampled_from(OPERATORS[question.type]))
    if operator in WITHOUT_VALUE:
        return Row(question.code, operator)
    pool = VALUES.get(question.type, ["0", "3", "2.5", "10"])
    several = 3 if question.type in {"single", "multiple"} else 1
    values = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=several, unique=True))
    return Row(question.code, operator, tuple(values))


@given(st.lists(rows(), min_size=1, max_size=4), st.sampled_from(["and", "or"]))
def test_expression_written_means_the_same_read_back(given_rows: list[Row], join: str) -> None:
    expression = conditions.to_expression(Rows(join, tuple(given_rows)), DEFINITION)
    read = conditions.from_expression(expression, DEFINITION)
    again = conditions.to_expression(read, DEFINITION) if read else expression
    assert parse(again) == parse(expression)


@pytest.mark.parametrize(
    ("row", "expression"),
    [
        (Row("seul", "is", ("oui",)), "seul = 'oui'"),
        (Row("seul", "is", ("oui", "un_peu")), "seul in ('oui', 'un_peu')"),
        (Row("seul", "is_not", ("oui", "non")), "not seul in ('oui', 'non')"),
        (Row("gestes", "one", ("oui", "non")), "selected(gestes, 'oui') or selected(gestes, 'non')"),
        (Row("gestes", "none", ("oui",)), "not selected(gestes, 'oui')"),
        (Row("visites", "at_least", ("3",)), "visites >= 3"),
        (Row("moral", "at_most", ("2,5",)), "moral <= 2.5"),
        (Row("jour", "at_least", ("2026-01-31",)), "jour >= '2026-01-31'"),
        (Row("mot", "unanswered"), "not answered(mot)"),
        (Row("inconnu", "is", ("oui",)), ""),
        (Row("seul", "at_least", ("3",)), ""),
        (Row("seul", "is"), ""),
    ],
    ids=str,
)
def test_row_becomes_expression(row: Row, expression: str) -> None:
    assert conditions.to_expression(Rows("and", (row,)), DEFINITION) == expression


@pytest.mark.parametrize(
    "expression", ["count(gestes) > 2", "seul = 'oui' and (mot = 'a' or visites > 3)", "seul =", "1 = 1"]
)
def test_expression_beyond_rows_is_left_as_text(expression: str) -> None:
    assert conditions.from_expression(expression, DEFINITION) is None


def test_condition_is_said_with_question_numbers() -> None:
    words = conditions.in_words("seul = 'oui' and visites >= 3", DEFINITION)
    for part in ("1", "« Oui »", "3", "« 3 »"):
        assert part in words
