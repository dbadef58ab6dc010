"""Lines that wait become records: compared, written, remembered; the report of a rehearsal is that of the real one."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.permissions import Visitor
from core.services import record_audit
from directory.codes import Status
from directory.exchange.records import KINDS
from directory.models import Change, DirectoryImport, ImportedLine, SourceRecord
from directory.permissions import can_import_records
from directory.services.importing.clashes import refuse_clashes, refuse_taken_numbers
from directory.services.importing.comparing import Merged, merge
from directory.services.importing.ending import end_what_is_gone
from directory.services.importing.lines import batches, known_here
from directory.services.importing.matching import match
from directory.services.importing.parents import give_parents
from directory.services.importing.progress import tell
from directory.services.importing.report import ImportReport
from directory.services.importing.snapshots import snapshots
from directory.services.importing.standing import refresh_records
from directory.services.importing.world import World
from directory.services.importing.writing import Write, write_batch

Action = ImportedLine.Action


class Rehearsed(Exception):
    """Undoes a rehearsal."""


def apply_import(
    *, actor: Visitor, run: DirectoryImport, keep: bool = True, is_whole: bool = True
) -> ImportReport:
    """Write every line of a staged import, or nothing; without `keep`, tell only what would be.

    `is_whole`: services of the same source that it no longer names end, and come back if they are named again.
    """
    if actor is not None and not can_import_records(actor):
        raise PermissionDenied
    report = ImportReport()
    try:
        with transaction.atomic():
            _apply(run, report, is_whole=is_whole, keep=keep)
            if not keep:
                raise Rehearsed
            run.state, run.applied_at = DirectoryImport.State.APPLIED, timezone.now()
            run.counts = report.as_json()["counts"]
            run.save(update_fields=["state", "applied_at", "counts"])
            record_audit(actor=actor, verb="directory_imported", target=run, changes={"counts": run.counts})
    except Rehearsed:
        pass
    return report


def _apply(run: DirectoryImport, report: ImportReport, *, is_whole: bool, keep: bool) -> None:
    run = DirectoryImport.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.state != DirectoryImport.State.STAGED:
        raise PermissionDenied
    world, total = World(), run.lines.count()
    for kind in KINDS:
        for lines in batches(run, kind):
            Batch(run, kind, lines, world, report).apply(keep=keep)
            tell(run.pk, report.total, total)
        if kind == "organisation":
            give_parents(run)
    if is_whole:
        end_what_is_gone(run, report, total=total, keep=keep)


class Batch:
    """Some lines of one kind on their way into the directory."""

    def __init__(
        self,
        run: DirectoryImport,
        kind: str,
        lines: list[ImportedLine],
        world: World,
        report: ImportReport,
    ) -> None:
        self.run, self.kind, self.lines, self.world, self.report = run, kind, lines, world, report
        self.matched = match(kind, lines, run.source)
        self.here = snapshots(kind, set(self.matched.values()))
        known = SourceRecord.objects.filter(source=run.source, kind=kind, uid__in=[one.uid for one in lines])
        self.before = {one.uid: one for one in known}
        self._look_up_references()

    def _look_up_references(self) -> None:
        """Owners, parents and places, as they are known here."""
        owners: set[UUID] = set()
        places: set[UUID] = set()
        for one in self.lines:
            owners.update(UUID(uid) for name in ("organisation", "parent") if (uid := one.said.get(name)))
            places.update(UUID(at["location"]) for at in one.said.get("at", ()))
        self.owners = known_here(self.run, "organisation", owners)
        self.places = known_here(self.run, "location", places)

    def apply(self, *, keep: bool) -> None:
        """Write them; without `keep` the search is not told: it will all be undone."""
        refuse_clashes(self.run, self.kind, self.lines, self.matched)
        writes, changes = [], []
        for line in self.lines:
            said, uid = self._in_our_terms(line.said), self.matched.get(line.uid, line.uid)
            here, before = self.here.get(uid), self.before.get(line.uid)
            merged = self._merged(here, said, before)
            self._note(line, here, before, merged)
            if line.action != Action.UNCHANGED:
                whole = {**(here or {}), **merged.changes, "uid": str(uid)}
                writes.append(
                    Write(
                        uid,
                        whole,
                        set(merged.changes) if here else set(KINDS[self.kind].__dataclass_fields__),
                        here is None,
                    )
                )
                changes += self._history(uid, here, merged, said)
            line.local_uid = uid
            line.said = said
        refuse_taken_numbers(self.kind, self.lines, writes)
        write_batch(self.kind, writes, self.world, self.run.source)
        Change.objects.bulk_create(changes)
        touched = [one.uid for one in writes if self.kind == "service" or not one.is_new]
        refresh_records(self.kind, touched, is_searched=keep)
        self._remember(keep=keep)

    def _merged(
        self, here: dict[str, Any] | None, said: dict[str, Any], before: SourceRecord | None
    ) -> Merged:
        merged = merge(here, said, before.said if before else None)
        if here and before and before.gone_on and here.get("status") == Status.DEFUNCT:
            return Merged(
                {**merged.changes, "status": said.get("status", Status.ACTIVE.value)},
                tuple(one for one in merged.kept if one.field != "status"),
            )
        return merged

    def _in_our_terms(self, said: dict[str, Any]) -> dict[str, Any]:
        """References to records as they are known here."""
        told = dict(said)
        owners, places = self.owners, self.places
        if owner := told.get("organisation"):
            told["organisation"] = str(owners.get(UUID(owner), owner))
        if "at" in told:
            told["at"] = [
                {**at, "location": str(places.get(UUID(at["location"]), at["location"]))} for at in told["at"]
            ]
        if parent := told.get("parent"):
            del told["parent"]
            if above := owners.get(UUID(parent)):
                told["parent"] = str(above)
        return told

    def _note(
        self, line: ImportedLine, here: dict[str, Any] | None, before: SourceRecord | None, merged: Merged
    ) -> None:
        name = str(line.said.get("name", ""))
        line.action = Action.NEW if here is None else Action.CHANGED if merged.changes else Action.UNCHANGED
        line.before = {field: here[field] for field in merged.changes if field in here} if here else {}
        line.kept = [one.field for one in merged.kept]
        line.baseline = before.said if before else None
        self.report.count(self.kind, str(line.action.value))
        self.report.tell(line, name, here, merged)
        self.report.keep(self.kind, name, merged)

    def _history(
        self, uid: UUID, here: dict[str, Any] | None, merged: Merged, said: dict[str, Any]
    ) -> list[Change]:
        told = {"target": self.kind, "target_uid": uid, "source": self.run.source}
        if here is None:
            return [Change(**told, field="created", replacement=said.get("name"))]
        return [
            Change(**told, field=name, previous=here.get(name), replacement=value)
            for name, value in merged.changes.items()
        ]

    def _remember(self, *, keep: bool) -> None:
        """What each line did; of a rehearsal, only what later lines are read with."""
        rehearsed = ["action", "local_uid", *(["said"] if self.kind == "organisation" else [])]
        fields = ["action", "local_uid", "said", "before", "kept", "baseline"] if keep else rehearsed
        ImportedLine.objects.bulk_create(
            self.lines, update_conflicts=True, unique_fields=["id"], update_fields=fields
        )
        if not keep:
            return
        rows = [
            SourceRecord(
                source=self.run.source,
                kind=self.kind,
                uid=one.uid,
                local_uid=one.local_uid or one.uid,
                said=one.said,
            )
            for one in self.lines
        ]
        SourceRecord.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["source", "kind", "uid"],
            update_fields=["local_uid", "said", "gone_on"],
        )
