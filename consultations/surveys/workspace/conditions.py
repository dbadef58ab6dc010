"""“Shown when” conditions as rows of a small form, and back: rows ↔ expression ↔ words.

Not every expression is a list of rows; one that is not stays a text that the editor shows and keeps.
"""

import math
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.surveys.expressions import ExpressionError, Node, parse, unparse
from consultations.surveys.expressions.nodes import Binary, Call, Junction, Literal, Member, Not, Reference
from consultations.surveys.structure import Definition, Question, QuestionType

ALL, ANY = "and", "or"
IS, IS_NOT, AT_LEAST, AT_MOST = "is", "is_not", "at_least", "at_most"
ONE_TICKED, ALL_TICKED, NONE_TICKED, ANSWERED, UNANSWERED = "one", "all", "none", "answered", "unanswered"
WITHOUT_VALUE = frozenset({ANSWERED, UNANSWERED})
OPERATORS: dict[str, tuple[str, ...]] = {
    QuestionType.SINGLE: (IS, IS_NOT, ANSWERED, UNANSWERED),
    QuestionType.MULTIPLE: (ONE_TICKED, ALL_TICKED, NONE_TICKED, ANSWERED, UNANSWERED),
    QuestionType.SCALE: (AT_LEAST, AT_MOST, IS, ANSWERED, UNANSWERED),
    QuestionType.NUMBER: (AT_LEAST, AT_MOST, IS, ANSWERED, UNANSWERED),
    QuestionType.DATE: (AT_LEAST, AT_MOST, ANSWERED, UNANSWERED),
    QuestionType.TEXT: (ANSWERED, UNANSWERED),
    QuestionType.COMMUNE: (ANSWERED, UNANSWERED),
}
NUMERIC = frozenset({QuestionType.SCALE, QuestionType.NUMBER})
SIGNS = {AT_LEAST: ">=", AT_MOST: "<=", IS: "="}


@dataclass(frozen=True)
class Row:
    """One condition: a question asked before, an operator, and values when it takes some."""

    code: str
    operator: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rows:
    """Conditions joined by `and` or `or`."""

    join: str
    rows: tuple[Row, ...]


def operator_labels(kind: str) -> list[tuple[str, str]]:
    """The operators of a type of question, in words."""
    words = {
        IS: _("the answer is"),
        IS_NOT: _("the answer is not"),
        AT_LEAST: _("from") if kind == QuestionType.DATE else _("at least"),
        AT_MOST: _("until") if kind == QuestionType.DATE else _("at most"),
        ONE_TICKED: _("at least one is ticked among"),
        ALL_TICKED: _("all are ticked among"),
        NONE_TICKED: _("none is ticked among"),
        ANSWERED: _("there is an answer"),
        UNANSWERED: _("there is no answer"),
    }
    return [(operator, words[operator]) for operator in OPERATORS.get(kind, ())]


def to_expression(rows: Rows, definition: Definition) -> str:
    """The expression of the rows; rows about unknown questions or without their values are left out."""
    nodes = [node for row in rows.rows if (node := _node(row, definition.by_code.get(row.code)))]
    if not nodes:
        return ""
    return unparse(nodes[0] if len(nodes) == 1 else Junction(rows.join, tuple(nodes)))


def _node(row: Row, question: Question | None) -> Node | None:
    if question is None or row.operator not in OPERATORS[question.type]:
        return None
    reference = Reference(row.code)
    if row.operator in WITHOUT_VALUE:
        asked = Call("answered", (reference,))
        return asked if row.operator == ANSWERED else Not(asked)
    literals = tuple(_literal(value, question) for value in row.values if _is_usable(value, question))
    if not literals:
        return None
    if question.type == QuestionType.MULTIPLE:
        return _ticked(row.operator, reference, literals)
    if question.type == QuestionType.SINGLE:
        return _chosen(row.operator, reference, literals)
    return Binary(SIGNS[row.operator], reference, literals[0])


def _is_usable(value: str, question: Question) -> bool:
    return _is_number(value) if question.type in NUMERIC else bool(value)


def _literal(value: str, question: Question) -> Literal:
    return Literal(float(value.replace(",", "."))) if question.type in NUMERIC else Literal(value)


