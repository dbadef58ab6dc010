"""Who opens the pages of a manuscript: its kind says, and visitors sign in first."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from accounts.permissions import is_member
from consultations.cowriting.models import Manuscript, SharedText
from consultations.cowriting.permissions import can
from consultations.cowriting.registries import ManuscriptKind, TextField, manuscript_kinds
from consultations.process.views.access import StaffRequest, workspace

INVALID, CONFLICT = 422, 409
signed_in = workspace(is_member)
VERBS = ("write", "comment", "suggest", "decide", "name_version")


def manuscript_or_refuse(request: StaffRequest, pk: UUID, verb: str = "read") -> Manuscript:
    """The manuscript when this person may; raises Http404 or PermissionDenied."""
    manuscript = get_object_or_404(
        Manuscript, pk=pk, kind__in=[name for name, _kind in manuscript_kinds.items()]
    )
    if not can(verb, request.user, manuscript):
        raise PermissionDenied(_("You may not open this text, or not in its present state."))
    return manuscript


def text_or_refuse(request: StaffRequest, pk: UUID, name: str, verb: str) -> tuple[SharedText, TextField]:
    """One text when this person may."""
    shared = get_object_or_404(SharedText.objects.select_related("manuscript"), manuscript=pk, name=name)
    kind: ManuscriptKind = manuscript_kinds[shared.manuscript.kind]
    field = kind.field(name)
    if field is None or not can(verb, request.user, shared.manuscript, name):
        raise PermissionDenied(_("You may not open this text, or not in its present state."))
    return shared, field


def page(
    request: StaffRequest, template: str, manuscript: Manuscript, tab: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    """A page of the manuscript with its tabs; `may` says what this person may do now."""
    kind = manuscript_kinds[manuscript.kind]
    context = {
        "manuscript": manuscript,
        "kind": kind,
        "title": kind.title(manuscript.key),
        "address": kind.url(manuscript.key),
        "may": {verb: can(verb, request.user, manuscript) for verb in VERBS},
        "tab": tab,
        **more,
    }
    return render(request, template, context, status=status)
