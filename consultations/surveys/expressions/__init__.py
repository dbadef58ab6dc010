"""One small language for visibility, constraints and piping: parsed to one tree, read by one evaluator.

Pure Python: no Django, no clock, no input. The grammar is in `docs/expressions.md`.
"""

from consultations.surveys.expressions.evaluator import evaluate, is_answered
from consultations.surveys.expressions.nodes import ExpressionError, Node, Value, references, walk
from consultations.surveys.expressions.parser import parse
from consultations.surveys.expressions.piping import pipe, piped
from consultations.surveys.expressions.printer import unparse

__all__ = [
    "ExpressionError",
    "Node",
    "Value",
    "evaluate",
    "is_answered",
    "parse",
    "pipe",
    "piped",
    "references",
    "unparse",
    "walk",
]
