"""What every kind of file is turned into first: numbered paragraphs, and how each stood on the page."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

MAX_PARAGRAPHS = 5_000


class Kind(StrEnum):
    TITLE = "title"
    HEADING = "heading"
    BULLET = "bullet"
    PLAIN = "plain"


@dataclass(frozen=True)
class Paragraph:
    """`line` is what an editor shows, or the rank of the paragraph; `after_gap`: a blank line stands before."""

    line: int
    text: str
    kind: Kind = Kind.PLAIN
    depth: int = 0
    after_gap: bool = False
    in_table: bool = False


@dataclass(frozen=True)
class Source:
    """The paragraphs of a file; `is_ours`: written by our export, its nesting means what it shows."""

    paragraphs: tuple[Paragraph, ...]
    is_ours: bool = False


def source_of(paragraphs: Iterable[Paragraph], *, is_ours: bool = False) -> Source:
    """The paragraphs of a file, never many more than are accepted, however many it holds."""
    return Source(tuple(islice(paragraphs, MAX_PARAGRAPHS + 1)), is_ours)
