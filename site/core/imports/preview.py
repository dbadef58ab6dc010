"""What importing a table would do, row by row, and what it did: the same code for both."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import tablib
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from import_export.results import RowResult

from core.imports.kinds import ImportKind
from core.problems import Problem
from core.tabular import Row, Table

NEW, CHANGED, UNCHANGED, ERROR = "new", "changed", "unchanged", "error"
STATUSES = {
    RowResult.IMPORT_TYPE_NEW: NEW,
    RowResult.IMPORT_TYPE_UPDATE: CHANGED,
    RowResult.IMPORT_TYPE_SKIP: UNCHANGED,
}


@dataclass(frozen=True)
class Change:
    """One cell: what is stored and what the file says."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class RowPreview:
    line: int
    status: str
    label: str
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    record: Any = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class Preview:
    """The whole file: nothing may be confirmed while it has a problem."""

    file: str
    encoding: str
    separator: str
    unknown_columns: list[str]
    rows: list[RowPreview]
    problems: list[Problem] = field(default_factory=list)
    kept_as: Any = field(default=None, compare=False)

    @property
    def counts(self) -> dict[str, int]:
        counts = Counter(row.status for row in self.rows)
        return {status: counts[status] for status in (NEW, CHANGED, UNCHANGED, ERROR)}

    @property
    def is_confirmable(self) -> bool:
        return not self.problems and bool(self.counts[NEW] or self.counts[CHANGED])

    def as_json(self) -> dict[str, Any]:
        return {
            "ok": not self.problems,
            "file": self.file,
            "encoding": self.encoding,
            "counts": self.counts,
            "unknown_columns": self.unknown_columns,
            "problems": [problem.as_json() for problem in self.problems],
        }


class NotKept(Exception):
    """Undoes a rehearsal, or an import that met a problem."""


def run_import(kind: ImportKind, table: Table, *, actor: Any, keep: bool) -> Preview:
    """Import `table` in one transaction and tell row by row; undone unless `keep` and without problem."""
    table.require(*kind.required)
    resource = kind.resource()
    rows = sorted(table.rows, key=kind.order) if kind.order else table.rows
    known = {one.column_name for one in resource.get_import_fields()}
    columns = [column for column in table.columns if column in known]
    dataset = tablib.Dataset(*([row.cells[column] for column in columns] for row in rows), headers=columns)
    twice = _duplicates(kind, table, rows)
    kept_as = None
    try:
        with transaction.atomic():
            close = kind.remember(actor, table) if keep and kind.remember else None
            result = resource.import_data(dataset, use_transactions=True, user=actor)
            previews = [
                _row_preview(resource, table, row, one, twice.get(row.line))
                for row, one in zip(rows, result.rows, strict=True)
            ]
            base = [Problem(table.name, "", str(one.error)) for one in result.base_errors]
            problems = [*table.problems, *base, *(each for one in previews for each in one.problems)]
            if problems or not keep:
                raise NotKept
            kept_as = close(previews) if close else None
    except NotKept:
        pass
    unknown = [column for column in table.columns if column and column not in known]
    previews.sort(key=lambda one: one.line)
    return Preview(table.name, table.encoding, table.separator, unknown, previews, problems, kept_as)


def _duplicates(kind: ImportKind, table: Table, rows: Iterable[Row]) -> dict[int, Problem]:
    """Lines that name the same object as an earlier one."""
    seen: dict[tuple[str, ...], int] = {}
    found = {}
    for row in sorted(rows, key=lambda one: one.line):
        key = tuple(row.cells.get(column, "") for column in kind.resource().get_import_id_fields())
        first = seen.setdefault(key, row.line)
        if first != row.line and any(key):
            found[row.line] = Problem(
                table.name,
                _("line %(line)s") % {"line": row.line},
                _("“%(key)s” is already on line %(first)s") % {"key": " ".join(key), "first": first},
                _("Keep one of the two lines."),
            )
    return found


def _row_preview(
    resource: Any, table: Table, row: Row, result: RowResult, twice: Problem | None
) -> RowPreview:
    place = _("line %(line)s") % {"line": row.line}
    problems = [Problem(table.name, place, text) for text in _messages(resource, result)]
    if twice:
        problems.append(twice)
    label = " ".join(row.cells.get(column, "") for column in resource.get_import_id_fields())
    status = ERROR if problems else STATUSES.get(str(result.import_type), ERROR)
    changes = _changes(resource, row, result) if status in {NEW, CHANGED} else ()
    return RowPreview(row.line, status, label, changes, tuple(problems), result.instance)


def _messages(resource: Any, result: RowResult) -> list[str]:
    """What was refused, each under the name its column has in the file."""
    columns = {one.attribute: one.column_name for one in resource.get_import_fields()}
    if isinstance(result.validation_error, ValidationError):
        error = result.validation_error
        if not hasattr(error, "error_dict"):
            return list(error.messages)
        return [
            text
            if name == NON_FIELD_ERRORS
            else f"{columns.get(name, name)} : {text}{_known(resource, name, one)}"
            for name, errors in error.error_dict.items()
            for one in errors
            for text in one.messages
        ]
    refused = _("You may not change this.")
    return [str(one.error) or refused for one in result.errors]


def _known(resource: Any, name: str, error: ValidationError) -> str:
    """The codes a column takes, after one it does not."""
    if error.code != "invalid_choice" or name == NON_FIELD_ERRORS:
        return ""
    choices = resource._meta.model._meta.get_field(name).choices or ()
    codes = [str(code) for code, _label in choices]
    return " " + _("Known codes: %(known)s.") % {"known": ", ".join(codes)[:600]} if codes else ""


def _changes(resource: Any, row: Row, result: RowResult) -> tuple[Change, ...]:
    changes = []
    for one in resource.get_import_fields():
        if one.column_name not in row.cells:
            continue
        before = str(one.export(result.original) or "") if result.original is not None else ""
        after = str(one.export(result.instance) or "") if result.instance is not None else ""
        if before != after:
            changes.append(Change(one.column_name, before, after))
    return tuple(changes)
