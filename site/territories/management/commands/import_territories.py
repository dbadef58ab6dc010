"""Load the real territories from a folder of public files."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.problems import ImportRefused
from territories.services import ImportReport, import_territories


class Command(BaseCommand):
    help = (
        "Load levels, territories, relations, events, populations and outlines. All or nothing; idempotent."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="Folder of COG, EPCI, population and GeoJSON files.")
        parser.add_argument("--json", action="store_true", help="Print the report as JSON on stdout.")
        parser.add_argument("--dry-run", action="store_true", help="Check and count; write nothing.")
        parser.add_argument(
            "--fix-winding", action="store_true", help="Rewind anticlockwise rings instead of refusing them."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = import_territories(
                folder=options["folder"], dry_run=options["dry_run"], fix_winding=options["fix_winding"]
            )
        except ImportRefused as refused:
            for problem in refused.problems:
                self.stderr.write(str(problem))
            if options["json"]:
                problems = [problem.as_json() for problem in refused.problems]
                self.stdout.write(
                    json.dumps({"ok": False, "problems": problems}, ensure_ascii=False, indent=2)
                )
            raise CommandError(f"{len(refused.problems)} problem(s): nothing was written.") from refused
        for note in report.notes:
            self.stderr.write(str(note))
        self._print(report, as_json=options["json"])

    def _print(self, report: ImportReport, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
            return
        for kind, counts in report.counts.items():
            self.stdout.write(f"{kind}: " + ", ".join(f"{n} {verb}" for verb, n in counts.items()))
