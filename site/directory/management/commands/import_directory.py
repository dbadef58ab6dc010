"""Take in the records of another directory."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.commands import ProductCommand
from core.problems import ImportRefused
from directory.services.importing import apply_import, discard_import, stage_import
from directory.services.tables import import_tables

FORMATS = ("hsds", "data-inclusion", "csv")


class Command(ProductCommand):
    """All or nothing; the same file twice changes nothing; corrections made here are kept and told."""

    help = gettext_lazy(
        "Import services, places and organisations: HSDS 3.1, data·inclusion v1, or our own tables."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("path", type=Path, help=_("File or folder."))
        parser.add_argument("--format", required=True, choices=FORMATS, help=_("Format of the files."))
        parser.add_argument(
            "--source",
            default="",
            help=_("Who publishes it; the same name each time (the format by default)."),
        )
        parser.add_argument(
            "--dry-run", action="store_true", help=_("Tell what would change; store nothing.")
        )
        parser.add_argument(
            "--partial",
            action="store_true",
            help=_("The file is a part only: what it does not name goes on."),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = self._import(options)
        except ImportRefused as refused:
            for problem in refused.problems:
                self.complain(str(problem))
            self.report({"ok": False, "problems": [problem.as_json() for problem in refused.problems]})
            raise CommandError(_("Nothing was imported.")) from refused
        status = "read" if options["dry_run"] else "imported"
        self.report({"ok": True, "status": status, **report})
        if not self.as_json:
            self._tell(report, is_rehearsal=options["dry_run"])

    def _import(self, options: dict[str, Any]) -> dict[str, Any]:
        form, keep = options["format"], not options["dry_run"]
        if form == "csv":
            return import_tables(actor=None, path=options["path"], keep=keep)
        with transaction.atomic():
            source = options["source"] or form
            run, notices = stage_import(actor=None, path=options["path"], form=form, source=source)
            report = apply_import(actor=None, run=run, keep=keep, is_whole=not options["partial"])
            report.notices = notices
            if not keep:
                discard_import(actor=None, run=run)
        return {**report.as_json(), "import": str(run.pk) if keep else None}

    def _tell(self, report: dict[str, Any], *, is_rehearsal: bool) -> None:
        words = {
            "new": _("new"),
            "changed": _("changed"),
            "unchanged": _("unchanged"),
            "gone": _("ended: the source no longer names them"),
        }
        for kind, counts in report["counts"].items():
            told = ", ".join(f"{count} {words.get(action, action)}" for action, count in counts.items())
            self.say(f"{kind} : {told}")
        for one in report.get("kept", ()):
            self.say(
                _("Kept as it is here: %(name)s, %(field)s (here: %(here)s; in the file: %(there)s)")
                % {name: str(value)[:60] for name, value in one.items()}
            )
        for notice, count in report.get("notices", {}).items():
            self.say(f"{notice} ({count})")
        if is_rehearsal:
            self.say(_("Rehearsal only: nothing was stored."))
        for number in report.get("imports") or filter(None, [report.get("import")]):
            self.say(_("To take it back: manage.py undo_directory_import %(id)s") % {"id": number})
