"""A file people send, put where the readers find it: as it is, or the files of a zip archive. Nothing else comes out of it."""

import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.problems import ImportRefused, Problem

SUFFIXES = (".json", ".ndjson", ".jsonl", ".csv")
MOST_FILES, MOST_BYTES = 100, 1_000_000_000
COPIED = 1 << 20
SNIFFED = 16
MARKS = {
    b"%PDF": gettext_lazy("a PDF document"),
    b"PK\x03\x04": gettext_lazy("an archive or a spreadsheet"),
    b"\xd0\xcf\x11\xe0": gettext_lazy("an old spreadsheet or document"),
    b"\x89PNG": gettext_lazy("a picture"),
    b"\xff\xd8\xff": gettext_lazy("a picture"),
    b"GIF8": gettext_lazy("a picture"),
}
"""How files that are neither JSON nor CSV start."""


def put_down(file: IO[Any], name: str, folder: Path) -> Path:
    """The file, or the folder of an archive's files; raises ImportRefused for anything else."""
    if Path(name).suffix.lower() == ".zip":
        return _unpacked(file, name, folder)
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise _refused(
            name,
            _("this kind of file is not read"),
            _("Send JSON, NDJSON or CSV, or several of them in a zip archive."),
        )
    start = file.read(SNIFFED)
    file.seek(0)
    if kind := next((kind for mark, kind in MARKS.items() if start.startswith(mark)), None):
        told = _("this file is %(kind)s, whatever its name says") % {"kind": kind}
        raise _refused(name, told, _("Open it with the program that made it, and save it as CSV or JSON."))
    path = folder / f"{Path(name).stem[:100] or 'file'}{suffix}"
    with path.open("wb") as written:
        shutil.copyfileobj(file, written, COPIED)
    return path


def _refused(name: str, message: str, remedy: str) -> ImportRefused:
    return ImportRefused([Problem(name, "", message, remedy)])


def _unpacked(file: IO[Any], name: str, folder: Path) -> Path:
    """Files by their last name only: what an archive says of folders leads nowhere."""
    try:
        with zipfile.ZipFile(file) as archive:
            found = _readable(archive.infolist(), name)
            for one in found:
                with archive.open(one) as packed, (folder / _last(one)).open("wb") as written:
                    shutil.copyfileobj(packed, written, COPIED)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        RuntimeError,
        NotImplementedError,
        OSError,
        EOFError,
    ) as error:
        raise _refused(
            name, _("this archive cannot be opened"), _("Make it again, without a password.")
        ) from error
    return folder


def _last(one: zipfile.ZipInfo) -> str:
    return PurePosixPath(one.filename.replace("\\", "/")).name


def _readable(every: Iterable[zipfile.ZipInfo], name: str) -> list[zipfile.ZipInfo]:
    """What is read of it, unless it is too much or says the same name twice."""
    found = [
        one
        for one in every
        if not one.is_dir() and _last(one).lower().endswith(SUFFIXES) and not _last(one).startswith(".")
    ]
    names = [_last(one).lower() for one in found]
    if not found:
        raise _refused(
            name, _("this archive holds no JSON or CSV file"), _("Check that you chose the right file.")
        )
    if len(found) > MOST_FILES or sum(one.file_size for one in found) > MOST_BYTES:
        raise _refused(name, _("this archive holds too much"), _("Split it into several files."))
    if len(set(names)) < len(names):
        raise _refused(
            name,
            _("two files of this archive have the same name"),
            _("Put all the files at the top of the archive."),
        )
    return found
