"""The audit log speaks in words."""

import ast
import re

from accounts.verbs import VERBS
from tests.repository import python_files, tree_of

RECORDED = re.compile(r"[a-z]+(?:_[a-z]+)+")


def recorded_verbs() -> set[str]:
    """Every `verb="past_tense"` handed over somewhere in the product."""
    return {
        keyword.value.value
        for path in python_files(product_only=True)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "verb"
        and isinstance(keyword.value, ast.Constant)
        and isinstance(keyword.value.value, str)
        and RECORDED.fullmatch(keyword.value.value)
    }


def test_every_recorded_verb_is_said_in_words() -> None:
    assert recorded_verbs() - VERBS.keys() == set()
