"""Import a past synthesis: ODT, DOCX, Markdown or text."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.process.models import Consultation
from consultations.syntheses.blocks import Block
from consultations.syntheses.document import Document
from consultations.syntheses.reading import MAX_BYTES, read_synthesis
from consultations.syntheses.services import import_synthesis
from core.commands import ProductCommand
from core.problems import ImportRefused


class Command(ProductCommand):
    """Idempotent; messages on stderr, report on stdout, exit code 0 only on full success."""

    help = gettext_lazy("Import a past synthesis from an ODT, DOCX, Markdown or text file, as a draft.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, help=_("The synthesis: .odt, .docx, .md or .txt."))
        parser.add_argument(
            "--consultation", metavar="SLUG", help=_("Address of the consultation it belongs to.")
        )
        parser.add_argument("--dry-run", action="store_true", help=_("Read and report; store nothing."))

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        consultation = _consultation(options["consultation"])
        try:
            imported = read_synthesis(_bytes(path), name=path.name)
        except OSError as error:
            raise CommandError(_("%(file)s cannot be read.") % {"file": path}) from error
        except ImportRefused as refused:
            self._refuse(refused)
            raise CommandError(_("Nothing was stored.")) from refused
        report: dict[str, Any] = {"ok": True, "status": "read", **imported.as_json()}
        if not options["dry_run"]:
            synthesis, is_new = import_synthesis(
                actor=None, imported=imported, file_name=path.name, consultation=consultation
            )
            report |= {
                "status": "created" if is_new else "unchanged",
                "id": str(synthesis.pk),
                "slug": synthesis.slug,
            }
        for each in imported.left_out:
            self.complain(
                _("%(file)s, line %(line)s: not recognised: %(text)s")
                % {"file": path.name, "line": each.line, "text": each.text}
            )
        self.report(report)
        if not self.as_json:
            self._tell(report["status"], imported.document)

    def _tell(self, status: str, document: Document) -> None:
        """What was done, then how many sentences each block took."""
        done = {
            "created": _("Imported as a draft: %(title)s"),
            "unchanged": _("Already here, nothing changed: %(title)s"),
            "read": _("Read, nothing stored: %(title)s"),
        }
        self.say(done[status] % {"title": document.title})
        for code, count in document.counts.items():
            self.say(f"  {Block(code).label} : {count}")

    def _refuse(self, refused: ImportRefused) -> None:
        for problem in refused.problems:
            self.complain(str(problem))
        self.report({"ok": False, "problems": [problem.as_json() for problem in refused.problems]})


def _bytes(path: Path) -> bytes:
    """Never more than what is refused anyway."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _consultation(slug: str | None) -> Consultation | None:
    if not slug:
        return None
    try:
        return Consultation.objects.get(slug=slug)
    except Consultation.DoesNotExist as error:
        raise CommandError(_("No consultation has the address “%(slug)s”.") % {"slug": slug}) from error
