"""Paragraphs of a DOCX file."""

import re
from collections.abc import Iterator

from lxml import etree

from consultations.syntheses.reading.guard import DOCX_TEXT, read_xml
from consultations.syntheses.reading.odt import OUR_PROPERTY
from consultations.syntheses.reading.office import Counter, bulleted, expand_cell, pieces
from consultations.syntheses.reading.paragraphs import Kind, Paragraph, Source, source_of
from consultations.syntheses.reading.tables import Columns

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LIST_STYLE = re.compile(r"^(?:list|liste)\D*(\d)?$", re.IGNORECASE)
LEFT_OUT = {W + "del", W + "moveFrom", W + "instrText", W + "delText", W + "footnoteReference"}
NO_STYLES = b"<none/>"


class Styles:
    """Names of styles by the identifier paragraphs use: `Titre1` is `heading 1` in any language."""

    def __init__(self, tree: etree._Element) -> None:
        self.names: dict[str, str] = {}
        self.levels: dict[str, int] = {}
        for style in tree.iter(W + "style"):
            key, name = style.get(W + "styleId") or "", style.find(W + "name")
            self.names[key] = (name.get(W + "val") or "").lower() if name is not None else ""
            if style.find(f"{W}pPr/{W}numPr") is not None:
                level = style.find(f"{W}pPr/{W}numPr/{W}ilvl")
                self.levels[key] = int(level.get(W + "val") or 0) if level is not None else 0


def read_docx(data: bytes, name: str) -> Source:
    """Headings, lists, tables and paragraphs, in order; what was struck out is left aside."""
    body = read_xml(data, DOCX_TEXT, name).find(W + "body")
    styles = Styles(read_xml(data, "word/styles.xml", name, default=NO_STYLES))
    core = read_xml(data, "docProps/core.xml", name, default=NO_STYLES)
    is_ours = any(each.tag.endswith("}category") and each.text == OUR_PROPERTY for each in core)
    return source_of(_walk(body, Counter(), styles) if body is not None else (), is_ours=is_ours)


def _walk(parent: etree._Element, counter: Counter, styles: Styles) -> Iterator[Paragraph]:
    for element in parent:
        if element.tag == W + "p":
            kind, depth = _kind(element, styles)
            yield from bulleted(pieces(counter, "".join(_words(element)), kind, depth))
        elif element.tag == W + "tbl":
            columns = Columns()
            for row in element.iter(W + "tr"):
                cells = [expand_cell(list(_walk(cell, counter, styles))) for cell in row.iter(W + "tc")]
                yield from columns.row(cells)
        elif element.tag == W + "sdt":
            content = element.find(W + "sdtContent")
            if content is not None:
                yield from _walk(content, counter, styles)


def _kind(element: etree._Element, styles: Styles) -> tuple[Kind, int]:
    key = _value(element, f"{W}pPr/{W}pStyle")
    name = styles.names.get(key, key.lower())
    if name in {"title", "titre"}:
        return Kind.TITLE, 0
    if name.startswith(("heading", "titre ")) or element.find(f"{W}pPr/{W}outlineLvl") is not None:
        return Kind.HEADING, 0
    own = _value(element, f"{W}pPr/{W}numPr/{W}numId")
    level = _value(element, f"{W}pPr/{W}numPr/{W}ilvl")
    if own and own != "0":
        return Kind.BULLET, _number(level)
    if found := LIST_STYLE.match(name):
        return Kind.BULLET, _number(found.group(1), 1) - 1
    if key in styles.levels and own != "0":
        return Kind.BULLET, styles.levels[key]
    return Kind.PLAIN, 0


def _value(element: etree._Element, path: str) -> str:
    found = element.find(path)
    return (found.get(W + "val") or "") if found is not None else ""


def _number(text: str | None, default: int = 0) -> int:
    return int(text) if text and text.isdecimal() else default


def _words(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag == W + "t":
            yield child.text or ""
        elif child.tag in {W + "br", W + "cr"}:
            yield "\n"
        elif child.tag in {W + "tab", W + "noBreakHyphen"}:
            yield "-" if child.tag == W + "noBreakHyphen" else " "
        elif isinstance(child.tag, str) and child.tag not in LEFT_OUT and child.tag != W + "pPr":
            yield from _words(child)
