"""What the import commands share: one file, the same rehearsal and messages as the import screen."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.commands import ProductCommand
from core.imports.kinds import ImportKind
from core.imports.preview import run_import
from core.problems import ImportRefused, Problem
from core.tabular import read_table


class ImportCommand(ProductCommand):
    """All or nothing, idempotent; messages on stderr, report on stdout, exit code 0 only on full success."""

    help: Any = ""
    kind: ImportKind

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, help=_("CSV or XLSX file."))
        parser.add_argument("--dry-run", action="store_true", help=_("Check and count; write nothing."))

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            table = read_table(path.read_bytes(), name=path.name)
            preview = run_import(self.kind, table, actor=None, keep=not options["dry_run"])
            report, problems = preview.as_json(), preview.problems
        except OSError as error:
            problems = [Problem(path.name, "", _("the file cannot be read"), str(error.strerror))]
            report = {"ok": False, "problems": [problem.as_json() for problem in problems]}
        except ImportRefused as refused:
            problems = refused.problems
            report = {"ok": False, "problems": [problem.as_json() for problem in problems]}
        for problem in problems:
            self.complain(str(problem))
        self.report(report)
        if problems:
            raise CommandError(nothing_written(len(problems)))
        words = _("%(new)s new, %(changed)s changed, %(unchanged)s unchanged.") % preview.counts
        self.say(_("To import: %(words)s") % {"words": words} if options["dry_run"] else words)


def nothing_written(count: int) -> str:
    """The last line of an import that was refused."""
    return ngettext(
        "%(count)d problem: nothing was written.", "%(count)d problems: nothing was written.", count
    ) % {"count": count}
