"""OpenDocument text, with real headings and tables, for whoever has to change it."""

import io

from odfdo import Cell, Header, Paragraph, Row
from odfdo import Document as OdfDocument
from odfdo import Table as OdfTable

from consultations.councils.writing.paper import Paper, Section, Table


def write_odt(papers: list[Paper]) -> bytes:
    """Papers one after the other."""
    file = OdfDocument("text")
    body = file.body
    body.clear()
    for number, paper in enumerate(papers):
        body.append(Header(1, paper.title))
        for line in paper.lines:
            body.append(Paragraph(line))
        for place, section in enumerate(paper.sections):
            for element in _section(section, f"Tableau{number}_{place}"):
                body.append(element)
        for note in paper.notes:
            body.append(Paragraph(note))
    file.meta.title = papers[0].title if papers else ""
    file.meta.language = "fr-FR"
    output = io.BytesIO()
    file.save(output)
    return output.getvalue()


def _section(section: Section, name: str) -> list[Header | Paragraph | OdfTable]:
    made: list[Header | Paragraph | OdfTable] = []
    if section.heading:
        made.append(Header(2, section.heading))
    made += [
        Paragraph(text) for paragraph in section.paragraphs for text in paragraph.splitlines() if text.strip()
    ]
    if section.table is not None:
        made.append(_table(section.table, name))
    return made


def _table(table: Table, name: str) -> OdfTable:
    made = OdfTable(name)
    for cells in (table.headings, *table.rows):
        row = Row()
        for text in cells:
            row.append_cell(Cell(text))
        made.append_row(row)
    return made
