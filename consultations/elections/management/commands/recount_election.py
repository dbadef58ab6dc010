"""Count again the ballots of a file exported from an election, and say whether the record says the same."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from consultations.elections.exporting import recount
from consultations.elections.models import Election
from consultations.elections.services.tallying import as_result


class Command(BaseCommand):
    """Reads the file only; with `--election`, compares with what is recorded."""

    help = "Count the exported ballots of an election again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--election", default="", help="identifier of the election to compare with")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made, mark = recount(options["file"].read_text(encoding="utf-8"))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(f"Cannot read these ballots: {error}") from error
        result = as_result(made, mark)
        for key, value in result.items():
            self.stdout.write(f"{key}: {value}")
        if options["election"]:
            recorded = Election.objects.get(pk=options["election"]).result
            if recorded != result:
                raise CommandError("The record says otherwise.")
            self.stdout.write("The record says the same.")
