"""Importing a past synthesis: choose a file, look at what was understood, confirm."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from consultations.process.views.access import StaffRequest, posted
from consultations.syntheses import services
from consultations.syntheses.blocks import Block
from consultations.syntheses.forms import ConsultationForm, UploadForm
from consultations.syntheses.models import Synthesis
from consultations.syntheses.permissions import can_create_synthesis
from consultations.syntheses.reading import MAX_BYTES, read_synthesis
from consultations.syntheses.services.importing import KIND
from consultations.syntheses.views.access import INVALID, address, writers
from consultations.syntheses.views.steps import with_choices
from core.models import StagedImport
from core.problems import ImportRefused


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def upload(request: StaffRequest) -> HttpResponse:
    """Choose a file; a refused one is answered with the reason and the remedy."""
    if not can_create_synthesis(request.user):
        raise PermissionDenied
    form = UploadForm(posted(request), request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            staged = services.stage_synthesis_import(
                actor=request.user, file_name=file.name, content=file.read(MAX_BYTES + 1)
            )
            return redirect(address(request, "import_preview", staged.pk))
        except ImportRefused as refused:
            form.add_error("file", [f"{each.message}. {each.remedy}" for each in refused.problems])
    status = INVALID if form.errors else 200
    return render(request, "syntheses/workspace/import.html", {"form": form}, status=status)


def _staged(request: StaffRequest, pk: UUID) -> StagedImport:
    """A file of this person that has not expired."""
    return get_object_or_404(
        StagedImport, pk=pk, kind=KIND, actor=request.user, expires_at__gt=timezone.now()
    )


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def preview(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What was understood and what was not; confirming stores it."""
    staged = _staged(request, pk)
    imported = read_synthesis(bytes(staged.content), name=staged.file_name)
    form = with_choices(ConsultationForm(posted(request)), request.user)
    if form.is_valid():
        synthesis, is_new = services.confirm_synthesis_import(
            actor=request.user, staged=staged, consultation=form.cleaned_data["consultation"]
        )
        messages.success(request, _("Imported.") if is_new else _("It was already here: nothing was added."))
        return redirect(address(request, "overview", synthesis.pk))
    context = {
        "staged": staged,
        "imported": imported,
        "form": form,
        "known": Synthesis.objects.filter(import_hash=imported.document.content_hash).first(),
        "blocks": [(Block(code).label, imported.document.block(code)) for code in Block.values],
    }
    return render(request, "syntheses/workspace/import_preview.html", context)


@require_POST
@writers
def discard(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Forget the file."""
    _staged(request, pk).delete()
    return redirect(address(request, "import"))
