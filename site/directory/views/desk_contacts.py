"""Contacts and numbers of a service, of a place or of an organisation, on one page each."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.access import StaffRequest, posted
from directory.forms.contacts import ContactFormSet, NumberFormSet
from directory.models import Location, Service
from directory.services.contacts import Record, set_contacts, set_numbers
from directory.views.access import (
    EVERY_LINE,
    INVALID,
    desk,
    location_or_refuse,
    organisation_or_refuse,
    service_or_refuse,
)


@desk
def service_contacts(request: StaffRequest, slug: str) -> HttpResponse:
    """The desks of a service."""
    service = service_or_refuse(slug, request.user)
    return _edit(request, service, {"service": service})


@desk
def location_contacts(request: StaffRequest, uid: UUID) -> HttpResponse:
    """The desks of a place."""
    location = location_or_refuse(uid, request.user)
    return _edit(request, location, {"location": location, "organisation": location.organisation})


@desk
def organisation_contacts(request: StaffRequest, slug: str) -> HttpResponse:
    """The desks of an organisation, and its SIRET, FINESS…"""
    organisation = organisation_or_refuse(slug, request.user)
    return _edit(request, organisation, {"organisation": organisation})


def _edit(request: StaffRequest, record: Record, context: dict[str, Any]) -> HttpResponse:
    data = posted(request)
    contacts = ContactFormSet(
        data,
        prefix="contacts",
        form_kwargs=EVERY_LINE,
        initial=list(record.contacts.values("label", "phone", "email", "hours")),
    )
    numbers = NumberFormSet(
        data,
        prefix="numeros",
        form_kwargs=EVERY_LINE,
        initial=list(record.identifiers.values("scheme", "value")),
    )
    problems: list[str] = []
    if data is not None and _save(request, record, (contacts, numbers), problems):
        messages.success(request, _("Saved. The public page says it now."))
        if isinstance(record, Location):
            return redirect("directory_desk:location", record.uid)
        name = "service" if isinstance(record, Service) else "organisation"
        return redirect(f"directory_desk:{name}", record.slug)
    context |= {"record": record, "contacts": contacts, "numbers": numbers, "problems": problems}
    status = INVALID if data is not None else 200
    return render(request, "directory/workspace/contacts.html", context, status=status)


def _save(request: StaffRequest, record: Record, forms: tuple[Any, Any], problems: list[str]) -> bool:
    """True once both are kept; otherwise what is wrong is in the lines, or in `problems`."""
    contacts, numbers = forms
    if not all([contacts.is_valid(), numbers.is_valid()]):
        problems += [_("Correct the lines marked below.")]
        problems += [*contacts.non_form_errors(), *numbers.non_form_errors()]
        return False
    desks = [line.desk for line in contacts if line.is_filled]
    try:
        with transaction.atomic():
            set_contacts(actor=request.user, record=record, desks=desks)
            set_numbers(actor=request.user, record=record, numbers=numbers.numbers)
    except ValidationError as error:
        problems += error.messages
        return False
    return True
