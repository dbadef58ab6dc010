"""From an uploaded file to an import: staged, previewed, then confirmed or forgotten."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.imports.kinds import ImportKind, import_kinds
from core.imports.preview import Preview, run_import
from core.models import StagedImport
from core.problems import ImportRefused, Problem
from core.services import record_audit
from core.tabular import MAX_BYTES, read_table

LIFETIME = datetime.timedelta(hours=2)


@transaction.atomic
def stage_import(*, actor: Any, kind: ImportKind, file_name: str, content: bytes) -> StagedImport:
    """Keep a readable file until it is confirmed, for two hours at most.

    Raises ImportRefused when it is not a table with the required columns.
    """
    _check(actor, kind)
    table = read_table(content, name=file_name)
    table.require(*kind.required)
    if len(table.rows) > kind.most:
        message = _("more than %(count)s lines") % {"count": kind.most}
        raise ImportRefused([Problem(file_name, "", message, _("Split the file."))])
    return StagedImport.objects.create(
        kind=kind.slug,
        file_name=file_name[:200],
        content=content,
        actor=actor,
        expires_at=timezone.now() + LIFETIME,
    )


def preview_import(*, actor: Any, staged: StagedImport) -> Preview:
    """What confirming would do; nothing is kept."""
    kind = import_kinds[staged.kind]
    _check(actor, kind)
    table = read_table(bytes(staged.content), name=staged.file_name)
    return run_import(kind, table, actor=actor, keep=False)


@transaction.atomic
def confirm_import(*, actor: Any, staged: StagedImport) -> Preview:
    """Import the whole file or nothing, as it would be now, and forget it.

    Raises ImportRefused when the file expired or has a problem.
    """
    kind = import_kinds[staged.kind]
    _check(actor, kind)
    if staged.expires_at <= timezone.now():
        raise ImportRefused(
            [Problem(staged.file_name, "", _("this file waited too long"), _("Choose it again."))]
        )
    table = read_table(bytes(staged.content), name=staged.file_name)
    preview = run_import(kind, table, actor=actor, keep=True)
    if preview.problems:
        raise ImportRefused(preview.problems)
    record_audit(
        actor=actor, verb="table_imported", target=staged, changes={"kind": kind.slug, **preview.counts}
    )
    staged.delete()
    return preview


@transaction.atomic
def discard_import(*, actor: Any, staged: StagedImport) -> None:
    """Forget a staged file."""
    _check(actor, import_kinds[staged.kind])
    staged.delete()


def purge_staged_imports() -> int:
    """Forget the files nobody confirmed in time; run by the tick."""
    return StagedImport.objects.filter(expires_at__lte=timezone.now()).delete()[0]


def read_upload(upload: Any) -> bytes:
    """The bytes of an uploaded file, refused before they are read when there are too many."""
    if upload.size > MAX_BYTES:
        message = _("the file is larger than %(size)s MB") % {"size": MAX_BYTES // 1_000_000}
        raise ImportRefused([Problem(upload.name, "", message, _("Split it into several files."))])
    return bytes(upload.read())


def _check(actor: Any, kind: ImportKind) -> None:
    if not kind.may(actor):
        raise PermissionDenied
