"""What our commands share: words in the site's language, a report for programs, an honest exit code.

With `--json` the standard output holds one JSON document, with English keys, and everything said to people goes to
the standard error. The exit code is 0 only when everything was done: anything else raises CommandError.
"""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _


class ProductCommand(BaseCommand):
    """`help` may be lazy; `has_report` offers `--json`."""

    help: Any = ""
    has_report = True
    as_json = False

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        self.help = str(self.help)  # argparse folds plain text only
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        if self.has_report:
            parser.add_argument(
                "--json",
                action="store_true",
                help=_("Report as JSON on standard output; messages on standard error."),
            )

    def execute(self, *args: Any, **options: Any) -> str | None:
        self.as_json = bool(options.get("json"))
        with translation.override(settings.LANGUAGE_CODE):
            return super().execute(*args, **options)

    def say(self, text: str) -> None:
        """A line for people."""
        if self.as_json:
            self.stderr.write(text, lambda plain: plain)
        else:
            self.stdout.write(text)

    def complain(self, text: str) -> None:
        """What went wrong; the command ends with CommandError."""
        self.stderr.write(text)

    def report(self, data: object) -> None:
        """The document for programs, when it was asked for."""
        if self.as_json:
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
