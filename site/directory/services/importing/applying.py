"""Lines that wait become records: compared, written, remembered; the report of a rehearsal is that of the real one."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Visitor
from core.problems import ImportRefused, Problem
from core.services import record_audit
from directory.codes import Status
from directory.exchange.records import KINDS
from directory.models import Change, DirectoryImport, ImportedLine, Service, SourceRecord
from directory.models import OrganisationRecord as OrganisationRow
from directory.permissions import can_import_records
from directory.services.importing.comparing import Merged, merge
from directory.services.importing.matching import match, organisations_by_uid
from directory.services.importing.progress import tell
from directory.services.importing.snapshots import snapshots
from directory.services.importing.standing import refresh_standings
from directory.services.importing.world import World
from directory.services.importing.writing import Write, write_batch

BATCH = 200
MOST_TOLD = 200
DEEPEST = 20
Action = ImportedLine.Action


@dataclass
class ImportReport:
    """What an import did, or would do."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    kept: list[dict[str, Any]] = field(default_factory=list)
    kept_count: int = 0
    told: list[dict[str, Any]] = field(default_factory=list)
    notices: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Lines dealt with."""
        return sum(found.total() for found in self.counts.values())

    def count(self, kind: str, action: str) -> None:
        self.counts.setdefault(kind, Counter())[action] += 1

    def tell(self, line: ImportedLine, name: str, here: Mapping[str, Any] | None, merged: Merged) -> None:
        """What becomes of a record, field by field for one that changes; told up to a reasonable number."""
        if line.action == Action.UNCHANGED or len(self.told) >= MOST_TOLD:
            return
        changes = merged.changes if here else {}
        fields = [
            {"field": one, "before": here.get(one) if here else None, "after": value}
            for one, value in changes.items()
        ]
        place = {"kind": line.kind, "name": name, "file": line.file, "line": line.line}
        self.told.append({**place, "action": str(line.action), "fields": fields})

    def keep(self, kind: str, name: str, merged: Merged) -> None:
        """Fields where what is here was kept; told up to a reasonable number."""
        for one in merged.kept:
            self.kept_count += 1
            if len(self.kept) < MOST_TOLD:
                said = {"field": one.field, "here": one.here, "there": one.there}
                self.kept.append({"kind": kind, "name": name, **said})

    def as_json(self) -> dict[str, Any]:
        return {
            "counts": {kind: dict(sorted(found.items())) for kind, found in sorted(self.counts.items())},
            "kept": self.kept,
            "kept_count": self.kept_count,
            "told": self.told,
            "notices": self.notices,
        }


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
            _apply(run, report, is_whole=is_whole)
            if not keep:
                raise Rehearsed
            run.state, run.applied_at = DirectoryImport.State.APPLIED, timezone.now()
            run.counts = report.as_json()["counts"]
            run.save(update_fields=["state", "applied_at", "counts"])
            record_audit(actor=actor, verb="directory_imported", target=run, changes={"counts": run.counts})
    except Rehearsed:
        pass
    return report


def _apply(run: DirectoryImport, report: ImportReport, *, is_whole: bool) -> None:
    run = DirectoryImport.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.state != DirectoryImport.State.STAGED:
        raise PermissionDenied
    world = World()
    local: dict[str, dict[UUID, UUID]] = {kind: {} for kind in KINDS}
    for lines in _batches(run, "organisation"):  # known before the first is written: they name one another
        found = match("organisation", lines, run.source)
        local["organisation"] |= {one.uid: found.get(one.uid, one.uid) for one in lines}
    for kind in KINDS:
        for lines in _batches(run, kind):
            Batch(run, kind, lines, local, world, report).apply()
            tell(run.pk, report.total)
        if kind == "organisation":
            _give_parents(run, world)
    if is_whole:
        _end_what_is_gone(run, report)


def _batches(run: DirectoryImport, kind: str) -> Iterator[list[ImportedLine]]:
    last = 0
    while lines := list(run.lines.filter(kind=kind, pk__gt=last).order_by("pk")[:BATCH]):
        yield lines
        last = lines[-1].pk


class Batch:
    """Some lines of one kind on their way into the directory."""

    def __init__(
        self,
        run: DirectoryImport,
        kind: str,
        lines: list[ImportedLine],
        local: dict[str, dict[UUID, UUID]],
        world: World,
        report: ImportReport,
    ) -> None:
        self.run, self.kind, self.lines, self.world, self.report = run, kind, lines, world, report
        self.local = local
        self.matched = match(kind, lines, run.source)
        self.here = snapshots(kind, set(self.matched.values()))
        known = SourceRecord.objects.filter(source=run.source, kind=kind, uid__in=[one.uid for one in lines])
        self.before = {one.uid: one for one in known}
        self._look_up_references()

    def _look_up_references(self) -> None:
        """Owners and places that the file names without giving them."""
        wanted: dict[str, set[UUID]] = {"organisation": set(), "location": set()}
        for one in self.lines:
            if owner := one.said.get("organisation"):
                wanted["organisation"].add(UUID(owner))
            wanted["location"].update(UUID(at["location"]) for at in one.said.get("at", ()))
        for kind, uids in wanted.items():
            missing = uids - self.local[kind].keys()
            if missing and kind != self.kind:
                bare = [ImportedLine(uid=uid, said={}) for uid in missing]
                self.local[kind] |= match(kind, bare, self.run.source)

    def apply(self) -> None:
        writes, changes = [], []
        for line in self.lines:
            said, uid = self._in_our_terms(line.said), self.matched.get(line.uid, line.uid)
            self.local[self.kind][line.uid] = uid
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
        write_batch(self.kind, writes, self.world, self.run.source)
        Change.objects.bulk_create(changes)
        if self.kind == "service":
            refresh_standings([one.uid for one in writes])
        self._remember()

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
        owners, places = self.local["organisation"], self.local["location"]
        if owner := told.get("organisation"):
            told["organisation"] = str(owners.get(UUID(owner), owner))
        if "at" in told:
            told["at"] = [
                {**at, "location": str(places.get(UUID(at["location"]), at["location"]))} for at in told["at"]
            ]
        if parent := told.pop("parent", None):
            above = UUID(parent)
            if above in owners or organisations_by_uid({above}):
                told["parent"] = str(owners.get(above, above))
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

    def _remember(self) -> None:
        ImportedLine.objects.bulk_update(
            self.lines, ["action", "local_uid", "said", "before", "kept", "baseline"]
        )
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


def _give_parents(run: DirectoryImport, world: World) -> None:
    """Organisations within others, once all of them are here; none is part of itself."""
    pairs = world.parents
    held = organisations_by_uid({uid for pair in pairs.items() for uid in pair if uid})
    rows = []
    for uid, parent in pairs.items():
        held[uid].record.parent = held.get(parent) if parent else None
        rows.append(held[uid].record)
    OrganisationRow.objects.bulk_update(rows, ["parent"])
    above = dict(OrganisationRow.objects.values_list("organisation", "parent"))
    for row in rows:
        climbed, here = [row.organisation.name], row.parent_id
        while here is not None and here != row.organisation_id and len(climbed) < DEEPEST:
            climbed.append(str(here))
            here = above.get(here)
        if here is not None:
            told = _("An organisation cannot be part of itself: %(chain)s.") % {
                "chain": row.organisation.name
            }
            raise ImportRefused([Problem(run.name, "", told, _("Correct the parent of one of them."))])


def _end_what_is_gone(run: DirectoryImport, report: ImportReport) -> None:
    """Services this source named and no longer names end; nothing is deleted."""
    named = run.lines.filter(kind="service").values("uid")
    if not named.exists():
        return
    gone = SourceRecord.objects.filter(source=run.source, kind="service", gone_on=None).exclude(uid__in=named)
    for one in list(gone):
        service = Service.objects.filter(uid=one.local_uid, merged_into=None).first()
        one.gone_on = timezone.localdate()
        one.save(update_fields=["gone_on"])
        if service is None or service.status == Status.DEFUNCT:
            continue
        before, service.status = service.status, Status.DEFUNCT
        service.updated_on = timezone.localdate()
        service.save(update_fields=["status", "updated_on"])
        Change.objects.create(
            target="service",
            target_uid=service.uid,
            field="status",
            previous=before,
            replacement="defunct",
            source=run.source,
        )
        ImportedLine.objects.create(
            run=run,
            kind="service",
            uid=one.uid,
            local_uid=service.uid,
            said=one.said,
            action=Action.GONE,
            before={"status": before},
        )
        report.count("service", "gone")
