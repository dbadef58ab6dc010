"""The import screen, inside the admin: choose, look, confirm."""

from typing import Any
from uuid import UUID

import tablib
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.imports.forms import UploadForm
from core.imports.kinds import ImportKind, import_kinds
from core.imports.services import (
    confirm_import,
    discard_import,
    preview_import,
    read_upload,
    stage_import,
)
from core.models import StagedImport
from core.problems import ImportRefused
from core.spreadsheet import BOM, guard_cell

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What this person may import."""
    kinds = [kind for kind in import_kinds if kind.may(request.user)]
    if not kinds:
        raise PermissionDenied
    return render(request, "core/imports/index.html", {"kinds": kinds})


def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a file; a refused one is answered with its problems, line by line."""
    kind = _kind(request, slug)
    form = UploadForm(request.POST or None, request.FILES or None)
    problems: list[Any] = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            staged = stage_import(
                actor=request.user, kind=kind, file_name=file.name, content=read_upload(file)
            )
            return redirect("imports:preview", staged.pk)
        except ImportRefused as refused:
            problems = refused.problems
    status = 422 if request.method == "POST" else 200
    context = {"kind": kind, "form": form, "problems": problems}
    return render(request, "core/imports/upload.html", context, status=status)


@require_safe
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What confirming would do."""
    staged = _staged(request, pk)
    result = preview_import(actor=request.user, staged=staged)
    rows = [row for row in result.rows if row.status != "unchanged"]
    context = {"kind": import_kinds[staged.kind], "staged": staged, "preview": result, "rows": rows[:500]}
    return render(request, "core/imports/preview.html", {**context, "more": max(0, len(rows) - 500)})


@require_POST
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Import all or nothing."""
    staged = _staged(request, pk)
    try:
        counts = confirm_import(actor=request.user, staged=staged).counts
    except ImportRefused as refused:
        messages.error(request, "\n".join(str(problem) for problem in refused.problems[:5]))
        return redirect("imports:preview", staged.pk)
    messages.success(
        request,
        _("Imported: %(new)s new, %(changed)s changed, %(unchanged)s unchanged.") % counts,
    )
    return redirect("imports:upload", staged.kind)


@require_POST
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Forget the file."""
    staged = _staged(request, pk)
    discard_import(actor=request.user, staged=staged)
    return redirect("imports:upload", staged.kind)


@require_safe
def export(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    """The present rows in the format the import reads."""
    return exported(_kind(request, slug), request.user, extension)


def exported(kind: ImportKind, actor: Any, extension: str) -> HttpResponse:
    """The rows this person may export, as a file."""
    data = getattr(guarded(kind.opened(actor).export()), extension)
    name = f"{slugify(str(kind.label))}-{timezone.localdate()}.{extension}"
    content = BOM + data if extension == "csv" else data
    return HttpResponse(
        content,
        content_type=FORMATS[extension],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def guarded(table: tablib.Dataset) -> tablib.Dataset:
    """The same table, safe to open in a spreadsheet program."""
    return tablib.Dataset(*([guard_cell(cell) for cell in row] for row in table), headers=table.headers)


def _kind(request: HttpRequest, slug: str) -> ImportKind:
    if slug not in import_kinds:
        raise Http404
    if not import_kinds[slug].may(request.user):
        raise PermissionDenied
    return import_kinds[slug]


def _staged(request: HttpRequest, pk: UUID) -> StagedImport:
    """A file of this person that has not expired."""
    return get_object_or_404(
        StagedImport,
        pk=pk,
        actor=request.user,
        expires_at__gt=timezone.now(),
        kind__in=dict(import_kinds.items()),
    )
