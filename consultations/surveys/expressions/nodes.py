"""The syntax tree: frozen, comparable, printable. Positions are not kept: equal texts give equal trees."""

from dataclasses import dataclass

KEYWORDS = frozenset({"and", "or", "not", "in", "true", "false"})
FUNCTIONS = {"selected": 2, "answered": 1, "count": 1, "coalesce": 2}
COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
ARITHMETIC = ("+", "-", "*", "/")


@dataclass(frozen=True, slots=True)
class Literal:
    """A text, a number, or a truth value."""

    value: str | float | bool


@dataclass(frozen=True, slots=True)
class Reference:
    """The answer to the question of this code."""

    code: str


@dataclass(frozen=True, slots=True)
class Not:
    operand: "Node"


@dataclass(frozen=True, slots=True)
class Negative:
    operand: "Node"


@dataclass(frozen=True, slots=True)
class Junction:
    """`and` or `or` between two operands or more, so that a long chain stays shallow."""

    operator: str
    operands: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Binary:
    """A comparison or an arithmetic operation."""

    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Member:
    """`item in (…)`: the item equals one of the literals."""

    item: "Node"
    options: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """One of the functions; the first argument of `selected`, `answered` and `count` is a reference."""

    function: str
    arguments: tuple["Node", ...]


Node = Literal | Reference | Not | Negative | Junction | Binary | Member | Call
Value = bool | float | str | None


class ExpressionError(ValueError):
    """A text that is not an expression: where (0 is the first character) and why.

    `code` and `params` let the interface say it in the reader's language; `message` is in English.
    """

    def __init__(self, position: int, code: str, message: str, **params: str) -> None:
        super().__init__(f"{message} (character {position + 1})")
        self.position = position
        self.code = code
        self.message = message
        self.params = params


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below."""
    match node:
        case Not(operand) | Negative(operand):
            return (operand,)
        case Junction(_, operands) | Call(_, operands):
            return operands
        case Binary(_, left, right):
            return (left, right)
        case Member(item, options):
            return (item, *options)
        case _:
            return ()


def walk(node: Node) -> list[Node]:
    """The node and everything below it."""
    found = [node]
    for child in children(node):
        found += walk(child)
    return found


def references(node: Node) -> frozenset[str]:
    """The codes of the questions the expression reads."""
    return frozenset(each.code for each in walk(node) if isinstance(each, Reference))
