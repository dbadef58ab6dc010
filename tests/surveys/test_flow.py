"""What is shown, what an answer is worth, where one stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.surveys.definition import parse_definition
from consultations.surveys.flow import (
    AnswerError,
    Position,
    check_answer,
    check_answers,
    exact_position,
    keep_visible,
    quote,
    visible_questions,
)
from tests.surveys.documents import every_type, question, questionnaire

DEFINITION = parse_definition(every_type())


def ask(kind, raw, **more):
    return check_answer(parse_definition(questionnaire(question("a", kind, **more))).questions[0], raw, {})


@pytest.mark.parametrize(
    ("kind", "raw", "more", "answer"),
    [
        ("single", "oui", {}, "oui"),
        ("single", "", {}, None),
        ("multiple", ["non", "oui", "non"], {}, ["oui", "non"]),
        ("multiple", "oui", {}, ["oui"]),
        ("multiple", [], {}, None),
        ("scale", "7", {}, 7),
        ("scale", 0, {}, 0),
        ("scale", "2,5", {"min": 0, "max": 5, "step": 0.5}, 2.5),
        ("number", " 1 234,50 ", {}, 1234.5),
        ("number", "0", {"required": True}, 0),
        ("number", "", {}, None),
        ("text", "  a\r\nb\x00\x1b ", {}, "a\nb"),
        ("text", "   ", {}, None),
        ("text", "é" * 10, {"max_length": 10}, "é" * 10),
        ("commune", "47001", {}, "47001"),
        ("commune", "2A004", {}, "2A004"),
        ("date", "2024-02-29", {}, "2024-02-29"),
    ],
)
def test_an_answer_is_put_in_its_canonical_form(kind, raw, more, answer):
    assert ask(kind, raw, **more) == answer


@pytest.mark.parametrize(
    ("kind", "raw", "more"),
    [
        ("single", "autre", {}),
        ("single", ["oui"], {}),
        ("single", None, {"required": True}),
        ("multiple", ["oui", "autre"], {}),
        ("multiple", {"oui": 1}, {}),
        ("multiple", [["oui"]], {}),
        ("multiple", [], {"required": True}),
        ("scale", "11", {}),
        ("scale", "2.5", {}),
        ("scale", True, {}),
        ("number", "douze", {}),
        ("number", "1e9", {}),
        ("number", "nan", {}),
        ("number", float("inf"), {}),
        ("number", 10**400, {}),
        ("number", "121", {"max": 120}),
        ("number", "-1", {"min": 0}),
        ("number", "3", {"min": 0, "step": 2}),
        ("text", "a" * 11, {"max_length": 10}),
        ("text", 3, {}),
        ("text", " \x00 ", {"required": True}),
        ("commune", "Agen", {}),
        ("commune", 47001, {}),
        ("date", "2023-02-29", {}),
        ("date", "0024-01-01", {}),
        ("date", "20240101", {}),
        ("date", 20240101, {}),
    ],
)
def test_a_wrong_answer_is_refused_with_words(kind, raw, more):
    with pytest.raises(AnswerError, match=r"\w"):
        ask(kind, raw, **more)


def test_an_exclusive_choice_stays_alone():
    choices = [
        {"code": "repas", "label": {"fr": "Repas"}},
        {"code": "aucun", "label": {"fr": "Aucun"}, "exclusive": True},
    ]
    assert ask("multiple", ["aucun"], choices=choices) == ["aucun"]
    with pytest.raises(AnswerError, match="Aucun"):
        ask("multiple", ["repas", "aucun"], choices=choices)


def test_a_constraint_refuses_only_what_is_false():
    more = {"constraint": "a >= 18", "constraint_message": {"fr": "Réservé aux adultes."}}
    assert ask("number", "18", **more) == 18
    assert ask("number", "", **more) is None
    with pytest.raises(AnswerError, match="Réservé aux adultes"):
        ask("number", "17", **more)


def test_a_hidden_question_is_dropped_with_what_depends_on_it():
    definition = parse_definition(
        questionnaire(
            question("a"),
            question("b", visible_when="a = 'oui'", required=True),
            question("c", visible_when="b = 'oui'", required=True),
        )
    )
    checked = check_answers(definition, {"a": "non", "b": "oui", "c": "oui"})
    assert checked.answers == {"a": "non"}
    assert checked.errors == {}


def test_a_question_shown_without_an_answer_is_null():
    checked = check_answers(DEFINITION, {"seul": "oui"})
    assert checked.answers["mots"] is None
    assert "gestes" not in checked.answers


def test_errors_name_their_question():
    checked = check_answers(DEFINITION, {"age": "999", "commune": "x"})
    assert set(checked.errors) == {"seul", "age", "commune"}


@pytest.mark.parametrize(
    ("answers", "code", "expected"),
    [
        ({}, "seul", None),
        ({}, "age", None),
        ({"age": 70}, "gestes", Position(3, 7)),
        ({"age": 70}, "mots", Position(7, 7)),
        ({"age": 12}, "mots", Position(6, 6)),
        ({"age": 12}, "gestes", None),
    ],
)
def test_the_position_is_given_only_when_exact(answers, code, expected):
    assert exact_position(DEFINITION, answers, code) == expected


def test_quotation_uses_the_words_of_the_answer():
    label = DEFINITION.by_code["depuis"].label.say()
    assert quote(label, DEFINITION, {"age": 82}, "fr") == "Depuis quand, avec 82 ans ans ?"
    assert quote(label, DEFINITION, {}, "fr") == "Depuis quand, avec … ans ?"


raw_answers = st.dictionaries(
    st.sampled_from(list(DEFINITION.by_code)),
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=10),
        st.lists(st.sampled_from(["repas", "toilette", "aucun", "oui", "x"]), max_size=4),
        st.dictionaries(st.text(max_size=2), st.none(), max_size=1),
        st.sampled_from(["oui", "non", "70", "12", "47001", "2024-01-01", "3"]),
    ),
)


@given(raw_answers)
def test_checking_never_fails_and_checking_twice_changes_nothing(raw):
    once = check_answers(DEFINITION, raw)
    twice = check_answers(DEFINITION, once.answers)
    assert twice.answers == once.answers
    assert set(once.answers) == {question.code for question in visible_questions(DEFINITION, once.answers)}


@given(raw_answers)
def test_what_is_kept_is_visible_and_keeping_twice_changes_nothing(raw):
    kept = keep_visible(DEFINITION, raw)
    assert keep_visible(DEFINITION, kept) == kept
    assert set(kept) <= set(raw)
