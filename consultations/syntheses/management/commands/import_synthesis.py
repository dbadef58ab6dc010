"""Import a past synthesis: ODT, DOCX, Markdown or text."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext_lazy

from consultations.process.models import Consultation
from consultations.syntheses.reading import MAX_BYTES, read_synthesis
from consultations.syntheses.services import import_synthesis
from core.commands import ProductCommand
from core.problems import ImportRefused


class Command(ProductCommand):
    """Idempotent; messages on stderr, report on stdout, exit code 0 only on full success."""

    help = gettext_lazy("Import a past synthesis from an ODT, DOCX, Markdown or text file, as a draft.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, help="The synthesis: .odt, .docx, .md or .txt.")
        parser.add_argument("--consultation", metavar="SLUG", help="The consultation it belongs to.")
        parser.add_argument("--dry-run", action="store_true", help="Read and report; store nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        consultation = _consultation(options["consultation"])
        try:
            imported = read_synthesis(_bytes(path), name=path.name)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except ImportRefused as refused:
            self._refuse(refused, as_json=options["json"])
            raise CommandError("Nothing was stored.") from refused
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
            self.stderr.write(f"{path.name} · line {each.line} · not recognised: {each.text}")
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        else:
            counts = ", ".join(f"{count} {code}" for code, count in imported.document.counts.items())
            self.stdout.write(f"{report['status']}: {imported.document.title} · {counts}")

    def _refuse(self, refused: ImportRefused, *, as_json: bool) -> None:
        for problem in refused.problems:
            self.stderr.write(str(problem))
        if as_json:
            problems = [problem.as_json() for problem in refused.problems]
            self.stdout.write(json.dumps({"ok": False, "problems": problems}, ensure_ascii=False, indent=2))


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
        raise CommandError(f"No consultation has the address {slug!r}.") from error
