"""Paragraphs of a text or Markdown file."""

import re
from collections.abc import Iterator

from consultations.syntheses.document import clean
from consultations.syntheses.reading.paragraphs import Kind, Paragraph, Source, source_of
from consultations.syntheses.reading.tables import BULLET, Columns, cell_items, split_row, strip_tags

OUR_MARK = "<!-- diapason:synthesis -->"
HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*$")
NUMBERED = re.compile(r"^\s*\d{1,3}[.)]\s+")
RULE = re.compile(r"^\s*(?:[-*_=]\s*){3,}$|^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*$")
EMPHASIS = re.compile(r"(?<!\\)(\*\*|__)(?=\S)(.+?)(?<=\S)(?<!\\)\1")
LIGHT_EMPHASIS = re.compile(r"(?<![\w*\\])(\*|_)(?=[^\s*_])([^*_\\]+?)(?<=\S)\1(?![\w*])")
PROTECTED = re.compile(r"\\([!-/:-@\[-`{-~])")
SHIFT = 0xF0000  # a private plane: an escaped character waits there while marks are read


def read_text(text: str, *, is_markdown: bool) -> Source:
    """One paragraph a line, bullets with their depth, tables by columns."""
    is_ours = is_markdown and OUR_MARK in text[:200]
    return source_of(_paragraphs(text.split("\n"), is_markdown=is_markdown), is_ours=is_ours)


def _paragraphs(lines: list[str], *, is_markdown: bool) -> Iterator[Paragraph]:
    indents, columns, after_gap = Indents(), Columns(), True
    for number, raw in enumerate(lines, start=1):
        if not raw.strip() or RULE.match(raw) or raw.strip() == OUR_MARK:
            after_gap = True
            continue
        cells = split_row(raw)
        if cells:
            items = [
                [
                    Paragraph(number, _plain(text, is_markdown=is_markdown), Kind.BULLET)
                    for text in cell_items(cell)
                ]
                for cell in cells
            ]
            yield from columns.row(items)
        else:
            columns.end()
            yield _paragraph(raw.expandtabs(4), number, indents, after_gap, is_markdown)
        after_gap = False


class Indents:
    """The depth of a bullet among those above it: any number of spaces more is one level deeper."""

    def __init__(self) -> None:
        self.open: list[int] = []

    def depth(self, indent: int) -> int:
        while self.open and self.open[-1] > indent:
            self.open.pop()
        if not self.open or self.open[-1] < indent:
            self.open.append(indent)
        return len(self.open) - 1


def _paragraph(line: str, number: int, indents: Indents, after_gap: bool, is_markdown: bool) -> Paragraph:
    if is_markdown and (found := HEADING.match(line)):
        indents.open.clear()
        kind = Kind.TITLE if found.group(1) == "#" else Kind.HEADING
        return Paragraph(number, _plain(found.group(2), is_markdown=True), kind, after_gap=after_gap)
    mark = BULLET.match(line) or (is_markdown and NUMBERED.match(line))
    if mark and not EMPHASIS.match(line.lstrip()):
        depth = indents.depth(len(line) - len(line.lstrip()))
        text = _plain(line[mark.end() :], is_markdown=is_markdown)
        return Paragraph(number, text, Kind.BULLET, depth, after_gap)
    return Paragraph(number, _plain(line, is_markdown=is_markdown), after_gap=after_gap)


def _plain(text: str, *, is_markdown: bool) -> str:
    """Without emphasis marks; in Markdown, escaped characters are read as themselves."""
    if is_markdown:
        text = PROTECTED.sub(lambda found: chr(SHIFT + ord(found.group(1))), text)
    bare = strip_tags(LIGHT_EMPHASIS.sub(r"\2", EMPHASIS.sub(r"\2", text)))
    return clean(
        "".join(chr(ord(char) - SHIFT) if SHIFT < ord(char) < SHIFT + 128 else char for char in bare)
    )
