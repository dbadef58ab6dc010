"""Hours and closed days of a service or of a place, written as a whole."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.access import StaffRequest, posted
from directory.forms.hours import ClosingFormSet, HolidaysForm, OpeningFormSet
from directory.models import Location, OpeningHours, Service, ServiceAtLocation
from directory.services import hours, places, records
from directory.views.access import EVERY_LINE, INVALID, desk, location_or_refuse, service_or_refuse

FIELDS = ("weekday", "opens", "closes", "nth", "valid_from", "valid_to", "note")
Holder = Service | Location | ServiceAtLocation


@desk
def service_hours(request: StaffRequest, slug: str) -> HttpResponse:
    """The hours of a service, wherever it is given."""
    service = service_or_refuse(slug, request.user)
    return _edit(request, service, {"service": service, "links": list(service.at_locations.all())})


@desk
def location_hours(request: StaffRequest, uid: UUID) -> HttpResponse:
    """The hours of a place, for the services that say nothing else."""
    location = location_or_refuse(uid, request.user)
    return _edit(request, location, {"location": location, "organisation": location.organisation})


@desk
def service_hours_at(request: StaffRequest, slug: str, uid: UUID) -> HttpResponse:
    """The hours of a service at one of its places, which come before all others there."""
    service = service_or_refuse(slug, request.user)
    link = get_object_or_404(
        ServiceAtLocation.objects.select_related("location"), service=service, location__uid=uid
    )
    link.service = service
    return _edit(request, link, {"service": service, "link": link})


def _edit(request: StaffRequest, record: Holder, context: dict[str, Any]) -> HttpResponse:
    data = posted(request)
    openings = OpeningFormSet(
        data,
        prefix="heures",
        form_kwargs=EVERY_LINE,
        initial=[_line(one) for one in record.opening_hours.all()],
    )
    closings = ClosingFormSet(
        data,
        prefix="fermetures",
        form_kwargs=EVERY_LINE,
        initial=list(record.closed_days.values("starts_on", "ends_on", "reason")),
    )
    holidays = None
    if not isinstance(record, ServiceAtLocation):
        holidays = HolidaysForm(data, initial={"holidays": record.holidays})
    problems: list[str] = []
    if data is not None and _save(request, record, (openings, closings, holidays), problems):
        messages.success(request, _("The hours are saved."))
        return _back(record)
    context |= {"openings": openings, "closings": closings, "holidays": holidays, "problems": problems}
    status = INVALID if data is not None else 200
    return render(request, "directory/workspace/hours.html", context, status=status)


def _back(record: Holder) -> HttpResponse:
    if isinstance(record, Location):
        return redirect("directory_desk:location", record.uid)
    service = record if isinstance(record, Service) else record.service
    return redirect("directory_desk:service", service.slug)


def _line(row: OpeningHours) -> dict[str, Any]:
    return {**{name: getattr(row, name) for name in FIELDS}, "next_day": row.closes <= row.opens}


def _save(
    request: StaffRequest,
    record: Any,
    forms: tuple[BaseFormSet[Any], BaseFormSet[Any], HolidaysForm | None],
    problems: list[str],
) -> bool:
    """True once all three are kept; otherwise what is wrong is in the forms, or in `problems`."""
    openings, closings, holidays = forms
    if not all([openings.is_valid(), closings.is_valid(), holidays is None or holidays.is_valid()]):
        problems += [_("Correct the lines marked below.")]
        problems += [*openings.non_form_errors(), *closings.non_form_errors()]
        return False
    try:
        with transaction.atomic():
            hours.set_hours(actor=request.user, record=record, openings=_openings(openings))
            hours.set_closed_days(actor=request.user, record=record, closings=_closings(closings))
            if holidays is not None:
                _save_holidays(request, record, holidays.cleaned_data)
    except ValidationError as error:
        problems += error.messages
        return False
    return True


def _openings(formset: BaseFormSet[Any]) -> list[hours.Opening]:
    kept = [one.cleaned_data for one in formset if one.is_filled]
    return [hours.Opening(**{name: data[name] for name in FIELDS}) for data in kept]


def _closings(formset: BaseFormSet[Any]) -> list[hours.Closing]:
    return [hours.Closing(**one.cleaned_data) for one in formset if one.is_filled]


def _save_holidays(request: StaffRequest, record: Any, values: dict[str, Any]) -> None:
    if isinstance(record, Service):
        records.save_service(
            actor=request.user, organisation=record.organisation, service=record, values=values
        )
    else:
        places.save_location(
            actor=request.user, organisation=record.organisation, location=record, values=values
        )
