"""A synthesis as a file: ODT, DOCX and Markdown are read back to the same tree; PDF is for paper."""

from collections.abc import Callable
from dataclasses import dataclass

from consultations.syntheses.writing.markdown import write_markdown
from consultations.syntheses.writing.odt import write_odt
from consultations.syntheses.writing.pdf import write_pdf
from consultations.syntheses.writing.printable import Note, Printable, printable_of
from consultations.syntheses.writing.word import write_docx


@dataclass(frozen=True)
class Format:
    """A kind of file: its extension, its content type and who writes it."""

    extension: str
    content_type: str
    label: str
    write: Callable[[Printable], bytes]


FORMATS: dict[str, Format] = {
    each.extension: each
    for each in (
        Format("pdf", "application/pdf", "PDF", write_pdf),
        Format("odt", "application/vnd.oasis.opendocument.text", "ODT", write_odt),
        Format(
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "DOCX",
            write_docx,
        ),
        Format("md", "text/markdown; charset=utf-8", "Markdown", write_markdown),
    )
}

__all__ = ["FORMATS", "Format", "Note", "Printable", "printable_of"]
