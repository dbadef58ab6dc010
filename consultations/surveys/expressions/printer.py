"""From tree to text: parsing the result gives the same tree."""

from decimal import Decimal

from consultations.surveys.expressions.nodes import (
    COMPARISONS,
    Binary,
    Call,
    Junction,
    Literal,
    Member,
    Negative,
    Node,
    Not,
    Reference,
)

LOOSEST, AND, NOT, COMPARE, SUM, PRODUCT, TIGHT = range(7)


def unparse(node: Node) -> str:
    """The expression in its one canonical spelling."""
    return _print(node)[0]


def _print(node: Node) -> tuple[str, int]:
    """The text of `node` and how tightly it binds."""
    match node:
        case Literal(value):
            return _literal(value), TIGHT
        case Reference(code):
            return code, TIGHT
        case Call(function, arguments):
            return f"{function}({', '.join(unparse(each) for each in arguments)})", TIGHT
        case Negative(operand):
            return f"-{_wrap(operand, TIGHT)}", TIGHT
        case Not(operand):
            return f"not {_wrap(operand, NOT)}", NOT
        case Member(item, options):
            return f"{_wrap(item, SUM)} in ({', '.join(_literal(each.value) for each in options)})", COMPARE
        case Junction(word, operands):
            level = LOOSEST if word == "or" else AND
            return f" {word} ".join(_wrap(each, level + 1) for each in operands), level
        case Binary(sign, left, right):
            level = COMPARE if sign in COMPARISONS else SUM if sign in "+-" else PRODUCT
            left_level = level + 1 if level == COMPARE else level
            return f"{_wrap(left, left_level)} {sign} {_wrap(right, level + 1)}", level


def _wrap(node: Node, level: int) -> str:
    text, own = _print(node)
    return text if own >= level else f"({text})"


def _literal(value: str | float | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    text = format(Decimal(repr(value)), "f")
    return text.removesuffix(".0")
