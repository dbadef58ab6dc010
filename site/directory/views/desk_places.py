"""Places and organisations in the workspace, and what visitors reported."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.access import StaffRequest, attempt, posted
from core.repeats import once
from directory.forms.keeping import (
    AnswerForm,
    LocationForm,
    OrganisationFilterForm,
    OrganisationRecordForm,
)
from directory.models import OrganisationRecord, Report
from directory.numbers import scheme_label
from directory.selectors.desk import kept_services, listed_organisations, waiting_reports
from directory.selectors.history import history_of
from directory.selectors.records import has_page, public_services
from directory.services import places
from directory.services.reports import answer_report
from directory.views.access import (
    desk,
    location_or_refuse,
    organisation_or_refuse,
    service_or_refuse,
    status_of,
)

PAGE, FEW = 50, 10


@desk
def organisation_list(request: StaffRequest) -> HttpResponse:
    """Every organisation one keeps, to be searched."""
    form = OrganisationFilterForm(request.GET or None)
    rows = listed_organisations(request.user, **(form.cleaned_data if form.is_valid() else {}))
    context = {"form": form, "page": Paginator(rows, PAGE).get_page(request.GET.get("page"))}
    return render(request, "directory/workspace/organisations.html", context)


@desk
def organisation_detail(request: StaffRequest, slug: str) -> HttpResponse:
    """What the directory says of an organisation, its places and its services."""
    organisation = organisation_or_refuse(slug, request.user)
    record = OrganisationRecord.objects.filter(organisation=organisation).select_related("parent").first()
    initial = {name: getattr(record, name) for name in OrganisationRecordForm.base_fields} if record else {}
    form = OrganisationRecordForm(posted(request), initial=initial)

    def save() -> object:
        return places.save_organisation_record(
            actor=request.user, organisation=organisation, values=form.cleaned_data
        )

    if attempt(form, save):
        messages.success(request, _("Saved. The public page says it now."))
        return redirect("directory_desk:organisation", organisation.slug)
    context = {
        "organisation": organisation,
        "has_page": has_page(organisation),
        "record": record,
        "form": form,
        "locations": organisation.locations.select_related("commune"),
        "services": kept_services(request.user).filter(organisation=organisation),
        "contacts": list(organisation.contacts.all()),
        "numbers": [(scheme_label(one.scheme), one.value) for one in organisation.identifiers.all()],
        "history": history_of(record, FEW) if record else [],
    }
    return render(request, "directory/workspace/organisation.html", context, status=status_of(form))


@desk
@once
def location_create(request: StaffRequest, slug: str) -> HttpResponse:
    """A new place of an organisation."""
    organisation = organisation_or_refuse(slug, request.user)
    form = LocationForm(posted(request))

    def create() -> object:
        return places.save_location(actor=request.user, organisation=organisation, values=form.values())

    if attempt(form, create):
        messages.success(
            request, _("The place is saved. Choose it now in the section “Places” of its services.")
        )
        return redirect("directory_desk:organisation", organisation.slug)
    context = {"form": form, "organisation": organisation, "location": None}
    return render(request, "directory/workspace/location.html", context, status=status_of(form))


@desk
def location_edit(request: StaffRequest, uid: UUID) -> HttpResponse:
    """A place, its address and its access."""
    location = location_or_refuse(uid, request.user)
    form = LocationForm(posted(request), location=location)

    def save() -> object:
        return places.save_location(
            actor=request.user, organisation=location.organisation, location=location, values=form.values()
        )

    if attempt(form, save):
        messages.success(request, _("Saved. The public page says it now."))
        return redirect("directory_desk:location", location.uid)
    context = {
        "form": form,
        "organisation": location.organisation,
        "location": location,
        "has_page": not location.address_hidden and public_services().filter(locations=location).exists(),
        "history": history_of(location, FEW),
    }
    return render(request, "directory/workspace/location.html", context, status=status_of(form))


@desk
def report_list(request: StaffRequest) -> HttpResponse:
    """The mistakes visitors reported on one's records."""
    rows = [(one, AnswerForm(prefix=str(one.pk))) for one in waiting_reports(request.user)[:100]]
    return render(request, "directory/workspace/reports.html", {"rows": rows})


@desk
def report_answer(request: StaffRequest, pk: int) -> HttpResponse:
    """Say what became of one."""
    report = get_object_or_404(Report.objects.select_related("service"), pk=pk)
    service_or_refuse(report.service.slug, request.user)
    form = AnswerForm(posted(request), prefix=str(pk))
    if attempt(form, lambda: answer_report(actor=request.user, report=report, **form.cleaned_data)):
        messages.success(request, _("Thank you. It is noted."))
        return redirect("directory_desk:reports")
    context = {"rows": [(report, form)]}
    return render(request, "directory/workspace/reports.html", context, status=status_of(form))
