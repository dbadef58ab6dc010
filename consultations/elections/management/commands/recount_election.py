"""Count again the ballots of a file exported from an election, and say whether the record says the same."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.elections.exporting import recount
from consultations.elections.models import Election
from consultations.elections.services.tallying import as_result
from core.commands import ProductCommand


class Command(ProductCommand):
    """Reads the file only; with `--election`, compares with what is recorded, and fails when it differs."""

    help = gettext_lazy("Count again the ballots of a file exported from an election.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, metavar=_("FILE"), help=_("A file of ballots (JSON)."))
        parser.add_argument(
            "--election", metavar="ID", help=_("The election whose record must say the same.")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made, mark = recount(options["file"].read_text(encoding="utf-8"))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(_("%(file)s cannot be read.") % {"file": options["file"]}) from error
        result = as_result(made, mark)
        is_same = options["election"] is None or self._recorded(options["election"]) == result
        self.report({"ok": is_same, **result})
        for key, value in result.items():
            self.say(f"{key}: {value}")
        if not is_same:
            raise CommandError(_("The record says otherwise."))
        if options["election"] is not None:
            self.say(_("The record says the same."))

    def _recorded(self, key: str) -> Any:
        try:
            return Election.objects.get(pk=key).result
        except (Election.DoesNotExist, ValidationError) as error:
            raise CommandError(_("There is no election with this identifier.")) from error
