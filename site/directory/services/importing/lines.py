"""The lines of an import, a batch at a time: memory does not grow with the file."""

from collections.abc import Collection, Iterator
from uuid import UUID

from directory.models import DirectoryImport, ImportedLine
from directory.services.importing.matching import match

BATCH = 200
Uids = dict[UUID, UUID]


def batches(run: DirectoryImport, kind: str) -> Iterator[list[ImportedLine]]:
    """All lines of a kind, in the order of the file."""
    last, rows = 0, run.lines.filter(kind=kind).order_by("pk")
    while lines := list(rows.filter(pk__gt=last)[:BATCH]):
        yield lines
        last = lines[-1].pk


def known_here(run: DirectoryImport, kind: str, uids: Collection[UUID]) -> Uids:
    """The records here of those a line refers to: as already written, else as they will be matched.

    What the file gives and nothing here matches keeps its identifier; what neither knows is absent.
    """
    rows = run.lines.filter(kind=kind, uid__in=uids)
    given = {one: here for one, here in rows.values_list("uid", "local_uid") if here}
    waiting = list(rows.filter(local_uid=None).only("uid", "said"))
    absent = set(uids) - given.keys() - {one.uid for one in waiting}
    bare = [ImportedLine(uid=uid, said={}) for uid in absent]
    matched = match(kind, [*waiting, *bare], run.source) if waiting or bare else {}
    return {**{one.uid: one.uid for one in waiting}, **matched, **given}
