"""What the import commands share: one file, the same rehearsal and messages as the import screen."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.imports.kinds import ImportKind
from core.imports.preview import run_import
from core.problems import ImportRefused
from core.tabular import read_table


class ImportCommand(BaseCommand):
    """All or nothing, idempotent; messages on stderr, report on stdout, exit code 0 only on full success."""

    kind: ImportKind

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV or XLSX file.")
        parser.add_argument("--json", action="store_true", help="Print the report as JSON on stdout.")
        parser.add_argument("--dry-run", action="store_true", help="Check and count; write nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            table = read_table(path.read_bytes(), name=path.name)
            preview = run_import(self.kind, table, actor=None, keep=not options["dry_run"])
            report, problems = preview.as_json(), preview.problems
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except ImportRefused as refused:
            problems = refused.problems
            report = {"ok": False, "problems": [problem.as_json() for problem in problems]}
        for problem in problems:
            self.stderr.write(str(problem))
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        if problems:
            raise CommandError(f"{len(problems)} problem(s): nothing was written.")
        if not options["json"]:
            self.stdout.write(", ".join(f"{count} {status}" for status, count in preview.counts.items()))
