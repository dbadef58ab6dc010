"""Count the ballots of a poll again: those stored, or those of a file taken away."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.polls.models import Poll
from consultations.polls.recounting import read_ballots, told
from consultations.polls.selectors.recount import recount
from core.commands import ProductCommand


class Command(ProductCommand):
    """Exit code 0 only when the count is the one that was shown; prints counts of a file only."""

    help = gettext_lazy(
        "Count the ballots of a closed poll again and compare with what was shown, or count those of a file."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("poll", nargs="?", help=_("Address of the poll, as in /sondages/<address>/."))
        parser.add_argument("--ballots", type=Path, metavar=_("FILE"), help=_("A file of ballots (JSON)."))

    def handle(self, *args: Any, **options: Any) -> None:
        if (options["poll"] is None) == (options["ballots"] is None):
            raise CommandError(_("Give the address of a poll, or a file of ballots."))
        if options["ballots"] is not None:
            self._count_file(options["ballots"])
        else:
            self._count_poll(options["poll"])

    def _count_file(self, path: Path) -> None:
        try:
            found = read_ballots(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(_("%(file)s cannot be read.") % {"file": path}) from error
        except ValidationError as refused:
            self.report({"ok": False, "problems": refused.messages})
            raise CommandError("\n".join(refused.messages)) from refused
        counted = found.count()
        self.say(_("%(count)d votes counted.") % {"count": counted.count})
        for option in found.definition.figures():
            points = counted.points.get(option.code)
            line = f"{option.label} : {counted.chosen[option.code]}"
            self.say(line if points is None else f"{line} ({points:g})")
        self.report({"ok": True, **told(counted)})

    def _count_poll(self, slug: str) -> None:
        poll = Poll.objects.filter(slug=slug).first()
        if poll is None:
            raise CommandError(_("There is no poll at this address."))
        if poll.status != Poll.Status.CLOSED:
            raise CommandError(_("Ballots are counted again once the poll is closed."))
        if poll.voter_count and not poll.ballots.exists():
            raise CommandError(_("The ballots were erased on their day: the results stay."))
        found = recount(poll)
        self.report({"ok": found.is_same, "poll": slug, "problems": list(found.problems)})
        if not found.is_same:
            raise CommandError("\n".join(found.problems))
        self.say(_("Counted again: the ballots give what was shown."))
