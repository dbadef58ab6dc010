"""A file becomes lines of an import: each read, checked, and compared with the others; one problem refuses it whole."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Visitor
from core.problems import ImportRefused, Problem
from directory.exchange.folders import Placed, read_records
from directory.exchange.plain import to_plain
from directory.exchange.reading import Reading
from directory.exchange.records import (
    LocationRecord,
    OrganisationRecord,
    Record,
    SchemeRecord,
    ServiceRecord,
    kind_of,
)
from directory.models import DirectoryImport, ImportedLine, Source
from directory.permissions import can_import_records
from directory.services.importing.checking import checked
from directory.services.importing.comparing import said_by
from directory.services.importing.matching import local_uids
from directory.services.importing.progress import tell
from directory.services.importing.world import World

BATCH = 300
Named = tuple[str, UUID]


@dataclass
class Seen:
    """What is kept in mind of the lines already read: a few dozen bytes each."""

    digests: dict[Named, tuple[bytes, int]] = field(default_factory=dict)
    numbers: dict[tuple[str, str, str], UUID] = field(default_factory=dict)
    parents: dict[UUID, UUID] = field(default_factory=dict)
    wanted: dict[Named, tuple[str, int]] = field(default_factory=dict)


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
    stage.finish()
    if reading.problems:
        raise ImportRefused(reading.problems)
    return reading.notices


class Stage:
    """Takes records one by one and writes them by batches."""

    def __init__(self, run: DirectoryImport, reading: Reading) -> None:
        self.run, self.reading = run, reading
        self.world, self.seen = World(), Seen()
        self.waiting: list[ImportedLine] = []

    def add(self, placed: Placed) -> None:
        """Check a record and keep it, unless the same was already read."""
        self.reading.file = placed.file
        self.reading.place = _("line %(line)s") % {"line": placed.line} if placed.line else ""
        if isinstance(placed.record, SchemeRecord):
            self.world.schemes.setdefault(placed.record.slug, 0)
        record = checked(placed.record, self.world, self.reading)
        kind, plain = kind_of(record), to_plain(record)
        if not self._is_first(kind, record.uid, plain, placed.line):
            return
        self._remember(kind, record, placed)
        said = said_by(self.run.form, kind, plain)
        line = ImportedLine(
            run=self.run, kind=kind, uid=record.uid, file=placed.file[:120], line=placed.line, said=said
        )
        self.waiting.append(line)
        if len(self.waiting) >= BATCH:
            self._write()

    def _write(self) -> None:
        ImportedLine.objects.bulk_create(self.waiting)
        self.waiting = []
        tell(self.run.pk, len(self.seen.digests))

    def _is_first(self, kind: str, uid: UUID, plain: dict[str, Any], line: int) -> bool:
        """Nested formats repeat organisations and places: the same words twice are one, other words a problem."""
        digest = hashlib.blake2b(json.dumps(plain, sort_keys=True).encode(), digest_size=8).digest()
        first = self.seen.digests.get((kind, uid))
        if first is None:
            self.seen.digests[kind, uid] = digest, line
            return True
        is_flat_place = self.run.form == "data-inclusion" and kind == "location"
        if first[0] != digest and not is_flat_place:
            self.reading.refuse(
                _("%(uid)s is already given on line %(line)s, with other words")
                % {"uid": uid, "line": first[1]},
                _("One identifier names one record: give each its own, or keep one of the two."),
            )
        return False

    def _remember(self, kind: str, record: Record, placed: Placed) -> None:
        """What it refers to, and the numbers it has."""
        place = placed.file, placed.line
        if isinstance(record, OrganisationRecord) and record.parent:
            self.seen.parents[record.uid] = record.parent
        if isinstance(record, LocationRecord | ServiceRecord):
            self.seen.wanted.setdefault(("organisation", record.organisation), place)
        if isinstance(record, ServiceRecord):
            for at in record.at:
                self.seen.wanted.setdefault(("location", at.location), place)
        for number in getattr(record, "numbers", ()):
            owner = self.seen.numbers.setdefault((kind, number.scheme, number.value), record.uid)
            if owner != record.uid:
                self.reading.refuse(
                    _("the number %(number)s is given to two records")
                    % {"number": f"{number.scheme} {number.value}"[:80]},
                    _("Keep it on the one it belongs to."),
                )

    def finish(self) -> None:
        """What only the whole file can tell."""
        self._write()
        self._circles()
        missing: dict[str, set[UUID]] = {}
        for kind, uid in self.seen.wanted:
            if (kind, uid) not in self.seen.digests:
                missing.setdefault(kind, set()).add(uid)
        for kind, uids in missing.items():
            known = local_uids(kind, uids, self.run.source)
            for uid in sorted(uids - known.keys(), key=str):
                self._tell_missing(kind, uid)

    def _tell_missing(self, kind: str, uid: UUID) -> None:
        file, line = self.seen.wanted[kind, uid]
        words = {"organisation": _("organisation"), "location": _("place")}
        self.reading.problems.append(
            Problem(
                file,
                _("line %(line)s") % {"line": line},
                _("%(kind)s named but not given: %(uid)s") % {"kind": words[kind], "uid": uid},
                _("Add it to the file, or correct the identifier."),
            )
        )

    def _circles(self) -> None:
        """Climb from each organisation: none may be met twice."""
        safe: set[UUID] = set()
        for start in self.seen.parents:
            path: list[UUID] = []
            above: UUID | None = start
            while above is not None and above not in safe and above not in path:
                path.append(above)
                above = self.seen.parents.get(above)
            if above is not None and above in path:
                chain = " → ".join(str(one)[:8] for one in [*path[path.index(above) :], above])
                self.reading.place = ""
                self.reading.refuse(
                    _("An organisation cannot be part of itself: %(chain)s.") % {"chain": chain},
                    _("Correct the parent of one of them."),
                )
            safe.update(path)


def discard_import(*, actor: Visitor, run: DirectoryImport) -> None:
    """Forget a staged import."""
    if actor is not None and not can_import_records(actor):
        raise PermissionDenied
    run.delete()
