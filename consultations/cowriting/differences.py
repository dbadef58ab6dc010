"""What changed between two texts, word by word, to be read by a person. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from consultations.cowriting.merging import words_of

LONGEST = 8_000  # words and signs: beyond, paragraphs are compared rather than words


@dataclass(frozen=True)
class Piece:
    """A run of text that was kept, removed or added."""

    kind: str  # same, removed, added
    text: str


def compare(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces in order: `same` and `removed` make `before`, `same` and `added` make `after`."""
    old, new = words_of(before), words_of(after)
    if len(old) + len(new) > LONGEST:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return tuple(_joined(_pieces(old, new)))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(old[i:j]))
            continue
        if i < j:
            yield Piece("removed", "".join(old[i:j]))
        if k < m:
            yield Piece("added", "".join(new[k:m]))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """A lone space between two changes belongs to them: “the old house” is replaced whole, not word by word."""
    found = list(pieces)
    removed = added = ""
    for place, piece in enumerate(found):
        lone = piece.kind == "same" and piece.text.isspace() and 0 < place < len(found) - 1
        if piece.kind == "removed" or lone:
            removed += piece.text
        if piece.kind == "added" or lone:
            added += piece.text
        if piece.kind == "same" and not lone:
            yield from _changes(removed, added)
            removed = added = ""
            yield piece
    yield from _changes(removed, added)


def _changes(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece("removed", removed)
    if added:
        yield Piece("added", added)
