"""DOCX, with Word's own headings and tables."""

import io

from docx import Document as new_document

from consultations.councils.writing import Paper, Section


def write_docx(paper: Paper) -> bytes:
    """The paper, to be changed."""
    file = new_document()
    file.add_heading(paper.title, 0)
    for line in paper.lines:
        file.add_paragraph(line)
    for section in paper.sections:
        _section(file, section)
    for note in paper.notes:
        file.add_paragraph(note)
    file.core_properties.title = paper.title
    file.core_properties.language = "fr-FR"
    output = io.BytesIO()
    file.save(output)
    return output.getvalue()


def _section(file: object, section: Section) -> None:
    file.add_heading(section.heading, 1)  # type: ignore[attr-defined]
    for text in section.paragraphs:
        file.add_paragraph(text)  # type: ignore[attr-defined]
    if section.table is None:
        return
    made = file.add_table(rows=0, cols=len(section.table.headings))  # type: ignore[attr-defined]
    made.style = "Table Grid"
    for cells in (section.table.headings, *section.table.rows):
        for cell, text in zip(made.add_row().cells, cells, strict=True):
            cell.text = text
