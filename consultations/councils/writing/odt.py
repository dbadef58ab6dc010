"""OpenDocument text, with real headings and tables, for whoever has to change it."""

import io

from odfdo import Cell, Element, Header, Paragraph, Row
from odfdo import Document as OdfDocument
from odfdo import Table as OdfTable

from consultations.councils.writing.paper import Paper, Section, Table

NEW_PAGE = "NewPage"
BREAK = (
    f'<style:style style:name="{NEW_PAGE}" style:family="paragraph" style:parent-style-name="Heading_20_1">'
    '<style:paragraph-properties fo:break-before="page"/></style:style>'
)


def write_odt(papers: list[Paper]) -> bytes:
    """Papers one after the other, each on a new page: letters are folded one by one."""
    file = OdfDocument("text")
    body = file.body
    body.clear()
    file.insert_style(Element.from_tag(BREAK), automatic=True)
    for number, paper in enumerate(papers):
        title = Header(1, paper.title)
        if number:
            title.set_attribute("text:style-name", NEW_PAGE)
        body.append(title)
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
