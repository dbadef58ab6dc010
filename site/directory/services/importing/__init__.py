"""Taking in the records of others: staged, compared with what is here, applied as a whole, undone as a whole."""

from directory.services.importing.applying import ImportReport, apply_import
from directory.services.importing.staging import discard_import, stage_import
from directory.services.importing.undoing import undo_import

__all__ = ["ImportReport", "apply_import", "discard_import", "stage_import", "undo_import"]
