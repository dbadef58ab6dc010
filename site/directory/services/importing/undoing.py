"""An import undone: what it made goes, what it changed comes back, unless somebody changed it since."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Visitor
from core.services import record_audit
from directory.exchange.records import KINDS
from directory.models import Change, DirectoryImport, ImportedLine, Service, SourceRecord
from directory.permissions import can_edit_records_of, can_import_records, can_undo_import
from directory.services.importing.comparing import canonical
from directory.services.importing.lines import batches
from directory.services.importing.matching import organisations_by_uid
from directory.services.importing.parents import write_parents
from directory.services.importing.progress import tell
from directory.services.importing.removing import remove_records
from directory.services.importing.report import MOST_TOLD
from directory.services.importing.snapshots import snapshots
from directory.services.importing.standing import refresh_records
from directory.services.importing.world import World
from directory.services.importing.writing import Write, write_batch

Action = ImportedLine.Action


@transaction.atomic
def undo_import(*, actor: Visitor, run: DirectoryImport) -> dict[str, int]:
    """Take back an applied import; what was changed here since is left as it is, counted and told as kept.

    Only the last import of a source can be undone: earlier ones are under it. A table is taken back by who brought it,
    while they still keep all the records it names.
    """
    if actor is not None and not can_undo_import(actor, run):
        raise PermissionDenied
    run = DirectoryImport.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.state != DirectoryImport.State.APPLIED:
        raise ValidationError(_("This import was not carried out, or was undone already."))
    _check_rights(actor, run)
    check_order(run)
    counts: Counter[str] = Counter()
    kept: list[dict[str, Any]] = []
    world, total, done = World(), run.lines.count(), 0
    for kind in reversed(KINDS):
        for lines in batches(run, kind):
            Undone(run, kind, lines, counts, kept).carry_out(actor=actor, world=world)
            done += len(lines)
            tell(run.pk, done, total)
    run.report = {**run.report, "undone": {**counts, "left": kept}}
    run.state, run.undone_at = DirectoryImport.State.UNDONE, timezone.now()
    run.save(update_fields=["state", "undone_at", "report"])
    record_audit(actor=actor, verb="directory_import_undone", target=run, changes=dict(counts))
    return {name: count for name, count in counts.items() if count}


def check_order(run: DirectoryImport) -> None:
    """Imports of one source are undone from the last to the first."""
    later = DirectoryImport.objects.filter(
        source=run.source, state=DirectoryImport.State.APPLIED, applied_at__gt=run.applied_at
    )
    if run.source_id and (last := later.first()):
        raise ValidationError(
            _("Undo the later import of this source first: %(name)s.") % {"name": last.name}
        )


def _check_rights(actor: Visitor, run: DirectoryImport) -> None:
    """Those who import tables take back what is still theirs to change."""
    if actor is None or can_import_records(actor):
        return
    owners = {UUID(one) for one in run.lines.values_list("said__organisation", flat=True).distinct() if one}
    if not all(can_edit_records_of(actor, one) for one in organisations_by_uid(owners).values()):
        raise PermissionDenied


class Undone:
    """Some lines of one kind on their way back."""

    def __init__(
        self,
        run: DirectoryImport,
        kind: str,
        lines: list[ImportedLine],
        counts: "Counter[str]",
        left: list[dict[str, Any]],
    ) -> None:
        self.run, self.kind, self.lines, self.counts, self.left = run, kind, lines, counts, left
        touched = {one.local_uid for one in lines if one.action != Action.UNCHANGED and one.local_uid}
        self.here = snapshots(kind, touched)

    def carry_out(self, *, actor: Visitor, world: World) -> None:
        self.by = actor if isinstance(actor, User) and self.run.source is None else None
        writes: list[Write] = []
        made: dict[UUID, dict[str, Any]] = {}
        for line in self.lines:
            here = self.here.get(line.local_uid) if line.local_uid else None
            if line.action == Action.NEW and here and line.local_uid:
                if changed := self._changed_since(line, here):
                    self._leave(here, changed)
                else:
                    made[line.local_uid] = here
            elif line.action in {Action.CHANGED, Action.GONE} and here:
                writes += self._restored(line, here)
        self._take_away(made)
        self._write(writes, world)
        self._forget()

    def _write(self, writes: list[Write], world: World) -> None:
        write_batch(self.kind, writes, world, self.run.source)
        if self.kind == "organisation":
            write_parents({one.uid: one.record.parent for one in writes if "parent" in one.fields})
        for published in (True, False):
            told = [one for one in writes if "published" in one.fields]
            uids = [one.uid for one in told if one.plain["published"] is published]
            Service.objects.filter(uid__in=uids).update(published=published)
        refresh_records(self.kind, [one.uid for one in writes])

    def _is_as_imported(self, line: ImportedLine, name: str, here: dict[str, Any]) -> bool:
        said = "defunct" if line.action == Action.GONE and name == "status" else line.said.get(name)
        return bool(canonical(name, here.get(name)) == canonical(name, said))

    def _changed_since(self, line: ImportedLine, here: dict[str, Any]) -> list[str]:
        compared = [
            name for name in line.said if name in here and name not in {"uid", "slug", "modified", "source"}
        ]
        return [name for name in compared if not self._is_as_imported(line, name, here)]

    def _take_away(self, made: dict[UUID, dict[str, Any]]) -> None:
        """Delete what the import made, unless it serves something else by now."""
        gone = remove_records(self.kind, made)
        self.counts["deleted"] += len(gone)
        for uid, here in made.items():
            if uid not in gone:
                self._leave(here, [])

    def _leave(self, here: dict[str, Any], fields: list[str]) -> None:
        """A record, or fields of one, changed here since: left as they are, and told."""
        self.counts["kept"] += 1
        if len(self.left) < MOST_TOLD:
            self.left.append({"kind": self.kind, "name": here.get("name", ""), "fields": fields})

    def _restored(self, line: ImportedLine, here: dict[str, Any]) -> list[Write]:
        """Fields that still say what the import said, back to what they said before."""
        back = {name: value for name, value in line.before.items() if self._is_as_imported(line, name, here)}
        if others := [name for name in line.before if name not in back]:
            self._leave(here, others)
        if not back or line.local_uid is None:
            return []
        self.counts["restored"] += 1
        Change.objects.bulk_create(
            Change(
                target=self.kind,
                target_uid=line.local_uid,
                field=name,
                previous=here.get(name),
                replacement=value,
                source=self.run.source,
                by=self.by,
            )
            for name, value in back.items()
        )
        return [Write(line.local_uid, {**here, **back}, set(back), is_new=False)]

    def _forget(self) -> None:
        """What the source is remembered to have said, as before this import."""
        known = {
            one.uid: one
            for one in SourceRecord.objects.filter(
                source=self.run.source, kind=self.kind, uid__in=[one.uid for one in self.lines]
            )
        }
        gone = []
        for line in self.lines:
            record = known.get(line.uid)
            if record is None:
                continue
            if line.action == Action.GONE:
                record.gone_on = None
            elif line.baseline is None:
                gone.append(record.pk)
            else:
                record.said = line.baseline
        SourceRecord.objects.bulk_update(known.values(), ["said", "gone_on"])
        SourceRecord.objects.filter(pk__in=gone).delete()
