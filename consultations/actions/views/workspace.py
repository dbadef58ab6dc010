"""Sheets in the workspace: the list, a new one, what waits to be taken up, one sheet and its life."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consultations.actions import services
from consultations.actions.forms import AssignForm, MoveForm, NewSheetForm, WorkspaceFilterForm
from consultations.actions.models import ActionSheet
from consultations.actions.permissions import can_create_sheet, can_manage_programmes, parts_of
from consultations.actions.selectors.listing import Asked, narrow, visible_to
from consultations.actions.selectors.reminding import lacks_someone, sent_about
from consultations.actions.selectors.sheet import budget_words, loaded, sheet_page
from consultations.actions.services.lives import MOVES, NEEDS_WORDS
from consultations.actions.states import LIFE
from consultations.actions.views.access import attempt, page, sheet_or_refuse, staff, status_of
from consultations.process.views.access import StaffRequest, posted
from core.repeats import once

PAGE_SIZE = 50


@staff
@require_safe
def sheet_list(request: StaffRequest) -> HttpResponse:
    """The sheets the person may read whole."""
    form = WorkspaceFilterForm(request.GET or None)
    given: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    found = narrow(visible_to(request.user), Asked(words=given.get("q", ""), state=given.get("state", "")))
    found = found.select_related("lead", "programme", "lead_user")
    context = {
        "form": form,
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "is_filtered": any(given.values()),
        "can_create": can_create_sheet(request.user),
        "can_manage": can_manage_programmes(request.user),
    }
    return render(request, "actions/workspace/list.html", context)


@staff
@once
def sheet_create(request: StaffRequest) -> HttpResponse:
    """A proposed sheet; nothing is public before it is announced."""
    if not can_create_sheet(request.user):
        raise PermissionDenied(_("Your role does not open this page."))
    form = NewSheetForm(posted(request), user=request.user)
    made = attempt(form, lambda: services.create_sheet(actor=request.user, **form.cleaned_data))
    if made:
        messages.success(request, _("The sheet is proposed. Write what was found and the objective next."))
        return redirect("actions:texts", made.pk)
    return render(request, "actions/workspace/new.html", {"form": form}, status=status_of(form))


@staff
@require_safe
def overview(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The whole sheet as it is now, where it stands, and what may be done."""
    sheet_or_refuse(pk, request.user)
    sheet = loaded(pk)
    shown = sheet_page(sheet, is_inside=True)
    parts = parts_of(request.user, sheet)
    context = {
        "page": shown,
        "budget_words": budget_words(shown.budget) if shown.budget else "",
        "reminders": sent_about(sheet),
        "nobody_leads": lacks_someone(sheet),
        "moves": [line for line in LIFE.possible(parts, sheet) if line.name in MOVES],
    }
    return page(request, "actions/workspace/overview.html", sheet, context)


@staff
def move(request: StaffRequest, pk: UUID, verb: str) -> HttpResponse:
    """One step of its life: what it means, the words it asks for, then it is done."""
    if verb not in MOVES:
        raise Http404
    sheet = sheet_or_refuse(pk, request.user)
    try:
        line = LIFE.entitle(verb, who=parts_of(request.user, sheet), subject=sheet)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("actions:overview", sheet.pk)
    form = MoveForm(posted(request), asks=NEEDS_WORDS.get(verb, ""))
    done = attempt(form, lambda: _move(request, sheet, verb, form))
    if done:
        messages.success(
            request, _("Recorded. The sheet is now: %(state)s.") % {"state": done.get_state_display()}
        )
        return redirect("actions:overview", sheet.pk)
    return page(request, "actions/workspace/move.html", sheet, {"form": form, "line": line}, status_of(form))


def _move(request: StaffRequest, sheet: ActionSheet, verb: str, form: MoveForm) -> ActionSheet:
    given = form.cleaned_data
    return services.move_sheet(
        actor=request.user, sheet=sheet, verb=verb, words=given.get("words", ""), on=given.get("on")
    )


@staff
def assign(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Which organisations lead, and who is in charge."""
    sheet = sheet_or_refuse(pk, request.user, "assign")
    initial = {
        "lead": sheet.lead, "co_lead": sheet.co_lead, "email": sheet.lead_user.email if sheet.lead_user else "",
    }  # fmt: skip
    form = AssignForm(posted(request), initial=initial)
    if attempt(form, lambda: services.assign_sheet(actor=request.user, sheet=sheet, **form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect("actions:overview", sheet.pk)
    return page(request, "actions/workspace/assign.html", sheet, {"form": form}, status_of(form))


@staff
@require_POST
def delete(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Undo a proposal nobody worked on."""
    sheet = sheet_or_refuse(pk, request.user, "delete")
    try:
        services.delete_sheet(actor=request.user, sheet=sheet)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("actions:overview", sheet.pk)
    messages.success(request, _("The proposed sheet is deleted. What it came from waits again."))
    return redirect("actions:workspace")
