"""Take back an import of the directory."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.commands import ProductCommand
from directory.models import DirectoryImport
from directory.services.importing import undo_import


class Command(ProductCommand):
    """What was changed here since stays; exit code 0 only when the import was taken back."""

    help = gettext_lazy("Undo an import: records it made are deleted, fields it changed come back.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("id", type=UUID, help=_("Number the import gave when it ended."))

    def handle(self, *args: Any, **options: Any) -> None:
        run = DirectoryImport.objects.filter(pk=options["id"]).first()
        if run is None:
            raise CommandError(_("There is no such import."))
        try:
            counts = undo_import(actor=None, run=run)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.report({"ok": True, "status": "undone", "counts": counts})
        self.say(
            _(
                "Undone: %(deleted)d deleted, %(restored)d restored, %(kept)d kept because they were changed since."
            )
            % {name: counts.get(name, 0) for name in ("deleted", "restored", "kept")}
        )
