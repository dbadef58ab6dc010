"""The engine of states: what the table says is what happens, and a refusal says what is possible."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from core.states import RefusedTransition, StateMachine, one_of, transition
from tests.states import walk

WRITER, READER = "writer", "reader"


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """The words of this table are English; so are the sentences around them."""
    with translation.override("en"):
        yield


@dataclass
class Letter:
    state: str = "draft"


LETTERS = StateMachine(
    "letter",
    {"draft": "being written", "sent": "sent", "answered": "answered"},
    (
        transition("read", "read it", {"draft", "sent", "answered"}, may=one_of(WRITER, READER)),
        transition("send", "send it", "draft", "sent", may=one_of(WRITER), requires=["address"]),
        transition("answer", "answer it", "sent", "answered", may=one_of(READER)),
        transition("remind", "write again", "sent", "sent", may=one_of(WRITER)),
        transition("remind", "thank for the answer", "answered", may=one_of(WRITER)),
    ),
)
TABLE = {
    "read": dict.fromkeys(LETTERS.states, frozenset({WRITER, READER})),
    "send": {"draft": {WRITER}},
    "answer": {"sent": {READER}},
    "remind": {"sent": {WRITER}, "answered": {WRITER}},
}


def test_table_by_actor_and_state() -> None:
    assert walk(LETTERS, TABLE, {WRITER: WRITER, READER: READER, "stranger": "stranger"}) == 4 * 3 * 3


def test_walk_fails_on_a_forgotten_verb() -> None:
    with pytest.raises(AssertionError, match="remind"):
        walk(LETTERS, {verb: TABLE[verb] for verb in ("read", "send", "answer")}, {WRITER: WRITER})


def test_apply_moves_the_object() -> None:
    letter = Letter()
    LETTERS.apply("send", who=WRITER, subject=letter, given={"address": "here"})
    assert letter.state == "sent"
    LETTERS.apply("read", who=READER, subject=letter)
    assert letter.state == "sent"


def test_wrong_state_names_what_is_possible() -> None:
    letter = Letter()
    with pytest.raises(RefusedTransition) as refused:
        LETTERS.apply("answer", who=READER, subject=letter)
    assert refused.value.possible == ("read",)
    assert (
        "being written" in refused.value.messages[0] and "You may now: read it." in refused.value.messages[0]
    )
    assert letter.state == "draft"


def test_wrong_person_is_denied_and_told_what_is_possible() -> None:
    with pytest.raises(PermissionDenied, match=r"send it.*read it"):
        LETTERS.apply("send", who=READER, subject=Letter())
    with pytest.raises(PermissionDenied, match="nothing for you"):
        LETTERS.apply("send", who="stranger", subject=Letter())


@pytest.mark.parametrize("given_fields", [{}, {"address": "  "}, {"address": None}, {"address": []}])
def test_missing_field_is_named(given_fields: dict[str, object]) -> None:
    letter = Letter()
    with pytest.raises(RefusedTransition) as refused:
        LETTERS.apply("send", who=WRITER, subject=letter, given=given_fields)
    assert list(refused.value.message_dict) == ["address"]
    assert letter.state == "draft"


def test_unknown_verb_is_refused() -> None:
    assert not LETTERS.can("burn", WRITER, Letter())
    with pytest.raises(RefusedTransition, match="burn"):
        LETTERS.apply("burn", who=WRITER, subject=Letter())


def test_final_states_and_labels() -> None:
    assert LETTERS.final == {"answered"}
    assert LETTERS.verbs == ("read", "send", "answer", "remind")
    assert [str(one.label) for one in LETTERS.possible(WRITER, Letter("answered"))] == [
        "read it",
        "thank for the answer",
    ]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ((transition("send", "", "lost", "sent"),), "unknown states"),
        ((transition("send", "", "draft", "lost"),), "unknown states"),
        ((transition("send", "", "draft", "sent"), transition("send", "", {"draft"})), "two lines"),
    ],
)
def test_a_wrong_table_is_refused_at_import(lines: tuple, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        StateMachine("letter", {"draft": "", "sent": ""}, lines)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*LETTERS.verbs, "burn"]),
            st.sampled_from([WRITER, READER, "stranger"]),
            st.booleans(),
        ),
        max_size=20,
    )
)
def test_an_object_never_leaves_its_states_nor_moves_without_right(
    steps: list[tuple[str, str, bool]],
) -> None:
    letter = Letter()
    for verb, who, gives in steps:
        before, allowed = letter.state, LETTERS.can(verb, who, letter)
        try:
            line = LETTERS.apply(verb, who=who, subject=letter, given={"address": "x"} if gives else {})
        except (RefusedTransition, PermissionDenied):
            assert letter.state == before
        else:
            assert allowed
            assert letter.state == (line.target or before)
        assert letter.state in LETTERS.states
