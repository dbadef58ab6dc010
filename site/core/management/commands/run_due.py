"""`manage.py run_due`: the tick. Production calls it once a minute; `serve` keeps it running."""

import json
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from core.due import Outcome, run_due


class Command(BaseCommand):
    help = "Do what is due: scheduled publication, reminders, purges, releases. Safe to run at any time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Report on standard output as JSON.")
        parser.add_argument("--every", type=int, metavar="SECONDS", help="Stay and run again and again.")

    def handle(self, **options: Any) -> None:
        while True:
            outcomes = list(run_due())
            self.report(outcomes, as_json=options["json"], quiet=bool(options["every"]))
            if not options["every"]:
                break
            time.sleep(options["every"])
            close_old_connections()
        failed = [outcome.name for outcome in outcomes if outcome.error]
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}")

    def report(self, outcomes: list[Outcome], *, as_json: bool, quiet: bool) -> None:
        """One JSON document, or one line for each entry; repeated runs only say what failed."""
        if as_json:
            self.stdout.write(json.dumps([outcome.as_dict() for outcome in outcomes]))
            return
        for outcome in outcomes:
            if outcome.error:
                self.stderr.write(f"{outcome.name}: {outcome.error}")
            elif not quiet:
                done = "done" if outcome.count is None else outcome.count
                self.stdout.write(f"{outcome.name}: {done} ({outcome.seconds} s)")
