"""Inviting, who is registered, the list for the entrance, the poster, and what is read before."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from consultations.process.views.access import StaffRequest, posted
from consultations.workshops.forms.preparing import AddressesForm, DocumentForm
from consultations.workshops.models import College, Document, Workshop
from consultations.workshops.people import invited_of, mailings_of, people_of
from consultations.workshops.permissions import (
    can_edit_workshop,
    can_facilitate_workshop,
    can_invite_to_workshop,
)
from consultations.workshops.services import documents, inviting
from consultations.workshops.services.registering import cancel_registration_for
from consultations.workshops.services.retention import REGISTRATION_DAYS
from consultations.workshops.services.running import find_room_of
from consultations.workshops.workspace.views.access import INVALID, workshop_or_refuse
from consultations.workshops.workspace.views.preparation import attempt, page, staff
from core.addresses import AddressList, read_addresses
from core.qr import public_url, qr_svg

MOST_TEXT = 300_000


@never_cache
@staff
@require_safe
def people_page(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Who has a place, who waits, and what has to be ready for them."""
    workshop = workshop_or_refuse(pk, request.user, can_facilitate_workshop)
    context = {
        "workshop": workshop,
        "people": people_of(workshop),
        "days": REGISTRATION_DAYS,
        "can_edit": can_edit_workshop(request.user, workshop),
    }
    return render(request, "workshops/workspace/people.html", context)


@never_cache
@staff
@require_safe
def attendance(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The list to print for the entrance: names and colleges, room to sign, never what people need."""
    workshop = workshop_or_refuse(pk, request.user, can_facilitate_workshop)
    context = {"workshop": workshop, "people": people_of(workshop), "blank": range(8)}
    return render(request, "workshops/workspace/attendance.html", context)


@staff
@require_POST
def registration_cancel(request: StaffRequest, pk: UUID, registration: UUID) -> HttpResponse:
    """For someone who phoned; the first who waits has the place."""
    workshop = workshop_or_refuse(pk, request.user, can_facilitate_workshop)
    found = get_object_or_404(
        workshop.registrations.select_related("workshop__consultation"), pk=registration
    )
    cancel_registration_for(actor=request.user, registration=found)
    messages.success(request, _("The registration is cancelled."))
    return redirect("workshop_editor:people", workshop.pk)


@never_cache
@staff
def invitations(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What was sent, what is being sent, and the list to send next."""
    workshop = workshop_or_refuse(pk, request.user, can_facilitate_workshop)
    does = {"preview": _preview, "send": _send, "again": _again}
    action = does.get(request.POST.get("op", "")) if request.method == "POST" else None
    return action(request, workshop) if action else _invitations(request, workshop, AddressesForm())


def _invitations(request: StaffRequest, workshop: Workshop, form: AddressesForm) -> HttpResponse:
    jobs = mailings_of(workshop)
    context = {
        "workshop": workshop,
        "form": form,
        "jobs": jobs,
        "is_running": any(job.is_running for job in jobs),
        "invited": invited_of(workshop),
        "can_invite": can_invite_to_workshop(request.user, workshop),
    }
    return page(request, "workshops/workspace/invitations.html", context, form)


def _read(workshop: Workshop, text: str) -> AddressList:
    return read_addresses(
        text[:MOST_TEXT],
        invited=lambda found: set(
            workshop.invitations.filter(email__in=found).values_list("email", flat=True)
        ),
    )


def _preview(request: StaffRequest, workshop: Workshop) -> HttpResponse:
    """The addresses that will be invited and the lines left out; nothing is kept yet."""
    form = AddressesForm(request.POST)
    if not form.is_valid():
        return _invitations(request, workshop, form)
    found = _read(workshop, form.cleaned_data["text"])
    context = {"workshop": workshop, "found": found, "college": form.cleaned_data["college"]}
    status = 200 if found.addresses else INVALID
    return render(request, "workshops/workspace/invitation_preview.html", context, status=status)


def _send(request: StaffRequest, workshop: Workshop) -> HttpResponse:
    """A second click finds every address invited already, and sends nothing more."""
    found = _read(workshop, request.POST.get("addresses", ""))
    college = request.POST.get("college", "")
    college = college if college in College.values else ""
    if found.addresses:
        try:
            inviting.invite_by_email(
                actor=request.user, workshop=workshop, addresses=found.addresses, college=college
            )
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, _("The invitations are being sent. You may leave this page."))
    return redirect("workshop_editor:invitations", workshop.pk)


def _again(request: StaffRequest, workshop: Workshop) -> HttpResponse:
    if inviting.invite_again(actor=request.user, workshop=workshop):
        messages.success(request, _("The invitations are being sent. You may leave this page."))
    return redirect("workshop_editor:invitations", workshop.pk)


@staff
@require_safe
def poster(request: StaffRequest, pk: UUID) -> HttpResponse:
    """To print: before, how to register; once the room is open, how to come in with its code."""
    workshop = workshop_or_refuse(pk, request.user, can_facilitate_workshop)
    room = find_room_of(workshop)
    is_open = room is not None and room.is_open
    path = (
        reverse("workshops:join", args=[room.code])
        if room is not None and is_open
        else reverse("workshops:detail", args=[workshop.slug])
    )
    context = {
        "workshop": workshop,
        "room": room if is_open else None,
        "address": public_url(path),
        "typed": public_url(reverse("workshops:type_code")) if is_open else public_url(path),
        "qr": qr_svg(public_url(path), title=_("QR code of the workshop")),
    }
    return render(request, "workshops/workspace/poster.html", context)


@staff
def documents_page(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What is read before, and adding to it."""
    workshop = workshop_or_refuse(pk, request.user, can_facilitate_workshop)
    form = DocumentForm(posted(request), request.FILES or None)

    def add() -> Any:
        return documents.add_document(actor=request.user, workshop=workshop, **form.cleaned_data)

    if attempt(form, add):
        messages.success(request, _("Added: people find it on the page of the workshop."))
        return redirect("workshop_editor:documents", workshop.pk)
    context = {
        "workshop": workshop,
        "form": form,
        "documents": list(workshop.documents.all()),
        "can_edit": can_edit_workshop(request.user, workshop),
    }
    return page(request, "workshops/workspace/documents.html", context, form)


@staff
@require_POST
def document_remove(request: StaffRequest, pk: UUID, document: int) -> HttpResponse:
    """Take one off."""
    workshop = workshop_or_refuse(pk, request.user, can_edit_workshop)
    rows = Document.objects.select_related("workshop__consultation")
    documents.remove_document(
        actor=request.user, document=get_object_or_404(rows, workshop=workshop, pk=document)
    )
    messages.success(request, _("Removed."))
    return redirect("workshop_editor:documents", workshop.pk)
