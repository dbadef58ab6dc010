"""From paragraphs to the blocks of a synthesis; what belongs to none of them is listed with its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from consultations.syntheses.blocks import Block, block_announced, blocks_named, in_order
from consultations.syntheses.document import (
    MAX_LEVELS,
    MAX_TITLE,
    NOTES_HEADING,
    SUMMARY_HEADING,
    Document,
    Item,
)
from consultations.syntheses.reading.head import Head
from consultations.syntheses.reading.paragraphs import Kind, Paragraph, Source

LABELLED = re.compile(r"^([^:]{3,80}?)\s*:\s+(\S.*)$")
BETWEEN_KEYWORDS = re.compile(r"\s*[;,•·]\s*")
UNFINISHED = re.compile(r"[^.!?:;…»\"”)\]]$")


@dataclass(frozen=True)
class Unrecognised:
    """Words of the file that no block took."""

    line: int
    text: str


@dataclass
class Entry:
    """An item being read."""

    text: str
    depth: int
    is_bullet: bool
    line: int


@dataclass
class Reading:
    """Where the reading stands."""

    is_structured: bool
    is_ours: bool
    head: Head = field(default_factory=Head)
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    left_out: list[Unrecognised] = field(default_factory=list)
    block: str | None = None
    has_started: bool = False
    is_beside: bool = False

    def leave_out(self, paragraph: Paragraph) -> None:
        if self.is_ours and paragraph.kind == Kind.HEADING:
            self.is_beside = paragraph.text in {SUMMARY_HEADING, NOTES_HEADING}
        if not self.is_beside:
            self.left_out.append(Unrecognised(paragraph.line, paragraph.text))

    @property
    def current(self) -> list[Entry]:
        return self.entries.setdefault(self.block, []) if self.block else []


def parse(source: Source) -> tuple[Document, tuple[Unrecognised, ...]]:
    """The tree of a file and what was left out of it."""
    is_structured = source.is_ours or any(
        each.kind in {Kind.HEADING, Kind.TITLE} and _named(each) for each in source.paragraphs
    )
    reading = Reading(is_structured, source.is_ours)
    for paragraph in source.paragraphs:
        if paragraph.text:
            _read(reading, paragraph)
    blocks = {
        code: tuple(_tree(reading.entries[code], colon_owns=not source.is_ours))
        for code in in_order(reading.entries)
    }
    head = reading.head
    document = Document(head.title[:MAX_TITLE], head.session, head.theme, head.held_on, blocks)
    return document, tuple(reading.left_out)


def _read(reading: Reading, paragraph: Paragraph) -> None:
    if _opens(reading, paragraph):
        return
    if not reading.has_started:
        if not reading.head.take(paragraph, is_ours=reading.is_ours):
            reading.leave_out(paragraph)
    elif _is_other_heading(reading, paragraph):
        reading.block = None
        reading.leave_out(paragraph)
    elif reading.block is None:
        reading.leave_out(paragraph)
    elif paragraph.kind == Kind.BULLET:
        reading.current.append(Entry(paragraph.text, paragraph.depth, True, paragraph.line))
    else:
        _read_plain(reading, paragraph)


def _opens(reading: Reading, paragraph: Paragraph) -> bool:
    """Start the block a heading names; a heading of several blocks only announces theirs."""
    if reading.is_ours and paragraph.kind != Kind.HEADING:
        return False
    if paragraph.kind == Kind.BULLET and (reading.is_structured or not _shouts(paragraph.text)):
        return False
    rest, names = "", _named(paragraph)
    labelled = LABELLED.match(paragraph.text)
    if not names and labelled and paragraph.kind == Kind.PLAIN and _is_label(labelled.group(1)):
        names, rest = blocks_named(labelled.group(1)), labelled.group(2)
    goes_on = paragraph.kind == Kind.PLAIN and paragraph.text[0].islower() and not paragraph.after_gap
    if not names or goes_on:
        return False
    _start(reading, names)
    if rest:
        _read_plain(reading, Paragraph(paragraph.line, rest, after_gap=True))
    return True


def _is_label(text: str) -> bool:
    """`Mots clés : a, b` opens a block; a single word before a colon (`Constats : …`) may start a sentence."""
    return len(text.split()) > 1


def _start(reading: Reading, names: tuple[str, ...]) -> bool:
    reading.block = names[0] if len(names) == 1 else None
    reading.has_started, reading.is_beside = True, False
    return True


def _named(paragraph: Paragraph) -> tuple[str, ...]:
    names = blocks_named(paragraph.text)
    is_heading = paragraph.kind in {Kind.HEADING, Kind.TITLE} or _shouts(paragraph.text)
    if not names and is_heading and paragraph.kind != Kind.BULLET:
        announced = block_announced(paragraph.text)
        names = (announced,) if announced else ()
    return names


def _shouts(text: str) -> bool:
    """Capitals, but for the small words between them."""
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and sum(char.isupper() for char in letters) * 10 >= len(letters) * 8


def _is_other_heading(reading: Reading, paragraph: Paragraph) -> bool:
    """A heading no block answers to: what follows it must not slip into the block before."""
    if paragraph.kind in {Kind.HEADING, Kind.TITLE}:
        return True
    return (
        paragraph.kind == Kind.PLAIN
        and paragraph.after_gap
        and not paragraph.in_table
        and _shouts(paragraph.text)
        and any(each.is_bullet for each in reading.current)
    )


def _read_plain(reading: Reading, paragraph: Paragraph) -> None:
    """A line without a bullet: the end of the sentence before, an item of a block without bullets, or neither."""
    entries = reading.current
    bulleted = any(each.is_bullet for each in entries)
    text = paragraph.text
    if entries and _continues(entries[-1], paragraph, bulleted=bulleted):
        entries[-1].text = f"{entries[-1].text} {text}"
    elif not bulleted and reading.block == Block.KEYWORDS and BETWEEN_KEYWORDS.search(text):
        words = [word for word in BETWEEN_KEYWORDS.split(text.rstrip(".")) if word]
        entries += [Entry(word, 0, False, paragraph.line) for word in words]
    elif not bulleted or text.endswith(":"):
        entries.append(Entry(text, 0, bulleted, paragraph.line))
    else:
        reading.leave_out(paragraph)


def _continues(last: Entry, paragraph: Paragraph, *, bulleted: bool) -> bool:
    is_lower = paragraph.text[0].islower()
    if paragraph.after_gap:
        return is_lower and bool(UNFINISHED.search(last.text))
    return bulleted or is_lower


def _tree(entries: list[Entry], *, colon_owns: bool) -> Iterator[Item]:
    """Items by depth; one that ends with a colon and has nothing below owns its next equals."""
    position = 0
    while position < len(entries):
        below = _below(entries, position)
        owned = entries[position + 1 : below]
        if colon_owns and not owned and entries[position].text.endswith(":"):
            below = _next_owner(entries, position)
            owned = entries[position + 1 : below]
        yield from _item(entries[position], owned, colon_owns=colon_owns, level=1)
        position = max(below, position + 1)


def _item(entry: Entry, owned: list[Entry], *, colon_owns: bool, level: int) -> Iterator[Item]:
    if level >= MAX_LEVELS:
        yield Item(entry.text)
        for each in owned:
            yield Item(each.text)
        return
    items: list[Item] = []
    position = 0
    while position < len(owned):
        below = _below(owned, position)
        items += _item(owned[position], owned[position + 1 : below], colon_owns=colon_owns, level=level + 1)
        position = below
    yield Item(entry.text, tuple(items))


def _below(entries: list[Entry], position: int) -> int:
    """Where what is deeper than this entry ends."""
    end = position + 1
    while end < len(entries) and entries[end].depth > entries[position].depth:
        end += 1
    return end


def _next_owner(entries: list[Entry], position: int) -> int:
    """Where the next item of the same depth that ends with a colon stands, or what is shallower."""
    depth = entries[position].depth
    for end in range(position + 1, len(entries)):
        same = entries[end].depth == depth
        if entries[end].depth < depth or (same and entries[end].text.endswith(":")):
            return end
    return len(entries)
