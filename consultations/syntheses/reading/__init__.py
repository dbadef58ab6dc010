"""Reading past syntheses: ODT, DOCX, Markdown or text gives the same tree, and says what it left out."""

from consultations.syntheses.reading.files import MAX_BYTES, Imported, read_synthesis

__all__ = ["MAX_BYTES", "Imported", "read_synthesis"]
