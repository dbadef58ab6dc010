"""`{code}` in a text stands for the answer already given to that question."""

import re
from collections.abc import Mapping

PIPE = re.compile(r"\{([a-z][a-z0-9_]{0,59})\}")


def piped(text: str) -> frozenset[str]:
    """The codes of the questions the text quotes."""
    return frozenset(PIPE.findall(text))


def pipe(text: str, words: Mapping[str, str]) -> str:
    """The text with each `{code}` replaced by its words; `…` when there is no answer.

    The result is plain text: whoever shows it escapes it.
    """
    return PIPE.sub(lambda found: words.get(found[1]) or "…", text)
