"""Read a table as people have it: CSV in any usual encoding and separator, or a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from core.problems import ImportRefused, Problem
from core.sheets import SheetTooLargeError, UnreadableSheetError, read_sheet
from core.spreadsheet import unguard_cell

MAX_BYTES = 5_000_000
MAX_ROWS = 50_000
SEPARATORS = ",;\t|"
SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True)
class Row:
    """One line of a table; `line` is the number an editor or a spreadsheet shows."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """Columns and rows as text, with what was detected to read them."""

    name: str
    columns: list[str]
    rows: list[Row]
    encoding: str
    separator: str = ""
    problems: list[Problem] = field(default_factory=list)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def require(self, *columns: str) -> None:
        """Refuse the file unless it has all `columns`."""
        missing = [column for column in columns if column not in self.columns]
        if missing:
            raise ImportRefused(
                [
                    Problem(
                        self.name,
                        _("line 1"),
                        _("missing columns: %(columns)s") % {"columns": ", ".join(missing)},
                        _("Add them to the first line; found: %(columns)s")
                        % {"columns": ", ".join(self.columns)},
                    )
                ]
            )


def read_table(data: bytes, *, name: str, max_bytes: int = MAX_BYTES) -> Table:
    """The table in `data`; raises ImportRefused, naming the line and the remedy, when it is not one."""
    if len(data) > max_bytes:
        raise _refused(
            name,
            "",
            _("the file is larger than %(size)s MB") % {"size": max_bytes // 1_000_000},
            _("Split it into several files."),
        )
    if data.startswith(b"%PDF"):
        raise _refused(name, "", _("this file is a PDF document"), _("Save the table itself as CSV or XLSX."))
    if data.startswith(SPREADSHEETS):
        return _read_spreadsheet(data, name)
    text, encoding = decode(data, name=name)
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    lines: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for cells in reader:
            lines.append((start, cells))
            start = reader.line_num + 1
    except csv.Error as error:
        raise _broken_line(name, start, error) from error
    return _table(name, lines, encoding, separator)


def decode(data: bytes, *, name: str) -> tuple[str, str]:
    """The text of `data` and its encoding: UTF-8 with or without a mark, UTF-16 with a mark, Windows-1252."""
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.removeprefix("\ufeff"), {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252"}.get(
                encoding, "UTF-16"
            )
    raise _refused(name, "", _("this is not a text file"), _("Save it as CSV (UTF-8) or XLSX."))


def _read_spreadsheet(data: bytes, name: str) -> Table:
    try:
        lines = read_sheet(data, most=MAX_ROWS + 1)
    except UnreadableSheetError as error:
        message = _("this spreadsheet cannot be opened")
        remedy = _("Open it in your spreadsheet program and save it again as XLSX.")
        raise _refused(name, "", message, remedy) from error
    except SheetTooLargeError as error:
        message = _("this spreadsheet is too large")
        remedy = _("Copy your table into a new sheet, or save it as CSV: a far cell may be filled.")
        raise _refused(name, "", message, remedy) from error
    return _table(name, lines, "XLSX", "")


def _broken_line(name: str, line: int, error: csv.Error) -> ImportRefused:
    place = _("line %(line)s") % {"line": line}
    if "field limit" in str(error):
        told = _("a cell of this line has more than %(most)d characters") % {"most": csv.field_size_limit()}
        return _refused(name, place, told, _("Shorten it, or look for a quote that is never closed."))
    return _refused(name, place, _("this line cannot be read"), _("Save the file again as CSV."))


def _separator(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=first.count)


def _table(name: str, lines: Iterable[tuple[int, list[str]]], encoding: str, separator: str) -> Table:
    filled = [(line, cells) for line, cells in lines if any(cell.strip() for cell in cells)]
    if not filled:
        raise _refused(name, "", _("the file is empty"), _("Check that you chose the right file."))
    if len(filled) > MAX_ROWS:
        raise _refused(name, "", _("more than %(count)s lines") % {"count": MAX_ROWS}, _("Split the file."))
    columns = [cell.strip() for cell in filled[0][1]]
    while columns and not columns[-1]:
        columns.pop()
    twice = sorted({column for column in columns if columns.count(column) > 1})
    if twice:
        raise _refused(
            name,
            _("line 1"),
            _("columns written twice: %(columns)s") % {"columns": ", ".join(twice)},
            _("Keep one of each."),
        )
    table = Table(name, columns, [], encoding, separator)
    for line, cells in filled[1:]:
        if any(cell.strip() for cell in cells[len(columns) :]):
            table.problems.append(
                Problem(
                    name,
                    _("line %(line)s") % {"line": line},
                    _("more cells than columns"),
                    _("Put quotation marks around a text that contains the separator."),
                )
            )
            continue
        padded = [*(_plain(cell) for cell in cells[: len(columns)]), *[""] * (len(columns) - len(cells))]
        table.rows.append(Row(line, dict(zip(columns, padded, strict=True))))
    return table


def _plain(cell: str) -> str:
    """The text of a cell, without the guard our exports put before what looks like a formula."""
    return unguard_cell(cell).strip()


def _refused(name: str, place: str, message: str, remedy: str) -> ImportRefused:
    return ImportRefused([Problem(name, place, message, remedy)])
