"""DOCX, with Word's own headings and list styles."""

import io
from collections.abc import Iterable

from docx import Document as new_document
from docx.document import Document as WordDocument

from consultations.syntheses.document import NOTES_HEADING, SUMMARY_HEADING, Item
from consultations.syntheses.reading.odt import OUR_PROPERTY
from consultations.syntheses.writing.printable import Printable

STYLES = ("List Bullet", "List Bullet 2", "List Bullet 3")


def write_docx(printable: Printable) -> bytes:
    file = new_document()
    if printable.document.title:
        file.add_heading(printable.document.title, 0)
    for line in (*printable.labels, *printable.facts):
        file.add_paragraph(line)
    for heading, items in printable.blocks:
        file.add_heading(heading, 1)
        _list(file, items, 0)
    if printable.summary:
        file.add_heading(SUMMARY_HEADING, 1)
        for line in printable.summary.splitlines():
            file.add_paragraph(line)
    if printable.notes:
        file.add_heading(NOTES_HEADING, 1)
        _list(file, [Item(note.text, tuple(map(Item, note.sources))) for note in printable.notes], 0)
    file.core_properties.title = printable.document.title
    file.core_properties.category = OUR_PROPERTY
    file.core_properties.language = "fr-FR"
    output = io.BytesIO()
    file.save(output)
    return output.getvalue()


def _list(file: WordDocument, items: Iterable[Item], depth: int) -> None:
    for item in items:
        file.add_paragraph(item.text, style=STYLES[depth])
        _list(file, item.items, depth + 1)
