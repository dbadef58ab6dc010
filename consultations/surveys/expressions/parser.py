"""From tokens to the tree, by recursive descent. One grammar for visibility, constraints and piping."""

from collections.abc import Callable

from consultations.surveys.expressions.nodes import (
    COMPARISONS,
    FUNCTIONS,
    KEYWORDS,
    Binary,
    Call,
    ExpressionError,
    Junction,
    Literal,
    Member,
    Negative,
    Node,
    Not,
    Reference,
)
from consultations.surveys.expressions.tokens import Token, tokenize

MAX_DEPTH = 16


def parse(source: str) -> Node:
    """The tree of `source`; raises ExpressionError naming the place of the first problem."""
    return Parser(tokenize(source)).whole()


class Parser:
    """Reads a list of tokens once, from the loosest operator to the tightest."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.index = 0
        self.depth = 0

    def whole(self) -> Node:
        if self.token.kind == "end":
            raise ExpressionError(0, "empty", "The expression is empty.")
        node = self.expression()
        if self.token.kind != "end":
            raise self.unexpected()
        return node

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def unexpected(self) -> ExpressionError:
        if self.token.kind == "end":
            return ExpressionError(self.token.position, "unfinished", "Something is missing at the end.")
        return ExpressionError(
            self.token.position, "unexpected", "This is not expected here.", found=self.token.value
        )

    def take(self, *values: str) -> str | None:
        """The value of the current symbol or keyword if it is one of `values`, moving past it."""
        if self.token.kind in {"symbol", "name"} and self.token.value in values:
            self.index += 1
            return self.tokens[self.index - 1].value
        return None

    def expect(self, symbol: str) -> None:
        if self.take(symbol) is None:
            raise self.unexpected()

    def nested(self, read: Callable[[], Node]) -> Node:
        """What `read` reads, one level deeper."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ExpressionError(self.token.position, "too_deep", "This expression is nested too deeply.")
        node = read()
        self.depth -= 1
        return node

    def expression(self) -> Node:
        return self.junction("or", lambda: self.junction("and", self.negation))

    def junction(self, word: str, read: Callable[[], Node]) -> Node:
        operands = [read()]
        while self.take(word):
            operands.append(read())
        return operands[0] if len(operands) == 1 else Junction(word, tuple(operands))

    def negation(self) -> Node:
        if self.take("not"):
            return Not(self.nested(self.negation))
        return self.comparison()

    def comparison(self) -> Node:
        left = self.sum()
        if self.take("in"):
            return Member(left, self.options())
        operator = self.take(*COMPARISONS)
        if operator is None:
            return left
        return Binary(operator, left, self.sum())

    def sum(self) -> Node:
        return self.chain(("+", "-"), lambda: self.chain(("*", "/"), self.factor))

    def chain(self, operators: tuple[str, ...], read: Callable[[], Node]) -> Node:
        node = read()
        while operator := self.take(*operators):
            node = Binary(operator, node, read())
        return node

    def factor(self) -> Node:
        if self.take("-"):
            return Negative(self.nested(self.factor))
        if self.take("("):
            node = self.nested(self.expression)
            self.expect(")")
            return node
        if self.token.kind in {"number", "text"} or self.token.value in {"true", "false"}:
            return self.literal()
        if self.token.kind != "name" or self.token.value in KEYWORDS:
            raise self.unexpected()
        name = self.token
        self.index += 1
        return self.call(name) if self.take("(") else Reference(name.value)

    def literal(self) -> Literal:
        token = self.token
        self.index += 1
        if token.kind == "number":
            return Literal(float(token.value))
        if token.kind == "text":
            return Literal(token.value)
        if token.kind == "name" and token.value in {"true", "false"}:
            return Literal(token.value == "true")
        self.index -= 1
        raise self.unexpected()

    def options(self) -> tuple[Literal, ...]:
        self.expect("(")
        found = [self.literal()]
        while self.take(","):
            found.append(self.literal())
        self.expect(")")
        return tuple(found)

    def call(self, name: Token) -> Node:
        wanted = FUNCTIONS.get(name.value)
        if wanted is None:
            raise ExpressionError(
                name.position, "unknown_function", "There is no such function.", found=name.value
            )
        arguments = [self.nested(self.expression)]
        while self.take(","):
            arguments.append(self.nested(self.expression))
        self.expect(")")
        by_reference = name.value != "coalesce"
        if len(arguments) != wanted or (by_reference and not isinstance(arguments[0], Reference)):
            raise ExpressionError(
                name.position,
                "bad_arguments",
                "This function is not called with the right arguments.",
                found=name.value,
            )
        return Call(name.value, tuple(arguments))
