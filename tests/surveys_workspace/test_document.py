"""Changes of a questionnaire document: nothing is lost, nothing is touched in place."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.surveys.workspace import document
from consultations.surveys.workspace.document import QuestionGone

THREE = {
    "schema": 1,
    "intro": {"fr": "Bonjour"},
    "questions": [{"code": code, "type": "text", "label": {"fr": code}} for code in ("a", "b", "c")],
}


def order(of: dict) -> str:
    return "".join(question["code"][0] for question in of["questions"])


@pytest.mark.parametrize(
    ("code", "offset", "expected"),
    [("a", 1, "bac"), ("c", -1, "acb"), ("a", -1, "abc"), ("c", 5, "abc"), ("a", 2, "bca")],
)
def test_move_stops_at_the_ends(code: str, offset: int, expected: str) -> None:
    assert order(document.moved(THREE, code, offset)) == expected


@given(st.sampled_from("abc"), st.integers(-4, 4))
def test_changes_leave_the_old_document_alone(code: str, offset: int) -> None:
    before = copy.deepcopy(THREE)
    document.moved(THREE, code, offset)["questions"][0]["label"]["fr"] = "x"
    document.duplicated(THREE, code)["questions"][0]["label"]["fr"] = "x"
    document.without(THREE, code)
    assert before == THREE


def test_duplicate_has_its_own_code_and_no_role() -> None:
    twin = document.duplicated({"questions": [{"code": "a", "type": "commune", "role": "territory"}]}, "a")
    assert [(q["code"], q.get("role")) for q in twin["questions"]] == [("a", "territory"), ("a_2", None)]


def test_deleted_keeps_the_rest() -> None:
    left = document.without(THREE, "b")
    assert (order(left), left["intro"]) == ("ac", {"fr": "Bonjour"})


def test_unknown_question_is_gone() -> None:
    with pytest.raises(QuestionGone):
        document.find(THREE, "z")


@pytest.mark.parametrize(
    ("words", "code"),
    [("Vivez-vous seul ?", "vivez_vous_seul"), ("12 mois", "mois"), ("???", "question"), ("Not", "not_1"),
     ("Œuvre à part", "oeuvre_a_part"), ("a", "a_2")],
)  # fmt: skip
def test_code_is_made_from_words(words: str, code: str) -> None:
    assert document.free_code(words, {"a"}) == code


def test_cleaning_drops_what_the_type_does_not_use() -> None:
    question = {
        "code": "a", "type": "number", "label": {"fr": "A", "en": ""}, "choices": [{"code": "x"}],
        "min": 0, "unit": {"fr": "km"}, "rows": 4, "help": {"fr": ""},
    }  # fmt: skip
    assert document.cleaned_question(question) == {
        "code": "a", "type": "number", "label": {"fr": "A"}, "min": 0, "unit": {"fr": "km"},
    }  # fmt: skip


@pytest.mark.parametrize("broken", [{}, {"questions": None}, {"questions": ["x", 3]}, {"questions": {}}])
def test_broken_draft_has_no_question(broken: dict) -> None:
    assert document.questions(broken) == []
