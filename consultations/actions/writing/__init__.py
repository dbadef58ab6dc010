"""A sheet as a file: one page of PDF to print, ODT and DOCX to change."""

from collections.abc import Callable
from dataclasses import dataclass

from consultations.actions.writing.pdf import write_pdf
from consultations.actions.writing.printable import paper_of
from consultations.actions.writing.word import write_docx
from consultations.councils.writing import Paper
from consultations.councils.writing.odt import write_odt


@dataclass(frozen=True)
class Format:
    """A kind of file and who writes it."""

    extension: str
    content_type: str
    label: str
    write: Callable[[Paper], bytes]


FORMATS = {
    one.extension: one
    for one in (
        Format("pdf", "application/pdf", "PDF", write_pdf),
        Format("odt", "application/vnd.oasis.opendocument.text", "ODT", lambda paper: write_odt([paper])),
        Format(
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "DOCX",
            write_docx,
        ),
    )
}

__all__ = ["FORMATS", "Format", "paper_of"]
