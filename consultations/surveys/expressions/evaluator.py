"""The one evaluator, for page, validation, export and chart.

It never raises, whatever the answers. It is three-valued: what rests on a question without an answer
is unknown (None), so that a question is shown only when its condition is true, and a constraint
refuses only what is false.
"""

import math
import operator
from collections.abc import Callable, Mapping
from typing import Any

from consultations.surveys.expressions.nodes import (
    Binary,
    Call,
    Junction,
    Literal,
    Member,
    Negative,
    Node,
    Not,
    Reference,
    Value,
)

ORDERINGS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
OPERATIONS: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


def evaluate(node: Node, answers: Mapping[str, object]) -> Value:
    """The value of the expression for these answers: a truth value, a number, a text, or unknown."""
    match node:
        case Literal(value):
            return value
        case Reference(code):
            return scalar(answers.get(code))
        case Not(operand):
            known = truth(evaluate(operand, answers))
            return None if known is None else not known
        case Negative(operand):
            return compute("-", 0.0, evaluate(operand, answers))
        case Junction(word, operands):
            return join(word, [truth(evaluate(each, answers)) for each in operands])
        case Member(item, options):
            found = evaluate(item, answers)
            return None if found is None else any(same(found, option.value) for option in options)
        case Binary(sign, left, right):
            return binary(sign, evaluate(left, answers), evaluate(right, answers))
        case Call(function, arguments):
            return call(function, arguments, answers)


def scalar(answer: object) -> Value:
    """The answer as a value; several choices have no single value, so they are unknown here."""
    if isinstance(answer, bool) or (isinstance(answer, str) and answer):
        return answer
    if isinstance(answer, int | float):
        try:
            number = float(answer)
        except OverflowError:
            return None
        return number if math.isfinite(number) else None
    return None


def truth(value: Value) -> bool | None:
    return value if isinstance(value, bool) else None


def is_number(value: Value) -> bool:
    return isinstance(value, float | int) and not isinstance(value, bool)


def same(left: Value, right: Value) -> bool:
    """Equality that never takes `true` for 1."""
    return isinstance(left, bool) == isinstance(right, bool) and left == right


def join(word: str, values: list[bool | None]) -> bool | None:
    """Kleene's `and` and `or`: one decisive value is enough, whatever is unknown."""
    decisive = word == "or"
    if decisive in values:
        return decisive
    return None if None in values else not decisive


def binary(sign: str, left: Value, right: Value) -> Value:
    if left is None or right is None:
        return None
    if sign in OPERATIONS:
        return compute(sign, left, right)
    if sign in ("=", "!="):
        return same(left, right) == (sign == "=")
    comparable = (is_number(left) and is_number(right)) or (isinstance(left, str) and isinstance(right, str))
    return ORDERINGS[sign](left, right) if comparable else None


def compute(sign: str, left: Value, right: Value) -> float | None:
    """Arithmetic on numbers; a division by zero or an overflow is unknown."""
    if not (is_number(left) and is_number(right)):
        return None
    try:
        result = OPERATIONS[sign](float(left), float(right))  # type: ignore[arg-type]
    except (ZeroDivisionError, OverflowError):
        return None
    return result if math.isfinite(result) else None


def call(function: str, arguments: tuple[Node, ...], answers: Mapping[str, object]) -> Value:
    if function == "coalesce":
        first = evaluate(arguments[0], answers)
        return evaluate(arguments[1], answers) if first is None else first
    subject = arguments[0]
    answer = answers.get(subject.code) if isinstance(subject, Reference) else None
    several = list(answer) if isinstance(answer, list | tuple) else [answer] if is_answered(answer) else []
    if function == "count":
        return float(len(several))
    if function == "answered":
        return bool(several)
    wanted = evaluate(arguments[1], answers)
    return any(same(scalar(each), wanted) for each in several) if several and wanted is not None else None


def is_answered(answer: object) -> bool:
    """False for nothing, an empty text and an empty list."""
    return answer is not None and answer != "" and answer != [] and answer != ()
