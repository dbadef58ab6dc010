"""What a table of records changed, kept so that it can be taken back like any other import."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from accounts.permissions import Visitor
from core.imports.preview import CHANGED, NEW, RowPreview
from core.tabular import Table
from directory.exchange.ids import as_uid
from directory.models import DirectoryImport, ImportedLine
from directory.services.importing.comparing import NEVER, canonical
from directory.services.importing.snapshots import snapshots

Plain = Mapping[str, Any]
BATCH = 300


def remember(kind: str) -> Callable[[Visitor, Table], Callable[[Iterable[RowPreview]], DirectoryImport]]:
    """For a kind of table: called before it is written, gives what is called after."""
    return partial(_before, kind)


def _before(kind: str, actor: Visitor, table: Table) -> Callable[[Iterable[RowPreview]], DirectoryImport]:
    uids = {uid for row in table.rows if (uid := as_uid(row.cells.get("uid", "")))}
    return partial(_after, kind, actor, table.name, snapshots(kind, uids))


def _after(
    kind: str, actor: Visitor, name: str, before: Mapping[UUID, Plain], rows: Iterable[RowPreview]
) -> DirectoryImport:
    """One line for each row that made or changed a record."""
    written = [row for row in rows if row.status in {NEW, CHANGED}]
    after = snapshots(kind, {row.record.uid for row in written})
    run = DirectoryImport.objects.create(
        form=DirectoryImport.TABLE,
        name=name[:200],
        state=DirectoryImport.State.APPLIED,
        actor=actor if isinstance(actor, User) else None,
        counts={kind: dict(sorted(Counter(row.status for row in written).items()))},
        applied_at=timezone.now(),
    )
    lines = [_line(run, kind, row, before.get(row.record.uid), after[row.record.uid]) for row in written]
    ImportedLine.objects.bulk_create(lines, batch_size=BATCH)
    return run


def _line(
    run: DirectoryImport, kind: str, row: RowPreview, before: Plain | None, after: Plain
) -> ImportedLine:
    old = before or {}
    changed = {
        field: value
        for field, value in old.items()
        if field not in NEVER and canonical(field, value) != canonical(field, after[field])
    }
    return ImportedLine(
        run=run,
        kind=kind,
        uid=row.record.uid,
        local_uid=row.record.uid,
        file=run.name[:120],
        line=row.line,
        said=after,
        action=ImportedLine.Action.NEW if before is None else ImportedLine.Action.CHANGED,
        before=changed,
    )
