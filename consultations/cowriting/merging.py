"""Three readings of a text brought together: what two people made of the same beginning.

Pure functions on words. The algorithm is the classical three-way merge (Khanna, Kunal and Pierce, 2007), by `merge3`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from merge3 import Merge3

WORD = re.compile(r"\s+|[^\W_]+|[\W_]")


@dataclass(frozen=True)
class Clash:
    """A passage both changed, differently: what it was, what the others made of it, what the sender made of it."""

    before: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Merged:
    """The text with everyone's changes; where they clash, the others' words stand and `clashes` names mine."""

    text: str
    clashes: tuple[Clash, ...] = ()


def words_of(text: str) -> list[str]:
    """Words, spaces and signs, in order; joined they are the text again."""
    return WORD.findall(text)


def merge(*, before: str, theirs: str, mine: str) -> Merged:
    """What `theirs` and `mine` both changed since `before`.

    Merging is the same for both sides but for clashes: nothing either wrote alone is lost, and a text that one side
    left as it was becomes the other's.
    """
    if mine in {before, theirs}:
        return Merged(theirs)
    if theirs == before:
        return Merged(mine)
    parts: list[str] = []
    clashes: list[Clash] = []
    for kind, *pieces in Merge3(words_of(before), words_of(theirs), words_of(mine)).merge_groups():
        if kind != "conflict":
            parts.append(_join(pieces[0]))
            continue
        was, other, own = map(_join, pieces)
        parts.append(other)
        clashes.append(Clash(was, other, own))
    return Merged("".join(parts), tuple(clashes))


def _join(words: Sequence[str]) -> str:
    return "".join(words)
