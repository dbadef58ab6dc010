"""Spreadsheets people send, read in a process of its own: one made to harm ends that process and not the server."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from core import sheet_process

PATIENCE = 40
"""Seconds after which the reading is given up, whatever it waits for."""


class UnreadableSheetError(ValueError):
    """Not a spreadsheet, or a broken one."""


class SheetTooLargeError(ValueError):
    """It asks for more memory or time than a table does."""


def read_sheet(data: bytes, *, most: int) -> list[tuple[int, list[str]]]:
    """Up to `most` rows of the first sheet that hold something, with their numbers; every cell as text."""
    command = [sys.executable, "-I", str(Path(sheet_process.__file__)), str(most)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise SheetTooLargeError from error
    if done.returncode == sheet_process.UNREADABLE:
        raise UnreadableSheetError
    if done.returncode:
        raise SheetTooLargeError
    return list(_rows(done.stdout))


def _rows(output: bytes) -> Iterator[tuple[int, list[str]]]:
    for line in output.splitlines():
        number, cells = json.loads(line)
        yield number, cells
