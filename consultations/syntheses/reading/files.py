"""One door for every kind of file: its kind is read from its bytes, its name only helps."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from consultations.syntheses.document import MAX_TEXT, Document
from consultations.syntheses.reading.guard import MAX_BYTES, refused, zip_kind
from consultations.syntheses.reading.odt import read_odt
from consultations.syntheses.reading.paragraphs import MAX_PARAGRAPHS, Source
from consultations.syntheses.reading.parser import Unrecognised, parse
from consultations.syntheses.reading.text import OUR_MARK, read_text
from consultations.syntheses.reading.word import read_docx
from core.problems import ImportRefused, Problem

MAX_ITEMS, MAX_LINE = 1_000, 20_000
MARKDOWN = (".md", ".markdown", ".mdown")
OLD_OFFICE, PDF, RICH_TEXT = b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf"


@dataclass(frozen=True)
class Imported:
    """What a file says, and what it says that no block took."""

    document: Document
    left_out: tuple[Unrecognised, ...]

    def as_json(self) -> dict[str, Any]:
        """For the command's report."""
        return {
            **self.document.as_json(),
            "counts": self.document.counts,
            "unrecognised": [{"line": each.line, "text": each.text} for each in self.left_out],
        }


def read_synthesis(data: bytes, *, name: str) -> Imported:
    """The synthesis a file holds; raises ImportRefused with the reason and the remedy when it holds none."""
    if len(data) > MAX_BYTES:
        raise refused(
            name,
            _("the file is larger than %(size)s MB") % {"size": MAX_BYTES // 1_000_000},
            _("Remove its pictures, or keep the text only."),
        )
    source = _source(data, name)
    if len(source.paragraphs) > MAX_PARAGRAPHS:
        raise refused(
            name, _("more than %(count)s lines") % {"count": MAX_PARAGRAPHS}, _("Keep the synthesis only.")
        )
    if not any(each.text for each in source.paragraphs):
        raise refused(name, _("the file is empty"), _("Check that you chose the right file."))
    document, left_out = parse(source)
    if not any(document.counts.values()):
        raise ImportRefused(
            [
                Problem(
                    name,
                    _("line %(line)s") % {"line": source.paragraphs[0].line},
                    _("no heading of a synthesis was found in this file"),
                    _("Give its parts their headings, for example “Points saillants” or “Préconisations”."),
                )
            ]
        )
    _refuse_excess(document, name)
    return Imported(document, left_out)


def _refuse_excess(document: Document, name: str) -> None:
    """Sentences no page could hold."""
    items = [each for found in document.blocks.values() for item in found for each in item]
    if len(items) > MAX_ITEMS:
        raise refused(
            name, _("more than %(count)s lines") % {"count": MAX_ITEMS}, _("Keep the synthesis only.")
        )
    for item in items:
        if len(item.text) > MAX_TEXT:
            raise refused(
                name,
                _("a sentence is longer than %(count)s characters: “%(start)s…”")
                % {"count": MAX_TEXT, "start": item.text[:60]},
                _("Part it into several."),
            )


def _source(data: bytes, name: str) -> Source:
    if data.startswith(b"PK"):
        return {"odt": read_odt, "docx": read_docx}[zip_kind(data, name)](data, name)
    for start, kind in ((OLD_OFFICE, "DOC"), (PDF, "PDF"), (RICH_TEXT, "RTF")):
        if data.startswith(start):
            raise refused(
                name,
                _("%(kind)s files are not read") % {"kind": kind},
                _("Open it in your word processor and save it as ODT or DOCX."),
            )
    text = _decode(data, name)
    if max(map(len, text.split("\n"))) > MAX_LINE:
        raise refused(
            name,
            _("a line is longer than %(count)s characters") % {"count": MAX_LINE},
            _("Part it into several."),
        )
    is_markdown = name.lower().endswith(MARKDOWN) or OUR_MARK in text[:200]
    return read_text(text, is_markdown=is_markdown)


def _decode(data: bytes, name: str) -> str:
    """UTF-8 with or without a mark, UTF-16 with a mark, Windows-1252; one kind of line end."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "cp1252"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(unicodedata.category(char) == "Cc" and not char.isspace() for char in text):
            return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    raise refused(name, _("this is not a text file"), _("Save it as ODT, DOCX, Markdown or text."))
