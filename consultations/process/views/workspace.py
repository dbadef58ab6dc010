"""The workspace: what waits for me, my consultations, one consultation."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from consultations.process import selectors, services
from consultations.process.forms import OWING, WorkspaceFilterForm
from consultations.process.permissions import (
    can_close_consultation,
    can_edit_consultation,
    can_follow_consultation,
    can_open_home,
    can_open_workspace,
    can_organise,
    can_publish_consultation,
)
from consultations.process.registries import panels, workspace_panels
from consultations.process.views.access import StaffRequest, consultation_or_refuse, workspace
from core.folding import words_in

PAGE_SIZE = 20


@workspace(can_open_home)
def home(request: StaffRequest) -> HttpResponse:
    """What waits for the person, then their running consultations."""
    context = {
        "waiting": selectors.waiting_for(request.user),
        "running": selectors.visible_to(request.user).public()[:6],
        "can_organise": can_organise(request.user),
        "may_consult": can_open_workspace(request.user),
    }
    return render(request, "process/workspace/home.html", context)


@workspace()
def consultation_list(request: StaffRequest) -> HttpResponse:
    """The person's consultations, by words of the title and by state."""
    form = WorkspaceFilterForm(request.GET)
    found = selectors.visible_to(request.user)
    if form.is_valid():
        found = found.filter(words_in(form.cleaned_data["q"], "title"))
        if form.cleaned_data["status"] == OWING:
            found = found.owing_on(timezone.localdate())
        elif form.cleaned_data["status"]:
            found = found.filter(status=form.cleaned_data["status"])
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    owing = selectors.visible_to(request.user).owing_on(timezone.localdate()).count()
    context = {"form": form, "page": page, "can_organise": can_organise(request.user), "owing": owing}
    return render(request, "process/workspace/consultation_list.html", context)


@workspace()
def consultation_dashboard(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Where a consultation stands, and what can be done with it now."""
    consultation = consultation_or_refuse(pk, request.user, can_follow_consultation)
    context = {
        "consultation": consultation,
        "thread": selectors.thread(consultation),
        "problems": selectors.publication_problems(consultation) if consultation.status == "draft" else [],
        "panels": panels(workspace_panels, consultation, request.user),
        "audiences": selectors.audience_labels(consultation),
        "erased_from": selectors.retention_ends_on(consultation),
        "can_edit": can_edit_consultation(request.user, consultation),
        "can_publish": can_publish_consultation(request.user, consultation),
        "can_close": can_close_consultation(request.user, consultation),
    }
    return render(request, "process/workspace/consultation_dashboard.html", context)


@require_POST
@workspace()
def consultation_duplicate(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Copy the texts into a new draft."""
    consultation = consultation_or_refuse(pk, request.user, can_follow_consultation)
    copy = services.duplicate_consultation(actor=request.user, consultation=consultation)
    messages.success(request, _("Copied. Change what differs, then publish."))
    return redirect("process:consultation_edit", copy.pk)
