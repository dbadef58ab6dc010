"""From text to tokens."""

import re
from dataclasses import dataclass

from consultations.surveys.expressions.nodes import ExpressionError

MAX_LENGTH = 1000
MAX_TOKENS = 250
PATTERN = re.compile(
    r"""\s*(?:
    (?P<number>\d{1,15}(?:\.\d{1,15})?)
    | '(?P<text>(?:[^']|'')*)'
    | (?P<name>[a-zA-Z_][a-zA-Z0-9_]*)
    | (?P<symbol><=|>=|!=|[=<>+\-*/(),])
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    value: str
    position: int


def tokenize(source: str) -> list[Token]:
    """The tokens of `source`, with an `end` token last; refuses what is too long."""
    if len(source) > MAX_LENGTH:
        raise ExpressionError(MAX_LENGTH, "too_long", "This expression is too long.")
    tokens: list[Token] = []
    position, end = 0, len(source.rstrip())
    while position < end:
        found = PATTERN.match(source, position)
        if found is None:
            position += len(source[position:]) - len(source[position:].lstrip())
            code = "unclosed_text" if source[position] == "'" else "unexpected"
            raise ExpressionError(position, code, "This character is not expected.", found=source[position])
        kind = found.lastgroup or ""
        value = found.group(kind)
        start = found.start(kind) - (kind == "text")
        tokens.append(Token(kind, value.replace("''", "'") if kind == "text" else value, start))
        position = found.end()
    if len(tokens) > MAX_TOKENS:
        raise ExpressionError(tokens[MAX_TOKENS].position, "too_long", "This expression is too long.")
    return [*tokens, Token("end", "", end)]