def _ticked(operator: str, reference: Reference, literals: tuple[Literal, ...]) -> Node:
    calls = tuple(Call("selected", (reference, literal)) for literal in literals)
    join = ALL if operator == ALL_TICKED else ANY
    joined: Node = calls[0] if len(calls) == 1 else Junction(join, calls)
    return Not(joined) if operator == NONE_TICKED else joined


def _chosen(operator: str, reference: Reference, literals: tuple[Literal, ...]) -> Node:
    if len(literals) == 1:
        return Binary("!=" if operator == IS_NOT else "=", reference, literals[0])
    member = Member(reference, literals)
    return Not(member) if operator == IS_NOT else member


def from_expression(expression: str | None, definition: Definition) -> Rows | None:
    """The rows of an expression, or None when it says more than rows can."""
    if not expression:
        return Rows(ALL, ())
    try:
        node = parse(expression)
    except ExpressionError:
        return None
    alone = _row(node, definition)
    if alone:
        return Rows(ALL, (alone,))
    if not isinstance(node, Junction):
        return None
    rows = [_row(each, definition) for each in node.operands]
    return Rows(node.operator, tuple(row for row in rows if row)) if all(rows) else None


def _row(node: Node, definition: Definition) -> Row | None:
    """One row, kept only when it gives the same expression back."""
    row = _guess(node)
    question = definition.by_code.get(row.code) if row else None
    if row is None or question is None:
        return None
    if question.type in NUMERIC and any(not _is_number(value) for value in row.values):
        return None
    return row if _node(row, question) == node else None


def _is_number(value: str) -> bool:
    try:
        return math.isfinite(float(value.replace(",", ".")))
    except ValueError:
        return False


def _guess(node: Node) -> Row | None:
    match node:
        case Call("answered", (Reference(code),)):
            return Row(code, ANSWERED)
        case Not(Call("answered", (Reference(code),))):
            return Row(code, UNANSWERED)
        case Binary("=" | "!=" | ">=" | "<=" as sign, Reference(code), Literal(value)):
            operator = {"=": IS, "!=": IS_NOT, ">=": AT_LEAST, "<=": AT_MOST}[sign]
            return Row(code, operator, (_plain(value),))
        case Member(Reference(code), options):
            return Row(code, IS, tuple(_plain(option.value) for option in options))
        case Not(Member(Reference(code), options)):
            return Row(code, IS_NOT, tuple(_plain(option.value) for option in options))
        case Not(operand):
            row = _guess_ticked(operand)
            return Row(row.code, NONE_TICKED, row.values) if row and row.operator == ONE_TICKED else None
        case _:
            return _guess_ticked(node)


def _guess_ticked(node: Node) -> Row | None:
    operands = node.operands if isinstance(node, Junction) else (node,)
    operator = ALL_TICKED if isinstance(node, Junction) and node.operator == ALL else ONE_TICKED
    found: list[tuple[str, str]] = []
    for each in operands:
        match each:
            case Call("selected", (Reference(code), Literal(value))):
                found.append((code, _plain(value)))
            case _:
                return None
    if len({code for code, _value in found}) != 1:
        return None
    return Row(found[0][0], operator, tuple(value for _code, value in found))


def _plain(value: str | float | bool) -> str:
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)


def in_words(expression: str | None, definition: Definition, *, language: str = "fr") -> str:
    """The condition as a sentence with question numbers, as printed on paper; the expression itself
    when it says more than rows can."""
    rows = from_expression(expression, definition)
    if rows is None:
        return str(expression)
    numbers = {question.code: n for n, question in enumerate(definition.questions, start=1)}
    said = [_row_in_words(row, numbers, definition, language) for row in rows.rows]
    return (_(" and ") if rows.join == ALL else _(" or ")).join(said)


def _row_in_words(row: Row, numbers: dict[str, int], definition: Definition, language: str) -> str:
    question = definition.by_code[row.code]
    choices = [question.choice(value) for value in row.values]
    values = [c.label.say(language) if c else value for c, value in zip(choices, row.values, strict=True)]
    operator = dict(operator_labels(question.type))[row.operator]
    quoted = _value_join(row.operator).join(f"« {value} »" for value in values)
    return _("question %(number)s: %(operator)s %(values)s") % {
        "number": numbers[row.code],
        "operator": operator,
        "values": quoted,
    }


def _value_join(operator: str) -> str:
    if operator in {IS, ONE_TICKED}:
        return _(" or ")
    return _(" and ") if operator == ALL_TICKED else ", "
