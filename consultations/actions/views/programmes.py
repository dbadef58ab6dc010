"""Programmes in the workspace."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consultations.actions import services
from consultations.actions.models import Programme, ProgrammeDate
from consultations.actions.permissions import can_edit_programme, can_manage_programmes
from consultations.actions.programme_forms import DateForm, ProgrammeForm
from consultations.actions.selectors.programmes import programme_page
from consultations.actions.selectors.sheet import budget_words
from consultations.actions.views.access import attempt, staff, status_of
from consultations.process.views.access import StaffRequest, posted
from core.repeats import once


@staff
@require_safe
def programme_list(request: StaffRequest) -> HttpResponse:
    """Every programme, public or not."""
    pages = [
        (programme_page(one, is_inside=True), can_edit_programme(request.user, one))
        for one in Programme.objects.select_related("sponsor", "territory")
    ]
    context = {"pages": pages, "can_manage": can_manage_programmes(request.user)}
    return render(request, "actions/workspace/programmes.html", context)


@staff
@once
def programme_edit(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """A new programme, or one to change, with its axes."""
    programme = get_object_or_404(Programme, pk=pk) if pk else None
    may = can_edit_programme(request.user, programme) if programme else can_manage_programmes(request.user)
    if not may:
        raise PermissionDenied(_("You may only organise programmes on a place that your role covers."))
    form = ProgrammeForm(posted(request), programme=programme)
    made = attempt(form, lambda: _write(request, programme, form))
    if made:
        messages.success(request, _("Saved."))
        return redirect("actions:programme_edit", made.pk)
    shown = programme_page(programme, is_inside=True) if programme else None
    context = {
        "form": form, "programme": programme, "page": shown, "date_form": DateForm(),
        "budget_words": budget_words(shown.budget) if shown and shown.budget else "",
    }  # fmt: skip
    return render(request, "actions/workspace/programme.html", context, status=status_of(form))


def _write(request: StaffRequest, programme: Programme | None, form: ProgrammeForm) -> Programme:
    made = services.write_programme(actor=request.user, programme=programme, **form.values())
    services.set_axes(actor=request.user, programme=made, titles=form.axes())
    return made


@staff
@require_POST
@once
def programme_dates(request: StaffRequest, pk: int) -> HttpResponse:
    """A day of the calendar."""
    programme = get_object_or_404(Programme, pk=pk)
    form = DateForm(request.POST)
    if attempt(
        form,
        lambda: services.add_programme_date(actor=request.user, programme=programme, **form.cleaned_data),
    ):
        messages.success(request, _("Saved."))
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("actions:programme_edit", programme.pk)


@staff
@require_POST
def programme_date_remove(request: StaffRequest, pk: int, date_pk: int) -> HttpResponse:
    """A day that will not be."""
    date = get_object_or_404(ProgrammeDate.objects.select_related("programme"), pk=date_pk, programme=pk)
    services.remove_programme_date(actor=request.user, date=date)
    messages.success(request, _("Taken away."))
    return redirect("actions:programme_edit", pk)
