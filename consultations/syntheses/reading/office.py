"""What the two kinds of word processor's files have in common."""

from collections.abc import Iterable, Iterator, Sequence

from consultations.syntheses.document import clean
from consultations.syntheses.reading.paragraphs import Kind, Paragraph
from consultations.syntheses.reading.tables import BULLET, cell_items


class Counter:
    """Numbers paragraphs, since these files have no lines."""

    def __init__(self) -> None:
        self.count = 0

    def next(self) -> int:
        self.count += 1
        return self.count


def pieces(counter: Counter, text: str, kind: Kind, depth: int = 0) -> Iterator[Paragraph]:
    """A paragraph, or its lines when line breaks cut it; each keeps the paragraph's number."""
    number = counter.next()
    for position, line in enumerate(text.split("\n")):
        if cleaned := clean(line):
            starts = position == 0 or kind in {Kind.HEADING, Kind.TITLE}
            yield Paragraph(number, cleaned, kind if starts else Kind.PLAIN, depth, after_gap=position == 0)


def bulleted(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Paragraphs whose bullet was typed by hand."""
    for each in paragraphs:
        mark = BULLET.match(each.text) if each.kind == Kind.PLAIN else None
        if mark:
            yield Paragraph(each.line, each.text[mark.end() :], Kind.BULLET, each.depth, each.after_gap)
        else:
            yield each


def expand_cell(cell: Sequence[Paragraph]) -> list[Paragraph]:
    """A cell whose whole list is one paragraph, `- one - two` or HTML, is read as its items."""
    if len(cell) != 1:
        return list(cell)
    only = cell[0]
    text = f"- {only.text}" if only.kind == Kind.BULLET else only.text
    items = cell_items(text) if text.startswith(("-", "<", "–", "•")) else []
    if len(items) < 2:
        return list(cell)
    return [Paragraph(only.line, clean(item), Kind.BULLET, 0, True) for item in items]
