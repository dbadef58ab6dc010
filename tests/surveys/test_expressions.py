"""The expression language: what it means, and the laws it keeps whatever people answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.surveys.expressions import (
    ExpressionError,
    evaluate,
    parse,
    pipe,
    piped,
    references,
    unparse,
)
from consultations.surveys.expressions.nodes import (
    ARITHMETIC,
    COMPARISONS,
    Binary,
    Call,
    Junction,
    Literal,
    Member,
    Negative,
    Not,
    Reference,
)

ANSWERS = {
    "seul": "oui",
    "age": 82,
    "gestes": ["repas", "toilette"],
    "commune": "47001",
    "vide": None,
    "aucun": [],
    "jour": "2026-03-01",
}


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("seul = 'oui'", True),
        ("seul != 'oui'", False),
        ("seul = 'oui' and age >= 65", True),
        ("seul = 'non' or age > 90", False),
        ("not seul = 'non'", True),
        ("age in (81, 82)", True),
        ("seul in ('non')", False),
        ("age / 2 + 1 * 2 - -1", 44.0),
        ("2 + 3 * 4 = 14", True),
        ("(2 + 3) * 4 = 20", True),
        ("10 - 2 - 3 = 5", True),
        ("selected(gestes, 'repas')", True),
        ("selected(gestes, 'courses')", False),
        ("selected(seul, 'oui')", True),
        ("count(gestes) = 2", True),
        ("count(vide) = 0", True),
        ("answered(gestes)", True),
        ("answered(vide)", False),
        ("answered(aucun)", False),
        ("answered(inconnu)", False),
        ("coalesce(vide, 'rien')", "rien"),
        ("coalesce(seul, 'rien')", "oui"),
        ("jour >= '2026-01-01'", True),
        # unknown spreads, unless one side decides
        ("vide = 'oui'", None),
        ("vide != 'oui'", None),
        ("not vide = 'oui'", None),
        ("vide = 'oui' or age > 65", True),
        ("vide = 'oui' and age > 65", None),
        ("vide = 'oui' and age < 65", False),
        ("selected(vide, 'oui')", None),
        # what has no meaning is unknown, never an error
        ("gestes = 'repas'", None),
        ("age < 'oui'", None),
        ("seul + 1 = 2", None),
        ("age / 0 > 1", None),
        ("age = '82'", False),
        ("true = 1", False),
        ("'l''eau' = 'l''eau'", True),
    ],
)
def test_evaluate_says_what_the_expression_means(source, value):
    assert evaluate(parse(source), ANSWERS) == value


@pytest.mark.parametrize(
    ("source", "position", "code"),
    [
        ("", 0, "empty"),
        ("   ", 0, "empty"),
        ("seul =", 6, "unfinished"),
        ("seul = 'oui", 7, "unclosed_text"),
        ("seul ; 1", 5, "unexpected"),
        ("seul = 'oui' age", 13, "unexpected"),
        ("launch(seul)", 0, "unknown_function"),
        ("selected('a', 'b')", 0, "bad_arguments"),
        ("count(a, b)", 0, "bad_arguments"),
        ("a in b", 5, "unexpected"),
        ("a = b = c", 6, "unexpected"),
        ("(" * 40 + "a" + ")" * 40, 17, "too_deep"),
        ("a" * 1001, 1000, "too_long"),
        ("1" + "+1" * 200, 250, "too_long"),
        ("and", 0, "unexpected"),
    ],
)
def test_parse_names_the_place_of_the_problem(source, position, code):
    with pytest.raises(ExpressionError) as caught:
        parse(source)
    assert (caught.value.position, caught.value.code) == (position, code)


def test_references_lists_each_question_once():
    assert references(parse("a = 1 and selected(b, 'x') or a in (2) and count(c) > 0")) == {"a", "b", "c"}


def test_pipe_replaces_codes_and_leaves_the_rest():
    assert piped("Vous vivez à {commune} ({pas un code}).") == {"commune"}
    assert pipe("Vous vivez à {commune}, {autre}.", {"commune": "Agen"}) == "Vous vivez à Agen, …."


codes = st.sampled_from(["seul", "age", "gestes", "vide", "x_1"])
literals = st.one_of(
    st.booleans(),
    st.text(max_size=6).filter(lambda text: "\x00" not in text),
    st.floats(min_value=0, max_value=10**12, allow_nan=False).map(lambda number: round(number, 4) + 0.0),
).map(Literal)
leaves = st.one_of(literals, codes.map(Reference))


def branches(children):
    return st.one_of(
        children.map(Not),
        children.map(Negative),
        st.builds(
            Junction, st.sampled_from(["and", "or"]), st.lists(children, min_size=2, max_size=3).map(tuple)
        ),
        st.builds(Binary, st.sampled_from(COMPARISONS + ARITHMETIC), children, children),
        st.builds(Member, children, st.lists(literals, min_size=1, max_size=3).map(tuple)),
        st.builds(
            lambda code, other: Call("selected", (Reference(code), other)),
            codes,
            children,
        ),
        st.builds(
            lambda name, code: Call(name, (Reference(code),)), st.sampled_from(["count", "answered"]), codes
        ),
        st.builds(lambda one, two: Call("coalesce", (one, two)), children, children),
    )


trees = st.recursive(leaves, branches, max_leaves=8)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=5,
)


@given(trees)
def test_parsing_what_is_printed_gives_the_same_tree(tree):
    try:
        parsed = parse(unparse(tree))
    except ExpressionError as error:
        assert error.code in {"too_deep", "too_long"}
    else:
        assert parsed == tree


@given(trees, st.dictionaries(codes, json_values))
def test_evaluation_never_raises_and_stays_in_its_values(tree, answers):
    value = evaluate(tree, answers)
    assert value is None or isinstance(value, bool | float | str)


@given(st.text(max_size=80))
def test_parsing_any_text_gives_a_tree_or_a_placed_error(source):
    try:
        tree = parse(source)
    except ExpressionError as error:
        assert 0 <= error.position <= len(source)
    else:
        assert parse(unparse(tree)) == tree


@given(trees, st.dictionaries(codes, json_values))
def test_double_negation_and_de_morgan_hold(tree, answers):
    plain = evaluate(Junction("and", (tree, tree)), answers)
    assert evaluate(Not(Not(tree)), answers) == (plain if isinstance(plain, bool) else None)
    assert evaluate(Not(Junction("and", (tree, Literal(True)))), answers) == evaluate(
        Junction("or", (Not(tree), Literal(False))), answers
    )


@given(trees, st.dictionaries(codes, json_values), json_values)
def test_an_answer_that_is_not_referenced_changes_nothing(tree, answers, other):
    assert evaluate(tree, answers) == evaluate(tree, {**answers, "jamais_cite": other})
