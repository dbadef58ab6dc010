"""Write the public directory in an open format."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.commands import ProductCommand
from directory.selectors.exported import EXPORTS, export


class Command(ProductCommand):
    """What anyone may read, and nothing of hidden addresses; exit code 0 only when everything was written."""

    help = gettext_lazy("Write the public directory into a folder: HSDS 3.1 or data·inclusion v1.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--format", required=True, choices=list(EXPORTS), help=_("Format of the files."))
        parser.add_argument(
            "--output",
            required=True,
            type=Path,
            metavar="DIR",
            help=_("Folder to write into; made when it is not there."),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["output"]
        try:
            counts = export(options["format"], folder)
        except OSError as error:
            raise CommandError(_("%(folder)s cannot be written.") % {"folder": folder}) from error
        self.report({"ok": True, "format": options["format"], "folder": str(folder), "counts": counts})
        if not self.as_json:
            self.say(_("Written into %(folder)s:") % {"folder": folder})
            for name, count in counts.items():
                self.say(f"  {name} : {count}")
