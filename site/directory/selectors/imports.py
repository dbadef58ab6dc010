"""Imports as their pages show them: what was or would be done, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from directory.models import Change, DirectoryImport, Location, Scheme, Service
from directory.models import OrganisationRecord as OrganisationRow
from directory.permissions import imports_seen_by
from organisations.models import Organisation

SHOWN = 100
LONGEST = 120
FORMS = {
    "hsds": gettext_lazy("HSDS 3.1"),
    "data-inclusion": gettext_lazy("data·inclusion v1"),
    DirectoryImport.TABLE: gettext_lazy("table"),
}
ACTIONS = {
    "new": gettext_lazy("new"),
    "changed": gettext_lazy("changed"),
    "unchanged": gettext_lazy("unchanged"),
    "gone": gettext_lazy("ended: the source no longer names them"),
}
MODELS: Mapping[str, tuple[Any, ...]] = {
    "service": (Service,),
    "location": (Location,),
    "organisation": (Organisation, OrganisationRow),
    "scheme": (Scheme,),
}
FIELDS = {
    "at": gettext_lazy("places"),
    "hours": gettext_lazy("opening hours"),
    "closed": gettext_lazy("days of closing"),
    "contacts": gettext_lazy("contacts"),
    "numbers": gettext_lazy("numbers"),
    "capacities": gettext_lazy("capacity"),
    "needs": gettext_lazy("needs"),
    "schemes": gettext_lazy("schemes"),
    "coverage": gettext_lazy("area served"),
    "organisation": gettext_lazy("organisation"),
    "parent": gettext_lazy("part of"),
}


@dataclass(frozen=True)
class FieldLine:
    """One field: what is here, what the file says."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class RecordLine:
    """One record and what becomes of it."""

    kind: str
    name: str
    action: str
    place: str
    fields: tuple[FieldLine, ...]


@dataclass(frozen=True)
class Account:
    """A report, ready to be shown; `more` records are counted and not listed."""

    counts: tuple[tuple[str, str], ...]
    told: tuple[RecordLine, ...]
    more: int
    kept: tuple[RecordLine, ...]
    kept_more: int
    notices: tuple[tuple[str, int], ...]
    problems: tuple[Mapping[str, str], ...]
    changes_nothing: bool


def imports_seen(user: User) -> "QuerySet[DirectoryImport]":
    """Past imports, the last first."""
    return DirectoryImport.objects.filter(imports_seen_by(user)).select_related("source", "actor")


def counts_in_words(counts: Mapping[str, Mapping[str, int]]) -> tuple[tuple[str, str], ...]:
    """By kind of record: “3 new, 1 changed”."""
    kinds = dict(Change.Target.choices)
    return tuple(
        (
            str(kinds.get(kind, kind)).capitalize(),
            ", ".join(_counted(action, count) for action, count in found.items()),
        )
        for kind, found in counts.items()
    )


def _counted(action: str, count: int) -> str:
    words = {
        "new": ngettext("%(count)d addition", "%(count)d additions", count),
        "changed": ngettext("%(count)d change", "%(count)d changes", count),
        "unchanged": _("%(count)d without a change"),
        "gone": ngettext(
            "%(count)d ended: the source no longer names it",
            "%(count)d ended: the source no longer names them",
            count,
        ),
    }
    return words.get(action, f"%(count)d {action}") % {"count": count}


def account_of(run: DirectoryImport) -> Account:
    """The report of an import in words."""
    report: Mapping[str, Any] = run.report
    told, kept = report.get("told", []), report.get("kept", [])
    written = sum(
        count for found in run.counts.values() for action, count in found.items() if action != "unchanged"
    )
    return Account(
        counts=counts_in_words(run.counts),
        told=tuple(map(_record, told[:SHOWN])),
        more=max(0, written - len(told[:SHOWN])) if told else 0,
        kept=tuple(map(_kept, kept[:SHOWN])),
        kept_more=max(0, report.get("kept_count", 0) - len(kept[:SHOWN])),
        notices=tuple(report.get("notices", {}).items()),
        problems=tuple(report.get("problems", ())),
        changes_nothing=not written,
    )


def left_by_undo(run: DirectoryImport) -> list[RecordLine]:
    """What was changed since the import and stays."""
    left = run.report.get("undone", {}).get("left", [])
    return [
        RecordLine(
            _kind(one["kind"]),
            one["name"],
            "",
            "",
            tuple(FieldLine(field_words(one["kind"], name), "", "") for name in one["fields"]),
        )
        for one in left[:SHOWN]
    ]


def _kind(kind: str) -> str:
    return str(dict(Change.Target.choices).get(kind, kind))


def _record(one: Mapping[str, Any]) -> RecordLine:
    place = _("line %(line)s") % {"line": one["line"]} if one["line"] else ""
    fields = (
        FieldLine(field_words(one["kind"], each["field"]), in_words(each["before"]), in_words(each["after"]))
        for each in one["fields"]
    )
    where = ", ".join(part for part in (one["file"], place) if part)
    return RecordLine(
        _kind(one["kind"]), one["name"], str(ACTIONS.get(one["action"], one["action"])), where, tuple(fields)
    )


def _kept(one: Mapping[str, Any]) -> RecordLine:
    line = FieldLine(field_words(one["kind"], one["field"]), in_words(one["here"]), in_words(one["there"]))
    return RecordLine(_kind(one["kind"]), one["name"], "", "", (line,))


def field_words(kind: str, name: str) -> str:
    """What the forms call a field."""
    for model in MODELS.get(kind, ()):
        try:
            return str(model._meta.get_field(name).verbose_name)
        except (FieldDoesNotExist, AttributeError):
            continue
    return str(FIELDS.get(name, name))


def in_words(value: Any) -> str:
    """A value of a record, short enough for a list."""
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = ", ".join(_flat(value)) if isinstance(value, list | dict) else str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _flat(value: Any) -> Iterable[str]:
    """The words within lists and objects, without identifiers."""
    if isinstance(value, Mapping):
        for key, one in value.items():
            if key not in {"uid", "location"} and one not in (None, "", [], {}):
                yield from _flat(one)
    elif isinstance(value, list):
        for one in value:
            yield from _flat(one)
    else:
        yield str(value)
