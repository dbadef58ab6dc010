"""A file becomes lines of an import: each read, checked, and compared with the others; one problem refuses it whole."""

import hashlib
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Visitor
from core.problems import ImportRefused
from directory.exchange.folders import Placed, read_records
from directory.exchange.inclusion import codes
from directory.exchange.plain import to_plain
from directory.exchange.reading import Reading
from directory.exchange.records import SchemeRecord, kind_of
from directory.models import DirectoryImport, ImportedLine, Source
from directory.permissions import can_import_records
from directory.services.importing.checking import checked
from directory.services.importing.comparing import said_by
from directory.services.importing.matching import local_uids
from directory.services.importing.progress import tell
from directory.services.importing.references import check_references, id_said, name_of, problem_of
from directory.services.importing.world import World

BATCH = 300
Named = tuple[str, UUID]


@transaction.atomic
def stage_import(
    *, actor: Visitor, path: Path, form: str, source: str
) -> tuple[DirectoryImport, dict[str, int]]:
    """The lines of a file or folder, waiting, and what was left out of it. Raises ImportRefused with every problem.

    `source` names where records come from, once for all; no actor means the command line.
    """
    if actor is not None and not can_import_records(actor):
        raise PermissionDenied
    kept, _made = Source.objects.get_or_create(slug=slugify(source)[:60], defaults={"name": source[:120]})
    run = DirectoryImport.objects.create(
        form=form, name=path.name[:200], source=kept, actor=actor if isinstance(actor, User) else None
    )
    return run, stage_lines(run, path)


def stage_lines(run: DirectoryImport, path: Path) -> dict[str, int]:
    """Write the lines of an import that exists, and count what was left out. Raises ImportRefused."""
    reading = Reading(path.name)
    stage = Stage(run, reading)
    for placed in read_records(path, run.form, reading):
        stage.add(placed)
    stage.write()
    check_references(run, reading)
    if not stage.count and not reading.problems and not reading.notices:
        reading.place = ""
        reading.refuse(_("this file holds no record"), _("Check that you chose the right file."))
    if reading.problems:
        raise ImportRefused(reading.problems)
    return reading.notices


class Stage:
    """Takes records one by one and writes them by batches; of those written, eight bytes a number are kept in mind."""

    def __init__(self, run: DirectoryImport, reading: Reading) -> None:
        self.run, self.reading, self.world = run, reading, World()
        self.waiting: dict[Named, ImportedLine] = {}
        self.numbers: set[int] = set()
        self.count = 0
        self.own: UUID | None = None
        self.own_is_here = False

    def add(self, placed: Placed) -> None:
        """Check a record and keep it, unless the same was already read."""
        self.reading.file = placed.file
        self.reading.place = _("line %(line)s") % {"line": placed.line} if placed.line else ""
        if placed.own and self._is_here(placed.own):
            if placed.own == placed.record.uid:
                self.reading.notice(_("records published from here are left out"))
            return
        if isinstance(placed.record, SchemeRecord):
            self.world.schemes.setdefault(placed.record.slug, 0)
        record = checked(placed.record, self.world, self.reading)
        kind = kind_of(record)
        said = said_by(self.run.form, kind, to_plain(record))
        line = ImportedLine(
            run=self.run, kind=kind, uid=record.uid, file=placed.file[:120], line=placed.line, said=said
        )
        first = self.waiting.setdefault((kind, record.uid), line)
        if first is not line:
            self._compare(line, first.line, first.said)
        elif len(self.waiting) >= BATCH:
            self.write()

    def _is_here(self, uid: UUID) -> bool:
        """A line of ours that comes back says less than we know; one we do not have any more is read like any other."""
        if uid != self.own:
            kinds = ("organisation", "service")
            self.own, self.own_is_here = uid, any(local_uids(kind, {uid}, None) for kind in kinds)
        return self.own_is_here

    def write(self) -> None:
        """Those that wait, but for what an earlier batch said already."""
        earlier = {
            (kind, uid): (line, said)
            for kind in {kind for kind, _uid in self.waiting}
            for uid, line, said in self.run.lines.filter(
                kind=kind, uid__in=[uid for named, uid in self.waiting if named == kind]
            ).values_list("uid", "line", "said")
        }
        new = [one for named, one in self.waiting.items() if named not in earlier]
        for named, (line, said) in earlier.items():
            self._compare(self.waiting[named], line, said)
        for one in new:
            self._note_numbers(one)
        ImportedLine.objects.bulk_create(new)
        self.waiting = {}
        self.count += len(new)
        tell(self.run.pk, self.count)

    def _compare(self, line: ImportedLine, first: int, said: dict[str, Any]) -> None:
        """Nested formats repeat organisations and places: the same words twice are one, other words a problem."""
        is_flat_place = self.run.form == "data-inclusion" and line.kind == "location"
        if line.said == said or is_flat_place:
            return
        told = _("the identifier of “%(name)s” is already given on line %(line)s, with other words: %(uid)s")
        words = {"name": name_of(line), "line": first, "uid": id_said(line)}
        remedy = _("One identifier names one record: give each its own, or keep one of the two.")
        self.reading.keep(problem_of(line, told % words, remedy))

    def _note_numbers(self, line: ImportedLine) -> None:
        """One number names one organisation, and one service or place."""
        family = "organisation" if line.kind == "organisation" else "record"
        for number in sorted({(one["scheme"], one["value"]) for one in line.said.get("numbers", ())}):
            words = "\x1f".join((family, *number))
            digest = int.from_bytes(hashlib.blake2b(words.encode(), digest_size=8).digest())
            if digest in self.numbers:
                self._tell_double(line, number)
            self.numbers.add(digest)

    def _tell_double(self, line: ImportedLine, number: tuple[str, str]) -> None:
        """A problem, but for structures of data·inclusion: its extracts give one SIRET to several, the first keeps it."""
        if self.run.form == "data-inclusion" and line.kind == "organisation" and number[0] != codes.SCHEME:
            kept = [one for one in line.said["numbers"] if (one["scheme"], one["value"]) != number]
            line.said["numbers"] = kept
            self.reading.notice(_("number shared by several structures: kept on the first one only"))
            return
        told = _("the number %(number)s is given to two records") % {"number": " ".join(number)[:80]}
        self.reading.keep(problem_of(line, told, _("Keep it on the one it belongs to.")))


def discard_import(*, actor: Visitor, run: DirectoryImport) -> None:
    """Forget a staged import."""
    if actor is not None and not can_import_records(actor):
        raise PermissionDenied
    run.delete()
