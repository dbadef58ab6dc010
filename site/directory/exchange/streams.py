"""Objects and rows out of files of any size, one at a time, each with the line where it starts."""

import csv
import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, NoReturn, TextIO

from django.utils.translation import gettext as _

from core.problems import ImportRefused, Problem

CHUNK = 1 << 18
LARGEST_OBJECT = 2_000_000
LARGEST_WHOLE = 20_000_000
"""Characters of one object, and of a file that is one object rather than a list."""
BLANK = re.compile(r"[\s,]*")
DECODER = json.JSONDecoder(parse_constant=lambda name: _refuse_constant(name))
Found = tuple[int, dict[str, Any]]


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def refused(path: Path, line: int, message: str, remedy: str) -> ImportRefused:
    """The whole file is refused, at a line."""
    place = _("line %(line)s") % {"line": line} if line else ""
    return ImportRefused([Problem(path.name, place, message, remedy)])


def opened(path: Path) -> TextIO:
    """A text file, with or without a byte order mark."""
    try:
        return path.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise refused(path, 0, _("this file cannot be read"), _("Check its name and its rights.")) from error


def objects(path: Path) -> Iterator[Found]:
    """The objects of a JSON list, or of a file with one object a line."""
    with opened(path) as file:
        try:
            yield from _lines(path, file) if path.suffix in {".ndjson", ".jsonl"} else _list(path, file)
        except UnicodeDecodeError as error:
            raise _not_utf8(path) from error
        except RecursionError as error:
            raise refused(path, 0, _("objects are nested too deeply"), _("Export the file again.")) from error


def _not_utf8(path: Path) -> ImportRefused:
    return refused(path, 0, _("this file is not in UTF-8"), _("Save it again as UTF-8."))


def _lines(path: Path, file: TextIO) -> Iterator[Found]:
    for number, line in enumerate(file, 1):
        if len(line) > LARGEST_OBJECT:
            raise refused(path, number, _("this object is too large"), _("Export the file again."))
        if line.strip():
            yield number, _object(path, number, line)


def _object(path: Path, line: int, text: str) -> dict[str, Any]:
    try:
        value, _end = DECODER.raw_decode(text.strip())
    except ValueError as error:
        raise _broken(path, line, error) from error
    if not isinstance(value, dict):
        raise refused(path, line, _("an object was expected"), _("Write one object in braces."))
    return value


def _broken(path: Path, line: int, error: ValueError) -> ImportRefused:
    told = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
    return refused(
        path,
        line,
        _("this is not whole JSON (%(error)s)") % {"error": told},
        _("The file may have been cut: download or export it again."),
    )


class _Buffer:
    """What was read and not yet used, with the line it starts at."""

    def __init__(self, file: TextIO) -> None:
        self.file, self.text, self.line, self.is_over = file, "", 1, False

    def more(self) -> bool:
        piece = self.file.read(CHUNK)
        self.is_over = not piece
        self.text += piece
        return bool(piece)

    def drop(self, count: int) -> None:
        self.line += self.text.count("\n", 0, count)
        self.text = self.text[count:]

    def head(self) -> str:
        """The next character that says something; empty at the end."""
        while True:
            blank = BLANK.match(self.text)
            self.drop(blank.end() if blank else 0)
            if self.text or not self.more():
                return self.text[:1]


def _list(path: Path, file: TextIO) -> Iterator[Found]:
    buffer = _Buffer(file)
    first = buffer.head()
    if first == "{":
        yield from _whole(path, buffer)
        return
    if first != "[":
        raise refused(
            path, buffer.line, _("a list in brackets was expected"), _("Give a JSON list of objects.")
        )
    buffer.drop(1)
    while (head := buffer.head()) != "]":
        if head != "{":
            end = _("the end of the list is missing") if not head else _("an object was expected")
            remedy = _("The file may have been cut: download or export it again.")
            raise refused(path, buffer.line, end, remedy)
        yield _next(path, buffer)
    buffer.drop(1)
    if buffer.head():
        raise refused(
            path, buffer.line, _("something follows the end of the list"), _("Export the file again.")
        )


def _next(path: Path, buffer: _Buffer) -> Found:
    """The object that starts here, reading on while it is not whole."""
    while True:
        try:
            value, end = DECODER.raw_decode(buffer.text)
        except ValueError as error:
            if len(buffer.text) > LARGEST_OBJECT or not buffer.more():
                line = buffer.line + (error.lineno - 1 if isinstance(error, json.JSONDecodeError) else 0)
                raise _broken(path, line, error) from error
        else:
            line = buffer.line
            buffer.drop(end)
            return line, value


def _whole(path: Path, buffer: _Buffer) -> Iterator[Found]:
    """One object, or the lists it holds: a page of an interface, or several lists in one file."""
    while buffer.more():
        if len(buffer.text) > LARGEST_WHOLE:
            raise refused(
                path, 1, _("this file is one very large object"), _("Give a list, or one object a line.")
            )
    try:
        value = json.loads(buffer.text, parse_constant=_refuse_constant)
    except ValueError as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        raise _broken(path, line, error) from error
    lists = [value[name] for name in ("contents", "structures", "organizations", "services") if name in value]
    if not lists or "id" in value:
        yield 1, value
    for one in lists if "id" not in value else ():
        for each in one if isinstance(one, list) else ():
            if isinstance(each, dict):
                yield 1, each


def rows(path: Path, needed: Collection[str] = ()) -> Iterator[Found]:
    """The rows of a CSV file by column, some of which must be there; blank lines are passed over."""
    with opened(path) as file:
        try:
            sample = file.read(20_000).partition("\n")[0]
            file.seek(0)
            reader = csv.reader(file, delimiter=max(",;\t", key=sample.count), strict=True)
            columns = [name.strip() for name in next(reader, [])]
            _check_columns(path, columns, needed)
            start = reader.line_num + 1
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    if len(cells) != len(columns):
                        raise refused(
                            path,
                            start,
                            _("%(found)d cells where %(wanted)d were expected")
                            % {"found": len(cells), "wanted": len(columns)},
                            _("Check the quotes and the separators of this line."),
                        )
                    yield start, dict(zip(columns, cells, strict=True))
                start = reader.line_num + 1
        except UnicodeDecodeError as error:
            raise _not_utf8(path) from error
        except csv.Error as error:
            raise _broken_row(path, reader.line_num, error) from error


def _broken_row(path: Path, line: int, error: csv.Error) -> ImportRefused:
    if "field limit" in str(error):
        most = {"most": csv.field_size_limit()}
        told = _("a cell of this line has more than %(most)d characters") % most
        return refused(path, line, told, _("Shorten it, or look for a quote that is never closed."))
    return refused(
        path, line, _("the quotes of this line do not match"), _("Save the file again as CSV, in UTF-8.")
    )


def _check_columns(path: Path, columns: list[str], needed: Collection[str]) -> None:
    twice = sorted({name for name in columns if columns.count(name) > 1 and name})
    if twice or not any(columns):
        message = (
            _("column given twice: %(name)s") % {"name": twice[0]} if twice else _("the first line is empty")
        )
        raise refused(path, 1, message, _("Name each column once on the first line."))
    if missing := [name for name in needed if name not in columns]:
        told = _("columns that are missing: %(names)s") % {"names": ", ".join(missing)}
        raise refused(path, 1, told, _("Check that you chose the right file; names are on its first line."))
