"""Cells of an exported table are text: a spreadsheet program must never run them.

Every export passes its text cells through `guard_cell`; `core.tabular` takes the guard off again, so that
what we export can be imported without a change. See the formula-injection page of OWASP.
"""

import re
from typing import Any

BOM = "\ufeff"
"""Starts a CSV that spreadsheet programs must open with its accents."""
GUARD = "'"
RUNS = re.compile(r"[\s']*[=+\-@＝＋－＠\t\r\n]")
"""What a spreadsheet program may run, guarded or not: what was guarded twice can be undone twice."""


def guard_cell(value: Any) -> Any:
    """The value as a cell that no spreadsheet program takes for a formula; numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return value
    text = str(value)
    return GUARD + text if RUNS.match(text) else text


def unguard_cell(text: str) -> str:
    """The text that was guarded."""
    return text[1:] if text.startswith(GUARD) and RUNS.match(text) else text


def guarded_columns(*fields: str) -> dict[str, dict[str, Any]]:
    """Wagtail's table of preprocessing, for columns of plain text."""
    return {field: {"csv": guard_cell, "xlsx": guard_cell} for field in fields}
