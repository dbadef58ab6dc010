"""Schemes and rights, which administrators write for everyone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.access import StaffRequest, attempt, posted, workspace
from core.repeats import once
from directory.forms.schemes import SchemeForm
from directory.models import Scheme
from directory.permissions import can_edit_schemes
from directory.selectors.history import history_of
from directory.selectors.records import listed_schemes, services_of_scheme
from directory.services import places
from directory.views.access import status_of

FEW = 10
administrators = workspace(can_edit_schemes)


@administrators
def scheme_list(request: StaffRequest) -> HttpResponse:
    """Every scheme, and how many services take part in it."""
    return render(request, "directory/workspace/schemes.html", {"schemes": listed_schemes()})


@administrators
@once
def scheme_create(request: StaffRequest) -> HttpResponse:
    """A new scheme; services are attached to it from their own section “The needs it meets”."""
    form = SchemeForm(posted(request))
    if made := attempt(form, lambda: places.save_scheme(actor=request.user, values=form.cleaned_data)):
        messages.success(request, _("The scheme is saved. Tick it now in the services that take part in it."))
        return redirect("directory_desk:scheme", made.slug)
    context = {"form": form, "scheme": None}
    return render(request, "directory/workspace/scheme.html", context, status=status_of(form))


@administrators
def scheme_edit(request: StaffRequest, slug: str) -> HttpResponse:
    """What it says, and which services take part in it."""
    scheme = get_object_or_404(Scheme, slug=slug)
    form = SchemeForm(posted(request), scheme=scheme)

    def save() -> object:
        return places.save_scheme(actor=request.user, scheme=scheme, values=form.cleaned_data)

    if attempt(form, save):
        messages.success(request, _("Saved. The public page says it now."))
        return redirect("directory_desk:scheme", scheme.slug)
    context = {
        "form": form,
        "scheme": scheme,
        "services": services_of_scheme(scheme),
        "history": history_of(scheme, FEW),
    }
    return render(request, "directory/workspace/scheme.html", context, status=status_of(form))
