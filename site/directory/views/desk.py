"""The workspace of those who keep records: the list, one record, its sections, its history."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import StaffRequest, attempt, posted
from core.repeats import once
from directory.forms.keeping import BulkForm, CapacityForm, CloseForm, RecordFilterForm
from directory.forms.service import NewServiceForm, SectionForm, initial_of, section_of
from directory.models import Service
from directory.permissions import can_edit_schemes, can_steward_somewhere
from directory.quality import score
from directory.registries import closing_panels, desk_panels, panels
from directory.selectors.desk import (
    kept_organisations,
    listed,
    standings,
    waiting_reports,
)
from directory.selectors.facts import facts_of
from directory.selectors.history import history_of
from directory.services import capacity, records
from directory.views.access import desk, page, service_or_refuse, status_of

PAGE, FEW = 25, 8
SECTION_OF = {
    "description": "essentiel",
    "easy_read": "essentiel",
    "contact": "contact",
    "place": "lieux",
    "audience": "public",
    "area": "public",
    "languages": "public",
    "price": "prix",
    "need": "besoins",
}
"""The section of the form where each criterion of quality is met."""


@desk
def record_list(request: StaffRequest) -> HttpResponse:
    """The records one keeps: what is late first, narrowed by words and standing."""
    form = RecordFilterForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    context = {
        "form": form,
        "page": Paginator(listed(request.user, **asked), PAGE).get_page(request.GET.get("page")),
        "standings": standings(request.user),
        "organisations": kept_organisations(request.user)[:FEW],
        "organisation_count": kept_organisations(request.user).count(),
        "bulk": BulkForm(),
        "is_steward": can_steward_somewhere(request.user),
        "can_edit_schemes": can_edit_schemes(request.user),
        "today": timezone.localdate(),
    }
    return render(request, "directory/workspace/list.html", context)


@desk
@once
def record_create(request: StaffRequest) -> HttpResponse:
    """A new record, with the least it needs; not published before it is read again."""
    form = NewServiceForm(posted(request), organisations=kept_organisations(request.user))

    def create() -> object:
        values = {**form.cleaned_data, "published": False}
        return records.save_service(
            actor=request.user, organisation=values.pop("organisation"), values=values
        )

    if made := attempt(form, create):
        messages.success(request, _("The record is saved. Fill in its sections, then publish it."))
        return redirect("directory_desk:service", made.slug)
    return render(request, "directory/workspace/create.html", {"form": form}, status=status_of(form))


@desk
def record_detail(request: StaffRequest, slug: str) -> HttpResponse:
    """One record: its quality, its state, what to do next."""
    service = service_or_refuse(slug, request.user)
    quality = score(facts_of(service), timezone.localdate())
    context = {
        "quality": quality,
        "missing": [(one, _remedy(service, one.name)) for one in quality.missing],
        "capacities": list(service.capacities.all()),
        "capacity_form": CapacityForm(),
        "reports": waiting_reports(request.user).filter(service=service),
        "panels": panels(desk_panels, service, request),
        "history": history_of(service, 5),
    }
    return page(request, "directory/workspace/service.html", service, context)


def _remedy(service: Service, name: str) -> str:
    """Where a criterion of quality is met; empty for the check, which is a button of the page."""
    if name in SECTION_OF:
        return reverse("directory_desk:section", args=[service.slug, SECTION_OF[name]])
    where = service.locations.first()
    if name == "access" and where:
        return reverse("directory_desk:location", args=[where.uid])
    return {
        "hours": reverse("directory_desk:hours", args=[service.slug]),
        "access": reverse("directory_desk:section", args=[service.slug, "lieux"]),
        "identifier": reverse("directory_desk:organisation_contacts", args=[service.organisation.slug]),
    }.get(name, "")


@desk
def record_section(request: StaffRequest, slug: str, section: str) -> HttpResponse:
    """One section of the form."""
    service = service_or_refuse(slug, request.user)
    chosen = section_of(section)
    if chosen is None:
        raise Http404
    form = SectionForm(
        posted(request),
        section=chosen,
        organisation=service.organisation,
        initial=initial_of(service, chosen),
    )

    def save() -> object:
        return records.save_service(
            actor=request.user, organisation=service.organisation, service=service, values=form.cleaned_data
        )

    if attempt(form, save):
        messages.success(request, _("Saved. The public page says it now."))
        return redirect("directory_desk:service", service.slug)
    context = {"form": form, "section": chosen, "can_edit_schemes": can_edit_schemes(request.user)}
    return page(request, "directory/workspace/section.html", service, context, form)


@desk
@require_POST
def record_confirm(request: StaffRequest, slug: str) -> HttpResponse:
    """Everything is still right."""
    service = service_or_refuse(slug, request.user)
    records.confirm_record(actor=request.user, service=service)
    messages.success(request, _("Thank you: the page says that everything was checked today."))
    if request.POST.get("next") == "list":
        return redirect("directory_desk:list")
    return redirect("directory_desk:service", slug)


@desk
def record_close(request: StaffRequest, slug: str) -> HttpResponse:
    """Close for a time or for good."""
    service = service_or_refuse(slug, request.user)
    initial = {"until": service.closed_until, "reason": service.closed_reason}
    form = CloseForm(posted(request), initial=initial)
    if attempt(form, lambda: records.close_service(actor=request.user, service=service, **form.cleaned_data)):
        messages.success(request, _("The public page says it before anything else."))
        return redirect("directory_desk:service", service.slug)
    context = {"form": form, "panels": panels(closing_panels, service, request)}
    return page(request, "directory/workspace/close.html", service, context, form)


@desk
@require_POST
def record_reopen(request: StaffRequest, slug: str) -> HttpResponse:
    """Open again."""
    service = service_or_refuse(slug, request.user)
    records.reopen_service(actor=request.user, service=service)
    messages.success(request, _("The service is shown open again."))
    return redirect("directory_desk:service", service.slug)


@desk
def record_capacity(request: StaffRequest, slug: str) -> HttpResponse:
    """Say how many places are left today, of each thing that is counted."""
    service = service_or_refuse(slug, request.user)
    known = service.capacities.filter(unit=request.GET.get("quoi", "")[:60]).first()
    form = CapacityForm(posted(request), initial=model_to_dict(known) if known else None)

    def save() -> object:
        values = dict(form.cleaned_data)
        unit = values.pop("unit")
        return capacity.set_capacity(actor=request.user, service=service, unit=unit, values=values)

    if attempt(form, save):
        messages.success(request, _("The public page says it, with today’s date."))
        return redirect("directory_desk:service", service.slug)
    context = {"form": form, "capacities": list(service.capacities.all()), "known": known}
    return page(request, "directory/workspace/capacity.html", service, context, form)


@desk
@require_POST
def record_capacity_remove(request: StaffRequest, slug: str) -> HttpResponse:
    """Say nothing more of what is counted."""
    service = service_or_refuse(slug, request.user)
    capacity.remove_capacity(actor=request.user, service=service, unit=request.POST.get("unit", "")[:60])
    messages.success(request, _("The public page no longer speaks of it."))
    return redirect("directory_desk:capacity", service.slug)


@desk
def record_history(request: StaffRequest, slug: str) -> HttpResponse:
    """Everything that changed, by whom."""
    service = service_or_refuse(slug, request.user)
    return page(request, "directory/workspace/history.html", service, {"history": history_of(service)})
