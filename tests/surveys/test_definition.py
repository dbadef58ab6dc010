"""Reading a questionnaire document: nothing raises, every problem is named once with its remedy."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.surveys.definition import (
    DefinitionError,
    QuestionType,
    content_hash,
    parse_definition,
    read_definition,
)
from consultations.surveys.publication import check_publication
from tests.surveys.documents import every_type, question, questionnaire

NEEDS = {"1.1.2"}


def places(document, previous=(), needs=NEEDS, blocking=True):
    problems = check_publication(document, previous_versions=previous, need_codes=needs)
    return [problem.place for problem in problems if problem.is_blocking == blocking]


def test_a_complete_document_is_read_whole():
    definition = parse_definition(every_type())
    assert [each.type for each in definition.questions] == [
        QuestionType.SINGLE,
        QuestionType.NUMBER,
        QuestionType.MULTIPLE,
        QuestionType.SCALE,
        QuestionType.COMMUNE,
        QuestionType.DATE,
        QuestionType.TEXT,
    ]
    assert definition.by_code["satisfaction"].steps() == (1, 2, 3, 4, 5)
    assert places(every_type()) == []


def test_words_fall_back_on_french():
    label = (
        parse_definition(questionnaire(question("a", label={"fr": "Bonjour", "fr-easy": "Salut"})))
        .questions[0]
        .label
    )
    assert (label.say("fr"), label.say("fr", easy=True), label.say("en")) == ("Bonjour", "Salut", "Bonjour")


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"label": {"en": "Hello"}}, "a.label"),
        ({"type": "slider"}, "a.type"),
        ({"code": "A-b"}, "questions.0"),
        ({"code": "and"}, "questions.0"),
        ({"choices": []}, "a.choices"),
        ({"choices": [{"code": "x", "label": {"fr": "X"}}] * 2}, "a.choices.x"),
        ({"choices": [{"code": "é", "label": {"fr": "X"}}]}, "a.choices.0"),
        ({"choices": [{"code": "x", "label": {}}]}, "a.choices.x.label"),
        ({"visible_when": "b ="}, "a.visible_when"),
        ({"role": "territory"}, "a.role"),
        ({"needs": "1.1.2"}, "a.needs"),
        ({"type": "scale", "min": 0, "max": 20}, "a.step"),
        ({"type": "scale"}, "a"),
        ({"type": "number", "min": 3, "max": 3}, "a.max"),
        ({"type": "number", "min": "3"}, "a.min"),
        ({"type": "text", "max_length": 5000}, "a.max_length"),
    ],
)
def test_a_problem_is_placed_and_has_a_remedy(change, place):
    problems = read_definition(questionnaire(question("a") | change))[1]
    assert place in [problem.place for problem in problems]
    assert all(problem.message and problem.remedy for problem in problems)


def test_every_problem_is_collected_at_once():
    with pytest.raises(DefinitionError) as caught:
        parse_definition(questionnaire(question("a", label={}), question("a"), question("b", type="no")))
    assert [each.place for each in caught.value.problems] == ["a.label", "a", "b.type"]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(
                    ["schema", "questions", "code", "type", "label", "choices", "fr", "min", "needs"]
                ),
                inner,
                max_size=5,
            )
        ),
        max_leaves=20,
    )
)
def test_no_document_makes_reading_or_checking_fail(document):
    read_definition(document)
    check_publication(document, previous_versions=[], need_codes=[])


def test_the_hash_depends_on_content_and_not_on_order():
    document = every_type()
    shuffled = json.loads(json.dumps(dict(reversed(document.items()))))
    assert content_hash(document) == content_hash(shuffled)
    assert content_hash(document) != content_hash(document | {"intro": {"fr": "Bonsoir"}})


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        ([question("a", visible_when="z = 'x'")], ["a.visible_when"]),
        ([question("a", visible_when="b = 'oui'"), question("b")], ["a.visible_when"]),
        ([question("a", visible_when="a = 'oui'")], ["a.visible_when"]),
        (
            [question("a"), question("b", visible_when="a = 'peut-etre'")],
            ["b.visible_when"],
        ),
        ([question("a"), question("b", visible_when="a = 'oui' and a = 'non'")], ["b.visible_when"]),
        ([question("a"), question("b", visible_when="1 = 2")], ["b.visible_when"]),
        ([question("a", "multiple"), question("b", visible_when="a = 'oui'")], ["b.visible_when"]),
        ([question("a", label={"fr": "Et {z} ?"})], ["a.label"]),
        ([question("a", needs=["9.9"])], ["a.needs"]),
        (
            [question("a", "commune", role="territory"), question("b", "commune", role="territory")],
            ["b.role"],
        ),
        (
            [
                question("a"),
                question("b", visible_when="a = 'oui'"),
                question("c", visible_when="a = 'non' and b = 'oui'"),
            ],
            ["c.visible_when"],
        ),
        ([question("a", "number", min=0, max=10), question("b", visible_when="a > 10")], ["b.visible_when"]),
    ],
)
def test_publication_refuses_and_names(questions, expected):
    assert places(questionnaire(*questions)) == expected


@pytest.mark.parametrize(
    "questions",
    [
        [question("a", "number"), question("b", visible_when="a > 1.2 and a < 1.3")],
        [question("a", "number"), question("b", visible_when="a * 2 = 7")],
        [question("a", "date"), question("b", visible_when="a > '2020-01-01' and a < '2020-01-05'")],
        [question("a", "multiple"), question("b", visible_when="count(a) = 2 and selected(a, 'oui')")],
        [question("a", "number", constraint="a >= 18")],
        [question("a"), question("b", visible_when="not answered(a)")],
    ],
)
def test_publication_accepts_what_some_answer_reaches(questions):
    assert places(questionnaire(*questions)) == []


def test_a_cycle_is_named_whole():
    document = questionnaire(
        question("a", visible_when="c = 'oui'"),
        question("b", visible_when="a = 'oui'"),
        question("c", visible_when="b = 'oui'"),
    )
    messages = [
        problem.message
        for problem in check_publication(document, previous_versions=[], need_codes=[])
        if "→" in problem.message
    ]
    assert len(messages) == 1
    assert "a → c → b → a" in messages[0]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (question("a"), question("a", "number"), ["a.type"]),
        (question("a", "scale"), question("a", "scale", max=5), ["a.min"]),
        (question("a"), question("a", label={"fr": "Une autre tournure ?"}), []),
        (
            question("a"),
            question("a", choices=[{"code": "oui", "label": {"fr": "Je refuse"}}]),
            ["a.choices.oui.label"],
        ),
        (
            question("a"),
            question("a", choices=[{"code": "oui", "label": {"fr": "Oui, tout-à-fait."}}]),
            [],
        ),
    ],
)
def test_a_published_code_keeps_its_meaning(old, new, expected):
    assert places(questionnaire(new), previous=[questionnaire(old)]) == expected


def test_a_code_dropped_then_reused_is_still_refused():
    previous = [questionnaire(question("a")), questionnaire(question("b"))]
    assert places(questionnaire(question("a", "text")), previous=previous) == ["a.type"]


@pytest.mark.parametrize("label", ["Quelle est votre date de naissance ?", "Quel est votre handicap ?"])
def test_sensitive_questions_are_advised_against_and_not_refused(label):
    document = questionnaire(question("a", "text", label={"fr": label}))
    assert places(document) == []
    assert places(document, blocking=False) == ["a.label"]
