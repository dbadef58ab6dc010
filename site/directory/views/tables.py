"""Our own tables: looked at cell by cell, confirmed, and given out as they are now."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import StaffRequest
from core.imports.kinds import import_kinds
from core.imports.services import confirm_import, discard_import, preview_import
from core.imports.views import FORMATS, exported
from core.models import StagedImport
from core.problems import ImportRefused
from directory.forms.importing import table_choices
from directory.views.access import desk

SHOWN = 200


def _staged(request: StaffRequest, pk: UUID) -> StagedImport:
    """A table of this person that still waits."""
    return get_object_or_404(
        StagedImport, pk=pk, actor=request.user, expires_at__gt=timezone.now(), kind__in=dict(table_choices())
    )


@desk
@require_safe
def table_preview(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What confirming would do, or each line to correct."""
    staged = _staged(request, pk)
    preview = preview_import(actor=request.user, staged=staged)
    rows = [row for row in preview.rows if row.status != "unchanged"]
    context = {
        "kind": import_kinds[staged.kind],
        "staged": staged,
        "preview": preview,
        "rows": [] if preview.problems else rows[:SHOWN],
        "more": max(0, len(rows) - SHOWN),
    }
    return render(request, "directory/workspace/import_table.html", context)


@desk
@require_POST
def table_confirm(request: StaffRequest, pk: UUID) -> HttpResponse:
    """All or nothing."""
    staged = _staged(request, pk)
    try:
        done = confirm_import(actor=request.user, staged=staged)
    except ImportRefused:
        return redirect("directory_desk:table", pk)
    messages.success(request, _("Done. You may take it back on this page."))
    return redirect("directory_desk:import", done.kept_as.pk)


@desk
@require_POST
def table_forget(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Leave it."""
    discard_import(actor=request.user, staged=_staged(request, pk))
    messages.success(request, _("The file is forgotten."))
    return redirect("directory_desk:imports")


@desk
@require_safe
def table_export(request: StaffRequest, slug: str, extension: str) -> HttpResponse:
    """The records one keeps, in the form the import reads; with their headings when there is none."""
    if slug not in dict(table_choices()) or extension not in FORMATS:
        raise Http404
    return exported(import_kinds[slug], request.user, extension)
