"""`manage.py describe_live_protocol`: writes `docs/live-protocol.md` from the definitions."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.live.documentation import describe_protocol
from core.commands import ProductCommand

PAGE = settings.ROOT / "docs" / "live-protocol.md"


class Command(ProductCommand):
    help = gettext_lazy(
        "Write docs/live-protocol.md from the messages, verbs and events that the code declares."
    )
    has_report = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--output", type=Path, default=PAGE, help=_("File to write."))
        parser.add_argument(
            "--check", action="store_true", help=_("Write nothing; fail when it is out of date.")
        )

    def handle(self, **options: Any) -> None:
        page, text = options["output"], describe_protocol()
        if not options["check"]:
            page.write_text(text, encoding="utf-8")
            self.say(_("Written: %(file)s") % {"file": page})
        elif not page.exists() or page.read_text(encoding="utf-8") != text:
            raise CommandError(
                _("%(file)s is out of date: run manage.py describe_live_protocol.") % {"file": page.name}
            )
