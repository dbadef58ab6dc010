"""Paragraphs of an OpenDocument text."""

from collections.abc import Iterator

from lxml import etree

from consultations.syntheses.reading.guard import ODT_TEXT, read_xml
from consultations.syntheses.reading.office import Counter, bulleted, expand_cell, pieces
from consultations.syntheses.reading.paragraphs import Kind, Paragraph, Source, source_of
from consultations.syntheses.reading.tables import Columns

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
ASIDE = {TEXT + "note", OFFICE + "annotation", OFFICE + "annotation-end", TEXT + "tracked-changes"}
OUR_PROPERTY = "diapason"


def read_odt(data: bytes, name: str) -> Source:
    """Headings, lists, tables and paragraphs, in order; notes and comments are left aside."""
    tree = read_xml(data, ODT_TEXT, name)
    body = tree.find(f"{OFFICE}body/{OFFICE}text")
    meta = read_xml(data, "meta.xml", name, default=b"<none/>")
    is_ours = any(each.get(META + "name") == OUR_PROPERTY for each in meta.iter(META + "user-defined"))
    if body is None:
        return Source(())
    parents = {
        style.get(STYLE + "name"): style.get(STYLE + "parent-style-name") or ""
        for style in tree.iter(STYLE + "style")
    }
    return source_of(_walk(body, Counter(), parents), is_ours=is_ours)


def _walk(parent: etree._Element, counter: Counter, styles: dict[str | None, str]) -> Iterator[Paragraph]:
    for element in parent:
        if element.tag == TEXT + "h":
            level = element.get(TEXT + "outline-level", "1")
            kind = Kind.TITLE if level == "0" else Kind.HEADING
            yield from pieces(counter, _text(element), kind)
        elif element.tag == TEXT + "p":
            style = element.get(TEXT + "style-name")
            names = {style, styles.get(style)}
            kind = Kind.TITLE if "Title" in names else Kind.PLAIN
            yield from bulleted(pieces(counter, _text(element), kind))
        elif element.tag == TEXT + "list":
            yield from _list(element, counter, 0)
        elif element.tag == TABLE + "table":
            yield from _table(element, counter, styles)
        elif element.tag in {TEXT + "section", TEXT + "index-body"}:
            yield from _walk(element, counter, styles)


def _list(element: etree._Element, counter: Counter, depth: int) -> Iterator[Paragraph]:
    for item in element:
        if item.tag not in {TEXT + "list-item", TEXT + "list-header"}:
            continue
        is_first = True
        for child in item:
            if child.tag == TEXT + "list":
                yield from _list(child, counter, depth + 1)
            elif child.tag == TEXT + "h":
                yield from pieces(counter, _text(child), Kind.HEADING)
            elif child.tag == TEXT + "p":
                kind = Kind.BULLET if is_first else Kind.PLAIN
                for each in pieces(counter, _text(child), kind, depth):
                    yield Paragraph(each.line, each.text, each.kind, each.depth, each.after_gap and is_first)
                is_first = False


def _table(element: etree._Element, counter: Counter, styles: dict[str | None, str]) -> Iterator[Paragraph]:
    columns = Columns()
    for row in element.iter(TABLE + "table-row"):
        cells = [
            expand_cell(list(_walk(cell, counter, styles)))
            for cell in row
            if cell.tag == TABLE + "table-cell"
        ]
        yield from columns.row(cells)


def _text(element: etree._Element) -> str:
    """The words of a paragraph; a line break inside it is a line break here."""
    return "".join(_words(element))


def _words(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag in {TEXT + "s", TEXT + "tab"}:
            yield " "
        elif child.tag == TEXT + "line-break":
            yield "\n"
        elif isinstance(child.tag, str) and child.tag not in ASIDE:
            yield from _words(child)
        yield child.tail or ""
