"""Records brought in as files: sent, looked at, confirmed, taken back; and the list of what was."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import StaffRequest, attempt, posted
from core.imports.kinds import import_kinds
from core.imports.services import read_upload
from core.imports.services import stage_import as stage_table
from core.models import Job, StagedImport
from core.problems import ImportRefused
from directory.forms.importing import ImportForm, table_choices
from directory.models import DirectoryImport
from directory.permissions import can_import_records, can_see_import, can_undo_import
from directory.selectors.imports import FORMS, account_of, counts_in_words, imports_seen, left_by_undo
from directory.services.importing.progress import told
from directory.services.importing.running import (
    confirm_import,
    forget_import,
    last_job_of,
    receive_import,
    take_back_import,
)
from directory.views.access import INVALID, desk

PAGE = 25
BUSY = (Job.Status.WAITING, Job.Status.RUNNING)


@desk
def import_list(request: StaffRequest) -> HttpResponse:
    """Send a file; what was imported before, by whom, from where."""
    form = ImportForm(posted(request), request.FILES or None, standards=can_import_records(request.user))
    problems: list[Any] = []
    try:
        if made := attempt(form, lambda: _received(request, form)):
            name = "import" if isinstance(made, DirectoryImport) else "table"
            return redirect(f"directory_desk:{name}", made.pk)
    except ImportRefused as refused:
        problems = refused.problems
    page = Paginator(imports_seen(request.user), PAGE).get_page(request.GET.get("page"))
    rows = [(one, FORMS.get(one.form, one.form), counts_in_words(one.counts)) for one in page]
    context = {"form": form, "problems": problems, "page": page, "rows": rows, "tables": table_choices()}
    status = INVALID if request.method == "POST" else 200
    return render(request, "directory/workspace/imports.html", context, status=status)


def _received(request: StaffRequest, form: ImportForm) -> DirectoryImport | StagedImport:
    """A standard is read in steps; a table waits for its preview."""
    said = form.cleaned_data
    if form.is_table:
        content = read_upload(said["file"])
        kind = import_kinds[said["form"]]
        return stage_table(actor=request.user, kind=kind, file_name=said["file"].name, content=content)
    return receive_import(
        actor=request.user,
        form=said["form"],
        source=said["source"],
        upload=said["file"],
        is_whole=not said["is_partial"],
    )


def _import(request: StaffRequest, pk: UUID) -> DirectoryImport:
    run = get_object_or_404(DirectoryImport.objects.select_related("source", "actor"), pk=pk)
    if not can_see_import(request.user, run):
        raise PermissionDenied(_("This import was brought by somebody else."))
    return run


@desk
def import_detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What it would do, is doing, did, or why it was refused."""
    run = _import(request, pk)
    job = last_job_of(run)
    context = {
        "run": run,
        "form_words": FORMS.get(run.form, run.form),
        "account": account_of(run),
        "left": left_by_undo(run),
        "undone": run.report.get("undone", {}),
        "is_busy": job is not None and job.status in BUSY,
        "has_failed": job is not None and job.status == Job.Status.FAILED,
        "progress": told(run.pk),
        "can_confirm": can_import_records(request.user),
        "can_undo": can_undo_import(request.user, run),
    }
    return render(request, "directory/workspace/import.html", context)


def _carried_out(request: StaffRequest, act: Callable[[], object], words: str) -> None:
    """Tell what was done, or why it was not."""
    try:
        act()
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        if words:
            messages.success(request, words)


@desk
@require_POST
def import_confirm(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Write it."""
    run = _import(request, pk)
    _carried_out(request, lambda: confirm_import(actor=request.user, run=run), "")
    return redirect("directory_desk:import", pk)


@desk
@require_POST
def import_forget(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Leave it."""
    run = _import(request, pk)
    _carried_out(request, lambda: forget_import(actor=request.user, run=run), _("The file is forgotten."))
    return redirect("directory_desk:imports")


@desk
@require_POST
def import_undo(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take it back."""
    run = _import(request, pk)
    _carried_out(request, lambda: take_back_import(actor=request.user, run=run), "")
    return redirect("directory_desk:import", pk)
