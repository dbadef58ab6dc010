"""Organisations within others, given once all of them are here: a file names them in any order."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from core.problems import ImportRefused, Problem
from directory.models import DirectoryImport, ImportedLine
from directory.models import OrganisationRecord as OrganisationRow
from directory.services.importing.lines import batches
from directory.services.importing.matching import organisations_by_uid

DEEPEST = 20
"""Organisations one within another; as the forms allow."""
Action = ImportedLine.Action
Parents = Mapping[UUID, UUID | None]


def give_parents(run: DirectoryImport) -> None:
    """The parent each line names, as known here; raises ImportRefused when one would be part of itself."""
    for lines in batches(run, "organisation"):
        write_parents(_given(lines))
    for lines in batches(run, "organisation"):
        _refuse_circles(run, {uid for uid, parent in _given(lines).items() if parent})


def _given(lines: list[ImportedLine]) -> dict[UUID, UUID | None]:
    """New lines that have a parent, changed ones whose parent changes."""
    return {
        one.local_uid: UUID(one.said["parent"]) if one.said.get("parent") else None
        for one in lines
        if one.local_uid
        and (
            (one.action == Action.NEW and one.said.get("parent"))
            or (one.action == Action.CHANGED and "parent" in one.before)
        )
    }


def write_parents(pairs: Parents) -> None:
    """One query for those named, one to write."""
    if not pairs:
        return
    held = organisations_by_uid({uid for pair in pairs.items() for uid in pair if uid})
    rows = []
    for uid, parent in pairs.items():
        held[uid].record.parent = held.get(parent) if parent else None
        rows.append(held[uid].record)
    OrganisationRow.objects.bulk_update(rows, ["parent"])


def _refuse_circles(run: DirectoryImport, uids: set[UUID]) -> None:
    """Climb from all of them together: each step is one query."""
    rows = OrganisationRow.objects.filter(uid__in=uids).select_related("organisation")
    names = {one.organisation_id: one.organisation.name for one in rows}
    climbing = {one.organisation_id: one.parent_id for one in rows}
    for _step in range(DEEPEST):
        climbing = {start: above for start, above in climbing.items() if above is not None}
        if not climbing or any(start == above for start, above in climbing.items()):
            break
        found = OrganisationRow.objects.filter(organisation__in=set(climbing.values()))
        above_of: dict[int | None, int | None] = dict(found.values_list("organisation", "parent"))
        climbing = {start: above_of.get(above) for start, above in climbing.items()}
    if climbing:
        first = next((start for start, above in climbing.items() if start == above), next(iter(climbing)))
        told = _("An organisation cannot be part of itself: %(chain)s.") % {"chain": names[first]}
        raise ImportRefused([Problem(run.name, "", told, _("Correct the parent of one of them."))])
