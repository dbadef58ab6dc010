"""Papers of councils: notices, minutes, records of elections, as ODT to be changed and PDF to be printed."""

from collections.abc import Callable
from dataclasses import dataclass

from consultations.councils.writing.odt import write_odt
from consultations.councils.writing.paper import Paper, Section, Table
from consultations.councils.writing.pdf import write_pdf


@dataclass(frozen=True)
class Format:
    """A kind of file and who writes it."""

    extension: str
    content_type: str
    write: Callable[[list[Paper]], bytes]


FORMATS = {
    one.extension: one
    for one in (
        Format("pdf", "application/pdf", write_pdf),
        Format("odt", "application/vnd.oasis.opendocument.text", write_odt),
    )
}

__all__ = ["FORMATS", "Format", "Paper", "Section", "Table"]
