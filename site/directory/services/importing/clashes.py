"""What lines claim that is another record's already: told by line before it is written, never an error of the database."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from core.problems import ImportRefused
from directory.exchange.gather import uid_of
from directory.models import DirectoryImport, ImportedLine, RecordIdentifier
from directory.services.importing.references import problem_of
from directory.services.importing.writing import Write
from organisations.models import OrganisationIdentifier

Key = tuple[str, str]
Holder = tuple[str, UUID, str]
"""Kind, identifier and name of the record that has a number."""


def refuse_clashes(
    run: DirectoryImport, kind: str, lines: Sequence[ImportedLine], matched: Mapping[UUID, UUID]
) -> None:
    """Raises ImportRefused when two lines are the same record here; `matched` says which record each is."""
    uids = [matched.get(one.uid, one.uid) for one in lines]
    earlier = run.lines.filter(kind=kind, local_uid__in=uids).exclude(pk__in=[one.pk for one in lines])
    first = dict(earlier.values_list("local_uid", "line"))
    problems = []
    for one, uid in zip(lines, uids, strict=True):
        if uid in first:
            told = _("this is the same record as line %(line)s: they have one identifier or number here")
            remedy = _("Keep one of the two lines, or give each record its own number.")
            problems.append(problem_of(one, told % {"line": first[uid]}, remedy))
        first.setdefault(uid, one.line)
    if problems:
        raise ImportRefused(problems)


def refuse_taken_numbers(kind: str, lines: Iterable[ImportedLine], writes: Iterable[Write]) -> None:
    """Raises ImportRefused when a number belongs to another record here."""
    wanted = {
        (one["scheme"], one["value"]): write.uid
        for write in writes
        if "numbers" in write.fields
        for one in write.plain.get("numbers", ())
    }
    by_uid = {one.local_uid or one.uid: one for one in lines}
    problems = []
    for key, (held_kind, held_uid, name) in _holders(kind, wanted).items():
        if (held_kind, held_uid) != (kind, wanted[key]):
            said = {"number": " ".join(key)[:80], "name": name}
            told = _("the number %(number)s already belongs to “%(name)s” here") % said
            problems.append(problem_of(by_uid[wanted[key]], told, _("Correct it, or merge the two records.")))
    if problems:
        raise ImportRefused(problems)


def _holders(kind: str, wanted: Mapping[Key, UUID]) -> dict[Key, Holder]:
    found: dict[Key, Holder] = {}
    if not wanted:
        return found
    model: Any = OrganisationIdentifier if kind == "organisation" else RecordIdentifier
    relations = ["organisation__record"] if kind == "organisation" else ["service", "location"]
    values = {value for _scheme, value in wanted}
    for one in model.objects.filter(value__in=values).select_related(*relations):
        key = one.scheme, one.value
        if key not in wanted:
            continue
        if kind == "organisation":
            found[key] = "organisation", uid_of(one.organisation), one.organisation.name
        else:
            held = one.service or one.location
            found[key] = "service" if one.service else "location", held.uid, held.name
    return found
