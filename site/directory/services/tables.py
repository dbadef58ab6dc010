"""Our own tables (CSV, spreadsheet) taken in from a folder: the same kinds as the import screen, all or nothing."""

from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.permissions import Visitor
from core.imports.kinds import import_kinds
from core.imports.preview import NotKept, run_import
from core.problems import ImportRefused, Problem
from core.tabular import read_table

ORDER = ("organisations", "directory-locations", "directory-services", "directory-hours")
STEMS = {
    "organisations": "organisations",
    "locations": "directory-locations",
    "services": "directory-services",
}
STEMS |= {"hours": "directory-hours"}
SUFFIXES = (".csv", ".xlsx", ".ods")


def import_tables(*, actor: Visitor, path: Path, keep: bool) -> dict[str, Any]:
    """Each table in the order they refer to one another; a problem in one leaves all of them out.

    `imports` numbers what was taken in, the last table first: the order in which to take it back.
    """
    counts: dict[str, dict[str, int]] = {}
    problems: list[Problem] = []
    runs: list[str] = []
    try:
        with transaction.atomic():
            for slug, file in _files(path):
                table = read_table(file.read_bytes(), name=file.name)
                preview = run_import(import_kinds[slug], table, actor=actor, keep=True)
                counts[slug] = {name: count for name, count in preview.counts.items() if count}
                problems += preview.problems
                if preview.kept_as:
                    runs.append(str(preview.kept_as.pk))
            if problems or not keep:
                raise NotKept
    except NotKept:
        pass
    if problems:
        raise ImportRefused(problems)
    return {"counts": counts, "import": None, "imports": runs[::-1] if keep else []}


def _files(path: Path) -> list[tuple[str, Path]]:
    found = [path] if path.is_file() else sorted(path.iterdir()) if path.is_dir() else []
    named = {
        STEMS[one.stem]: one
        for one in found
        if one.suffix.lower() in SUFFIXES and STEMS.get(one.stem) in import_kinds
    }
    if not named:
        remedy = _("Name the tables organisations, locations, services or hours (.csv or .xlsx).")
        raise ImportRefused([Problem(path.name, "", _("no table was found"), remedy)])
    return [(slug, named[slug]) for slug in ORDER if slug in named]
