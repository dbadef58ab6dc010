"""Tables: columns named by blocks, whose cells hold lists, sometimes as HTML on a single line."""

import html
import re
from collections.abc import Iterator, Sequence

from consultations.syntheses.blocks import blocks_named
from consultations.syntheses.reading.paragraphs import Kind, Paragraph

ITEM_TAG = re.compile(r"<\s*(?:li|p)\b[^>]*>|<\s*br\s*/?\s*>", re.IGNORECASE)
TAG = re.compile(
    r"</?\s*(?:ul|ol|li|p|br|div|span|b|i|u|em|strong|td|tr|th|table|tbody)\b[^>]*>", re.IGNORECASE
)
# A dash inside a cell starts an item when a capital, a figure or a quotation mark follows it.
INLINE_DASH = re.compile(r"(?:^|\s)[-–•*]\s+(?=[A-ZÀ-ÖØ-ÞŒ0-9«\"“(])")
SIGNS = "–—•‣▪◦●○■➢➔►"
BULLET = re.compile(rf"^\s*(?:[-*+{SIGNS}]\s+|[{SIGNS}]\s*(?=\S))")
Cell = Sequence[Paragraph]


def cell_items(cell: str) -> list[str]:
    """The items of a cell, in order."""
    found: list[str] = []
    for line in strip_tags(cell).splitlines():
        found += [part.strip() for part in INLINE_DASH.split(BULLET.sub("- ", line)) if part.strip()]
    return found


def strip_tags(text: str) -> str:
    """Text without the HTML of word processors: items on lines of their own, entities read."""
    return html.unescape(TAG.sub(" ", ITEM_TAG.sub("\n", text)))


def split_row(line: str) -> list[str] | None:
    """The cells of a row: separated by a tab, or by bars as in Markdown; None for an ordinary line."""
    if "\t" in line.strip("\t \n\r"):
        return [cell.strip() for cell in line.strip("\t\n\r").split("\t")]
    stripped = line.strip()
    if stripped.startswith("|") and stripped.endswith("|") and len(stripped) > 1:
        return [cell.strip() for cell in re.split(r"(?<!\\)\|", stripped[1:-1])]
    return None


class Columns:
    """Reads a table row by row: what stands under a column that names a block belongs to that block."""

    def __init__(self) -> None:
        self.names: list[Cell] = []

    def end(self) -> None:
        """The table is over."""
        self.names = []

    def row(self, cells: Sequence[Cell]) -> Iterator[Paragraph]:
        """The paragraphs of a row, each column under its own heading."""
        if self._is_heading(cells):
            self.names = list(cells)
            return
        for position, cell in enumerate(cells):
            if self.names and position < len(self.names):
                yield from (_as_heading(each) for each in self.names[position])
                yield from (_as_item(each) for each in cell)
            else:
                yield from cell

    def _is_heading(self, cells: Sequence[Cell]) -> bool:
        texts = [" ".join(each.text for each in cell) for cell in cells]
        return len(texts) > 1 and all(blocks_named(text) for text in texts)


def _as_heading(each: Paragraph) -> Paragraph:
    return Paragraph(each.line, each.text, Kind.PLAIN, after_gap=True, in_table=True)


def _as_item(each: Paragraph) -> Paragraph:
    return Paragraph(each.line, each.text, Kind.BULLET, each.depth, True, in_table=True)
