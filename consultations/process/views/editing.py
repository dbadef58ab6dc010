"""Writing a consultation: its form, its stages, publishing and closing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.access import take_errors
from consultations.process import selectors, services
from consultations.process.forms import ClosingForm, ConsultationForm, StageForm
from consultations.process.models import Consultation
from consultations.process.permissions import (
    can_close_consultation,
    can_edit_consultation,
    can_organise,
    can_publish_consultation,
)
from consultations.process.views.access import StaffRequest, consultation_or_refuse, posted, workspace
from core.repeats import once

INVALID = 422


def _searching(data: QueryDict) -> bool:
    """True when a search button was pressed rather than the one that saves."""
    return "search" in data


def _typed(data: QueryDict) -> dict[str, Any]:
    """What was typed so far, to be shown again without judging it."""
    several = {"audiences", "needs"}
    return {name: data.getlist(name) if name in several else data.get(name) for name in data}


def _form(request: StaffRequest, initial: dict[str, Any]) -> ConsultationForm:
    if request.method == "POST" and not _searching(request.POST):
        return ConsultationForm(request.POST, user=request.user)
    typed = _typed(request.POST) if request.method == "POST" else {}
    return ConsultationForm(initial={**initial, **typed}, user=request.user)


@workspace(can_organise)
@once
def consultation_create(request: StaffRequest) -> HttpResponse:
    """A new draft; nothing is public before it is published."""
    form = _form(request, {})
    if form.is_bound and form.is_valid():
        try:
            made = services.create_consultation(actor=request.user, **form.fields_for_service())
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("The draft is saved. Add a survey, then publish."))
            return redirect("process:consultation_dashboard", made.pk)
    context = {"form": form, "consultation": None}
    return render(
        request, "process/workspace/consultation_form.html", context, status=INVALID if form.errors else 200
    )


@workspace()
def consultation_edit(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change what was written, until the consultation is closed."""
    consultation = consultation_or_refuse(pk, request.user, can_edit_consultation)
    form = _form(request, _initial(consultation))
    if form.is_bound and form.is_valid():
        try:
            services.update_consultation(
                actor=request.user, consultation=consultation, **form.fields_for_service()
            )
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("process:consultation_dashboard", consultation.pk)
    context = {"form": form, "consultation": consultation}
    return render(
        request, "process/workspace/consultation_form.html", context, status=INVALID if form.errors else 200
    )


def _initial(consultation: Consultation) -> dict[str, Any]:
    names = [name for name in ConsultationForm.base_fields if not name.endswith("_query")]
    initial = {name: getattr(consultation, name) for name in names if name != "needs"}
    keys = {"territory": consultation.territory_id, "organisation": consultation.organisation_id}
    return {**initial, **keys, "needs": [need.pk for need in consultation.needs.all()]}


@workspace()
def consultation_publish(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Confirm before making it public, or say what is missing."""
    consultation = consultation_or_refuse(pk, request.user, can_publish_consultation)
    if request.method == "POST":
        try:
            services.publish_consultation(actor=request.user, consultation=consultation)
        except ValidationError:
            messages.error(request, _("Not published yet: complete what is listed below."))
        else:
            messages.success(request, _("Published. Everyone can see it now."))
            return redirect("process:consultation_dashboard", consultation.pk)
    problems = selectors.publication_problems(consultation)
    context = {"consultation": consultation, "problems": problems}
    status = INVALID if request.method == "POST" else 200
    return render(request, "process/workspace/consultation_publish.html", context, status=status)


@workspace()
def consultation_close(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Tell what became of it, then close."""
    consultation = consultation_or_refuse(pk, request.user, can_close_consultation)
    form = ClosingForm(posted(request), initial={"restitution": consultation.restitution})
    if form.is_bound and form.is_valid():
        try:
            services.close_consultation(actor=request.user, consultation=consultation, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("Closed. What became of it is on its public page."))
            return redirect("process:consultation_dashboard", consultation.pk)
    context = {
        "form": form,
        "consultation": consultation,
        "reasons": [] if form.is_bound else services.reasons_to_wait(consultation=consultation),
    }
    return render(
        request, "process/workspace/consultation_close.html", context, status=INVALID if form.errors else 200
    )


@workspace()
def stage_edit(request: StaffRequest, pk: UUID, kind: str) -> HttpResponse:
    """Move one stage of the thread."""
    consultation = consultation_or_refuse(pk, request.user, can_edit_consultation)
    stage = get_object_or_404(consultation.stages, kind=kind)
    names = ("status", "figure", "note", "planned_on")
    form = StageForm(posted(request), initial={name: getattr(stage, name) for name in names})
    if form.is_bound and form.is_valid():
        services.set_stage(actor=request.user, stage=stage, **form.cleaned_data)
        messages.success(request, _("The thread is up to date."))
        return redirect("process:consultation_dashboard", consultation.pk)
    context = {"form": form, "consultation": consultation, "stage": stage}
    return render(
        request, "process/workspace/stage_form.html", context, status=INVALID if form.errors else 200
    )
