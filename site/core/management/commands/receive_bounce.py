"""A report of non-delivery piped by the mail server: the letter it speaks of is marked as come back."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.commands import ProductCommand
from core.returned_mail import LARGEST, follow, read_report


class Command(ProductCommand):
    """Never fails on what it does not understand: the mail server would send a report about the report."""

    help = gettext_lazy("Mark as come back the letter a mail server's report speaks of (standard input).")

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--file", type=Path, help=_("Read the report from a file."))

    def handle(self, *args: Any, **options: Any) -> None:
        source = options["file"]
        raw = source.read_bytes() if source else sys.stdin.buffer.read(LARGEST)
        found = read_report(raw)
        changed = found is not None and follow(found)
        self.report({"understood": found is not None, "changed": changed})
        if found is None:
            self.say(_("No letter of ours came back."))
        else:
            self.say(_("Recorded as come back.") if changed else _("It was already recorded."))
