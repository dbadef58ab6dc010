"""Markdown, escaped so that every word is read back as it was."""

import re
from collections.abc import Iterable, Iterator

from consultations.syntheses.document import NOTES_HEADING, SUMMARY_HEADING, Item
from consultations.syntheses.reading.text import OUR_MARK
from consultations.syntheses.writing.printable import Printable

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|&~])")
LEADING = re.compile(r"^([-+=]|\d+(?=[.)]))")


def write_markdown(printable: Printable) -> bytes:
    return "\n".join(_lines(printable)).encode() + b"\n"


def escape(text: str) -> str:
    """Plain words, whatever signs they hold."""
    escaped = SPECIAL.sub(r"\\\1", text)
    return LEADING.sub(
        lambda found: f"\\{found.group(1)}" if not found.group(1).isdigit() else found.group(1), escaped
    )


def _lines(printable: Printable) -> Iterator[str]:
    yield OUR_MARK
    if printable.document.title:
        yield f"# {escape(printable.document.title)}"
    for line in (*printable.labels, *printable.facts):
        yield from ("", escape(line))
    for heading, items in printable.blocks:
        yield from ("", f"## {heading}", "")
        yield from _list(items, "")
    if printable.summary:
        yield from (
            "",
            f"## {SUMMARY_HEADING}",
            "",
            *(escape(line) for line in printable.summary.splitlines()),
        )
    if printable.notes:
        yield from ("", f"## {NOTES_HEADING}", "")
        for note in printable.notes:
            yield f"- {escape(note.text)}"
            yield from (f"  - {escape(source)}" for source in note.sources)


def _list(items: Iterable[Item], indent: str) -> Iterator[str]:
    for item in items:
        yield f"{indent}- {escape(item.text)}"
        yield from _list(item.items, indent + "  ")
