"""Load the real territories from a folder of public files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.commands import ProductCommand
from core.imports.command import nothing_written
from core.problems import ImportRefused
from territories.services import import_territories

WORDS = {
    "levels": gettext_lazy("levels"),
    "territories": gettext_lazy("territories"),
    "aliases": gettext_lazy("other names and codes"),
    "relations": gettext_lazy("who is in what"),
    "events": gettext_lazy("events"),
    "populations": gettext_lazy("populations"),
    "postcodes": gettext_lazy("postal codes"),
    "layers": gettext_lazy("outlines"),
    "created": gettext_lazy("new"),
    "updated": gettext_lazy("changed"),
    "deleted": gettext_lazy("deleted"),
    "unchanged": gettext_lazy("unchanged"),
}
"""The keys of the report, in words."""


class Command(ProductCommand):
    help = gettext_lazy(
        "Load levels, territories, relations, events, populations and outlines. All or nothing; idempotent."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("folder", type=Path, help=_("Folder of COG, EPCI, population and GeoJSON files."))
        parser.add_argument("--dry-run", action="store_true", help=_("Check and count; write nothing."))
        parser.add_argument(
            "--fix-winding",
            action="store_true",
            help=_("Rewind anticlockwise rings instead of refusing them."),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = import_territories(
                folder=options["folder"], dry_run=options["dry_run"], fix_winding=options["fix_winding"]
            )
        except ImportRefused as refused:
            for problem in refused.problems:
                self.complain(str(problem))
            self.report({"ok": False, "problems": [problem.as_json() for problem in refused.problems]})
            raise CommandError(nothing_written(len(refused.problems))) from refused
        for note in report.notes:
            self.complain(str(note))
        self.report(report.as_json())
        for kind, counts in report.counts.items():
            words = ", ".join(f"{WORDS.get(verb, verb)} {count}" for verb, count in counts.items())
            self.say(f"{WORDS.get(kind, kind)} : {words}")
