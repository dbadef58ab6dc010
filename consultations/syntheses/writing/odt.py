"""OpenDocument text, with real headings and nested lists."""

import io
from collections.abc import Iterable

from odfdo import Document as OdfDocument
from odfdo import Header, List, ListItem, Paragraph

from consultations.syntheses.document import NOTES_HEADING, SUMMARY_HEADING, Item
from consultations.syntheses.reading.odt import OUR_PROPERTY
from consultations.syntheses.writing.printable import Printable


def write_odt(printable: Printable) -> bytes:
    file = OdfDocument("text")
    body = file.body
    body.clear()
    if printable.document.title:
        body.append(_paragraph(printable.document.title, style="Title"))
    for line in (*printable.labels, *printable.facts):
        body.append(_paragraph(line))
    for heading, items in printable.blocks:
        body.append(Header(1, heading))
        body.append(_list(items))
    if printable.summary:
        body.append(Header(1, SUMMARY_HEADING))
        for line in printable.summary.splitlines():
            body.append(_paragraph(line))
    if printable.notes:
        body.append(Header(1, NOTES_HEADING))
        body.append(_list(Item(note.text, tuple(map(Item, note.sources))) for note in printable.notes))
    file.meta.title = printable.document.title
    file.meta.language = "fr-FR"
    file.meta.set_user_defined_metadata(OUR_PROPERTY, "synthesis")
    output = io.BytesIO()
    file.save(output)
    return output.getvalue()


def _paragraph(text: str, style: str | None = None) -> Paragraph:
    return Paragraph(text, style=style) if style else Paragraph(text)


def _list(items: Iterable[Item]) -> List:
    made = List()
    for item in items:
        entry = ListItem(_paragraph(item.text))
        if item.items:
            entry.append(_list(item.items))
        made.append(entry)
    return made
