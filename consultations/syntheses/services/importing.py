"""Past syntheses from files: staged, previewed, confirmed; the same content is stored once."""

import datetime
import unicodedata

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.process.models import Consultation
from consultations.syntheses.models import Synthesis
from consultations.syntheses.permissions import can_create_synthesis
from consultations.syntheses.reading import Imported, read_synthesis
from consultations.syntheses.services.writing import create_synthesis
from core.models import StagedImport
from core.problems import ImportRefused, Problem
from core.services import record_audit

KIND = "synthesis"
LIFETIME = datetime.timedelta(hours=2)


@transaction.atomic
def import_synthesis(
    *,
    actor: User | None,
    imported: Imported,
    file_name: str,
    consultation: Consultation | None = None,
    is_demo: bool = False,
) -> tuple[Synthesis, bool]:
    """The draft of this content and whether it is new: the same words, from any file, are one synthesis."""
    if actor is not None and not can_create_synthesis(actor):
        raise PermissionDenied
    digest = imported.document.content_hash
    known = Synthesis.objects.filter(import_hash=digest).first()
    if known is not None:
        return known, False
    synthesis = create_synthesis(
        actor=actor, document=imported.document, consultation=consultation, is_demo=is_demo
    )
    synthesis.import_hash, synthesis.import_name = digest, _safe_name(file_name)
    try:
        with transaction.atomic():
            synthesis.save(update_fields=["import_hash", "import_name"])
    except IntegrityError:  # the same file, imported twice at the same instant
        synthesis.delete()
        return Synthesis.objects.get(import_hash=digest), False
    record_audit(
        actor=actor, verb="synthesis_imported", target=synthesis, changes={"counts": imported.document.counts}
    )
    return synthesis, True


def _safe_name(name: str) -> str:
    return "".join(char for char in name if unicodedata.category(char) not in {"Cc", "Cs"})[:200]


@transaction.atomic
def stage_synthesis_import(*, actor: User, file_name: str, content: bytes) -> StagedImport:
    """Keep a readable file until its import is confirmed, two hours at most; raises ImportRefused."""
    if not can_create_synthesis(actor):
        raise PermissionDenied
    read_synthesis(content, name=file_name)
    return StagedImport.objects.create(
        kind=KIND,
        file_name=_safe_name(file_name),
        content=content,
        actor=actor,
        expires_at=timezone.now() + LIFETIME,
    )


@transaction.atomic
def confirm_synthesis_import(
    *, actor: User, staged: StagedImport, consultation: Consultation | None = None
) -> tuple[Synthesis, bool]:
    """Import a staged file and forget it; raises ImportRefused when it waited too long."""
    if staged.expires_at <= timezone.now():
        raise ImportRefused(
            [Problem(staged.file_name, "", _("this file waited too long"), _("Choose it again."))]
        )
    imported = read_synthesis(bytes(staged.content), name=staged.file_name)
    found = import_synthesis(
        actor=actor, imported=imported, file_name=staged.file_name, consultation=consultation
    )
    staged.delete()
    return found
