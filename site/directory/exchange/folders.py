"""A path given by people, read as records: which files are there, which format they are in."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _

from core.problems import ImportRefused, Problem
from directory.exchange.hsds.packed import read_package
from directory.exchange.hsds.read import READERS, read_location
from directory.exchange.inclusion import read as inclusion
from directory.exchange.reading import Object, Reading
from directory.exchange.records import Record
from directory.exchange.streams import objects, rows

JSON = (".json", ".ndjson", ".jsonl")
FORMATS = ("hsds", "data-inclusion")
NEEDED = ("source", "id", "nom", "date_maj")
"""What every line of data·inclusion says."""


@dataclass(frozen=True)
class Placed:
    """A record with the file and the line it came from; `own` is the record that was published from here, if it was."""

    record: Record
    file: str
    line: int
    own: UUID | None = None


def read_records(path: Path, form: str, reading: Reading) -> Iterator[Placed]:
    """Every record of a file or of a folder; problems and notices are kept in `reading`."""
    if not path.exists():
        raise _refused(path, _("there is nothing there"), _("Check the name of the file or folder."))
    read = _hsds if form == "hsds" else _inclusion
    yield from read(path, reading)


def _refused(path: Path, message: str, remedy: str) -> ImportRefused:
    return ImportRefused([Problem(path.name, "", message, remedy)])


def _files(path: Path, *stems: str) -> list[Path]:
    """The files of a folder by how their names start, in the order asked; or the file itself."""
    if path.is_file():
        return [path]
    names = sorted(each for each in path.iterdir() if each.suffix in {*JSON, ".csv"})
    return [each for stem in stems for each in names if each.name.startswith(stem)]


def _placed(
    reading: Reading,
    path: Path,
    found: Iterable[tuple[int, dict[str, object]]],
    read: Callable[[Object], Iterable[Record]],
    own: Callable[[Object], UUID | None] = lambda one: None,
) -> Iterator[Placed]:
    for line, data in found:
        reading.file, reading.place = path.name, _("line %(line)s") % {"line": line}
        one = Object(reading, data)
        for record in read(one):
            yield Placed(record, path.name, line, own(one))


def _hsds(path: Path, reading: Reading) -> Iterator[Placed]:
    if path.is_dir() and (path / "services.csv").exists():
        for name, line, data in read_package(path, reading):
            for record in READERS[name](Object(reading, data)):
                yield Placed(record, reading.file, line)
        return
    files = [each for each in _files(path, "programs", "organizations", "services") if each.suffix in JSON]
    if not files:
        raise _refused(
            path,
            _("no file of HSDS was found"),
            _("Give services.json, a file with one service a line, or the folder of a data package."),
        )
    for each in files:
        yield from _placed(reading, each, objects(each), _hsds_object)


def _hsds_object(one: Object) -> Iterable[Record]:
    """What the object is, by what only such an object has."""
    if "location_type" in one.data:
        owner = one.uid("organization_id", needed=True)
        return read_location(one, owner) if owner else ()
    if "status" in one.data or "organization" in one.data or "organization_id" in one.data:
        return READERS["services"](one)
    if any(each.get("link_entity") == "program" for each in _attributes(one)):
        return READERS["programs"](one)
    return READERS["organizations"](one)


def _attributes(one: Object) -> list[dict[str, object]]:
    found = one.data.get("attributes")
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _inclusion(path: Path, reading: Reading) -> Iterator[Placed]:
    files = _files(path, "structures", "services")
    chosen: dict[str, Path] = {}
    for each in files:  # a folder may hold the same lines as JSON and as CSV
        chosen.setdefault(each.name.partition(".")[0], each)
    if not chosen:
        raise _refused(
            path,
            _("no file of data·inclusion was found"),
            _("Give structures.json and services.json, or the same in CSV."),
        )
    for each in chosen.values():
        found = rows(each, NEEDED) if each.suffix == ".csv" else objects(each)
        yield from _placed(reading, each, found, _inclusion_line, _own)


def _inclusion_line(one: Object) -> Iterable[Record]:
    return inclusion.read_service(one) if "structure_id" in one.data else inclusion.read_structure(one)


def _own(one: Object) -> UUID | None:
    return inclusion.own_uid(one.text("id"))
