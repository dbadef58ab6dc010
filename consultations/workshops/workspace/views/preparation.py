"""A workshop in the workspace: the list, its overview, writing it, announcing and cancelling it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import take_errors
from consultations.process.models import Consultation
from consultations.process.views.access import StaffRequest, consultation_or_refuse, posted, workspace
from consultations.workshops.forms.preparing import WorkshopForm
from consultations.workshops.models import Workshop
from consultations.workshops.people import invited_of, people_of
from consultations.workshops.permissions import (
    can_announce_workshop,
    can_cancel_workshop,
    can_close_workshop,
    can_create_workshop,
    can_delete_workshop,
    can_edit_workshop,
    can_facilitate_anywhere,
    can_facilitate_workshop,
    can_open_workshop,
)
from consultations.workshops.preparation import announcement_problems, time_warning
from consultations.workshops.selectors import facilitated_by, may_receive_workshops
from consultations.workshops.services import preparing
from consultations.workshops.services.running import find_room_of
from consultations.workshops.workspace.views.access import INVALID, workshop_or_refuse
from core.repeats import once
from needs.models import Need
from territories.selectors import descendants

staff = workspace(can_facilitate_anywhere)


@staff
def workshop_list(request: StaffRequest) -> HttpResponse:
    """The workshops one runs: drafts and those to come first."""
    found = facilitated_by(request.user)
    now = timezone.now()
    context = {
        "drafts": found.filter(status="draft").order_by("starts_at"),
        "to_come": found.to_come(now),
        "over": found.exclude(status="draft").over(now),
        "consultations": may_receive_workshops(request.user),
    }
    return render(request, "workshops/workspace/workshop_list.html", context)


@staff
def workshop_detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Where a workshop stands, and what can be done now."""
    workshop = workshop_or_refuse(pk, request.user, can_facilitate_workshop)
    stages = list(workshop.stages.select_related("source"))
    user = request.user
    context = {
        "workshop": workshop,
        "stages": stages,
        "minutes": sum(stage.minutes for stage in stages),
        "warning": time_warning(workshop, stages),
        "documents": list(workshop.documents.all()),
        "needs": list(workshop.needs.all()),
        "people": people_of(workshop),
        "invited": invited_of(workshop),
        "problems": announcement_problems(workshop) if workshop.status == "draft" else [],
        "room": find_room_of(workshop),
        "can_edit": can_edit_workshop(user, workshop),
        "can_announce": can_announce_workshop(user, workshop),
        "can_open": can_open_workshop(user, workshop),
        "can_close": can_close_workshop(user, workshop),
        "can_cancel": can_cancel_workshop(user, workshop),
        "can_delete": can_delete_workshop(user, workshop),
    }
    return render(request, "workshops/workspace/workshop_detail.html", context)


def _needs_and_places(consultation: Consultation, workshop: Workshop | None) -> dict[str, list[Any]]:
    """Needs of the consultation with those already chosen; its territory, and those it holds."""
    chosen = set(workshop.needs.values_list("pk", flat=True)) if workshop else set()
    offered = chosen | set(consultation.needs.filter(valid_to=None).values_list("pk", flat=True))
    inside = [kin.territory for kin in descendants(consultation.territory)]
    return {
        "needs": list(Need.objects.filter(pk__in=offered)),
        "territories": [consultation.territory, *inside],
    }


@staff
@once
def workshop_create(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A draft in this consultation; its scenario comes next."""
    consultation = consultation_or_refuse(pk, request.user, can_create_workshop)
    initial = {"territory": consultation.territory_id, "contact": consultation.contact}
    offered = _needs_and_places(consultation, None)
    form = WorkshopForm(posted(request), initial=initial, **offered)

    def create() -> Workshop:
        return preparing.create_workshop(
            actor=request.user, consultation=consultation, **form.fields_for_service()
        )

    made = attempt(form, create)
    if made:
        messages.success(request, _("The draft is saved. Now choose what will be done there."))
        return redirect("workshop_editor:scenario", made.pk)
    context = {"form": form, "workshop": None, "consultation": consultation}
    return page(request, "workshops/workspace/workshop_form.html", context, form)


@staff
def workshop_edit(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change what was written; people are told of a new place or hour."""
    workshop = workshop_or_refuse(pk, request.user, can_edit_workshop)
    offered = _needs_and_places(workshop.consultation, workshop)
    form = WorkshopForm(posted(request), initial=WorkshopForm.initial_of(workshop), **offered)

    def update() -> Workshop:
        return preparing.update_workshop(actor=request.user, workshop=workshop, **form.fields_for_service())

    if attempt(form, update):
        messages.success(request, _("Saved."))
        return redirect("workshop_editor:detail", workshop.pk)
    context = {"form": form, "workshop": workshop, "consultation": workshop.consultation}
    return page(request, "workshops/workspace/workshop_form.html", context, form)


def attempt(form: Form, act: Callable[[], Any]) -> Any:
    """What the service made of a valid form, or its reasons put in the form."""
    if not (form.is_bound and form.is_valid()):
        return None
    try:
        return act()
    except ValidationError as error:
        take_errors(form, error)
        return None


def page(request: StaffRequest, template: str, context: dict[str, Any], form: Form) -> HttpResponse:
    """A page of the workspace with its form, and the status it deserves."""
    status = INVALID if form.errors else 200
    return render(request, template, context, status=status)


@staff
def workshop_announce(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Confirm before making it public, or say what is missing."""
    workshop = workshop_or_refuse(pk, request.user, can_announce_workshop)
    if request.method == "POST":
        try:
            preparing.announce_workshop(actor=request.user, workshop=workshop)
        except ValidationError:
            messages.error(request, _("Not announced yet: complete what is listed below."))
        else:
            messages.success(request, _("Announced. People can register now."))
            return redirect("workshop_editor:detail", workshop.pk)
    context = {"workshop": workshop, "problems": announcement_problems(workshop)}
    status = INVALID if request.method == "POST" else 200
    return render(request, "workshops/workspace/workshop_announce.html", context, status=status)


@staff
def workshop_cancel(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Confirm before telling everyone that it will not be held."""
    workshop = workshop_or_refuse(pk, request.user, can_cancel_workshop)
    if request.method == "POST":
        preparing.cancel_workshop(actor=request.user, workshop=workshop)
        messages.success(request, _("Cancelled. Everyone registered or invited by e-mail is being told."))
        return redirect("workshop_editor:detail", workshop.pk)
    context = {"workshop": workshop, "people": people_of(workshop)}
    return render(request, "workshops/workspace/workshop_cancel.html", context)


@staff
def workshop_delete(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Confirm before forgetting a draft."""
    workshop = workshop_or_refuse(pk, request.user, can_delete_workshop)
    if request.method == "POST":
        consultation = workshop.consultation_id
        preparing.delete_workshop(actor=request.user, workshop=workshop)
        messages.success(request, _("The draft is deleted."))
        return redirect("process:consultation_dashboard", consultation)
    return render(request, "workshops/workspace/workshop_delete.html", {"workshop": workshop})
