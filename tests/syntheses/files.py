"""Files of a synthesis as people make them, built without our own exports."""

import io
import zipfile
from collections.abc import Callable

from docx import Document as WordDocument
from odfdo import Cell, Header, List, ListItem, Paragraph, Row, Table
from odfdo import Document as OdfDocument

from consultations.syntheses.document import Document, Item

HEADINGS = {
    "salient_points": "POINTS SAILLANTS",
    "keywords": "Mots-clefs :",
    "levers": "POINTS POSITIFS ou LEVIERS A SOUTENIR",
    "improvements": "Points à améliorer",
    "recommendations": "3. Préconisations",
    "essential_points": "points essentiels",
    "user_participation": "MODALITES DE PARTICIPATION DES USAGERS A UNE REFONTE DU TRAVAIL SOCIAL",
}
TABLE = ("levers", "improvements")


def head_of(document: Document) -> list[str]:
    """Title, session with theme, and day, as documents open."""
    lines = [document.title, f"{document.session} : {document.theme}", "2 AVRIL 2014"]
    return [line for line in lines if line.strip(" :")]


def flat(items: tuple[Item, ...]) -> list[Item]:
    """An item that ends with a colon, then those it owns at the same depth, as the founding document does."""
    found: list[Item] = []
    for item in items:
        if item is items[-1] and item.text.endswith(":"):
            found += [Item(item.text), *item.items]
        else:
            found.append(item)
    return found


def as_docx(document: Document) -> bytes:
    """Word's own headings and lists, and a table of two columns."""
    file = WordDocument()
    first, *others = head_of(document)
    file.add_heading(first, 0)
    for line in others:
        file.add_paragraph(line)
    for code, heading in HEADINGS.items():
        if code == TABLE[0]:
            table = file.add_table(2, 2)
            for column, name in enumerate(TABLE):
                table.rows[0].cells[column].text = HEADINGS[name]
                cell = table.rows[1].cells[column]
                cell.text = ""
                for item in document.block(name):
                    cell.add_paragraph(item.text, style="List Bullet")
        elif code not in TABLE:
            file.add_heading(heading, 1)
            for item in flat(document.block(code)):
                file.add_paragraph(item.text, style="List Bullet")
                for child in item.items:
                    file.add_paragraph(child.text, style="List Bullet 2")
    output = io.BytesIO()
    file.save(output)
    return output.getvalue()


def as_odt(document: Document) -> bytes:
    """OpenDocument headings, nested lists, and a table whose cells hold one paragraph with dashes."""
    file = OdfDocument("text")
    body = file.body
    body.clear()
    for line in head_of(document):
        body.append(Paragraph(line))
    for code, heading in HEADINGS.items():
        if code == TABLE[0]:
            table = Table("leviers", width=2, height=0)
            names, lists = Row(), Row()
            for name in TABLE:
                names.append_cell(Cell(HEADINGS[name]))
                lists.append_cell(Cell(" ".join(f"- {item.text}" for item in document.block(name))))
            table.append_row(names)
            table.append_row(lists)
            body.append(table)
        elif code not in TABLE:
            body.append(Header(2, heading))
            body.append(_odf_list(flat(document.block(code))))
    output = io.BytesIO()
    file.save(output)
    return output.getvalue()


def _odf_list(items: list[Item]) -> List:
    made = List()
    for item in items:
        entry = ListItem(Paragraph(item.text))
        if item.items:
            entry.append(_odf_list(list(item.items)))
        made.append(entry)
    return made


def as_markdown(document: Document) -> bytes:
    """Headings with `#`, `*` bullets, and a table of bars."""
    lines = [f"# {head_of(document)[0]}", "", *[f"{line}\n" for line in head_of(document)[1:]]]
    for code, heading in HEADINGS.items():
        if code == TABLE[0]:
            lists = ["<br>".join(f"- {item.text}" for item in document.block(name)) for name in TABLE]
            lines += ["", "| " + " | ".join(HEADINGS[name] for name in TABLE) + " |", "| --- | --- |"]
            lines += ["| " + " | ".join(lists) + " |", ""]
        elif code not in TABLE:
            lines += ["", f"## **{heading}**", ""]
            for item in flat(document.block(code)):
                lines += [f"* {item.text}", *(f"    * {child.text}" for child in item.items)]
    return "\n".join(lines).encode()


def as_text(document: Document) -> bytes:
    """Plain text with dashes and headings in capitals, in the encoding of an old machine."""
    lines = head_of(document)
    for code, heading in HEADINGS.items():
        lines += ["", heading.upper(), ""]
        for item in flat(document.block(code)):
            lines += [f"- {item.text}", *(f" - {child.text}" for child in item.items)]
    return "\r\n".join(lines).encode("cp1252", "replace")


BUILDERS: dict[str, Callable[[Document], bytes]] = {
    "docx": as_docx,
    "odt": as_odt,
    "md": as_markdown,
    "txt": as_text,
}


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The same archive with one part more, or replaced."""
    output = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for part in source.namelist():
            if part != name:
                made.writestr(part, source.read(part))
        made.writestr(name, content)
    return output.getvalue()


def part_of(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return source.read(name)
