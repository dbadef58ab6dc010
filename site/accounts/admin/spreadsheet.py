"""Cells of an exported table are text: a spreadsheet program must never run them."""

from typing import Any

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def as_text(value: Any) -> str:
    """The value as a cell that no spreadsheet program takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def text_columns(*fields: str) -> dict[str, dict[str, Any]]:
    """Wagtail's preprocessing table for columns of plain text."""
    return {field: {"csv": as_text, "xlsx": as_text} for field in fields}
