"""`manage.py run_due`: the tick. Production calls it once a minute; `serve` keeps it running."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.db import close_old_connections
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.commands import ProductCommand
from core.due import Outcome, run_due


class Command(ProductCommand):
    help = gettext_lazy(
        "Do what is due: scheduled publication, reminders, purges, releases. Safe to run at any time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--every", type=int, metavar="SECONDS", help=_("Stay and run again and again."))

    def handle(self, **options: Any) -> None:
        while True:
            outcomes = list(run_due())
            self.tell(outcomes, quiet=bool(options["every"]))
            if not options["every"]:
                break
            time.sleep(options["every"])
            close_old_connections()
        failed = [outcome.name for outcome in outcomes if outcome.error]
        if failed:
            raise CommandError(_("Failed: %(names)s") % {"names": ", ".join(failed)})

    def tell(self, outcomes: list[Outcome], *, quiet: bool) -> None:
        """One JSON document, and one line for each entry; repeated runs only say what failed."""
        self.report([outcome.as_dict() for outcome in outcomes])
        for outcome in outcomes:
            if outcome.error:
                self.complain(f"{outcome.name} : {outcome.error}")
            elif not quiet:
                done = _("done") if outcome.count is None else outcome.count
                self.say(f"{outcome.name} : {done} ({outcome.seconds} s)")
