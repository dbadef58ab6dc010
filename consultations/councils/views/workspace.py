"""Councils in the workspace: the list, who sits, what is said of a council, its end."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.access import attempt
from consultations.councils import selectors, services
from consultations.councils.forms import CouncilForm, CouncilTextsForm, DayForm
from consultations.councils.permissions import can_create_council, can_edit_council
from consultations.councils.registries import council_workspace_panels, panels
from consultations.councils.selectors.catalogue import my_councils
from consultations.councils.views.access import council_or_refuse, page, staff
from consultations.process.views.access import StaffRequest, posted

TEXTS = ("name", "summary", "easy_read_summary", "contact", "is_public", "shows_names")


@staff
def council_list(request: StaffRequest) -> HttpResponse:
    """The councils one sits in or keeps the papers of."""
    context = {"lines": my_councils(request.user), "can_create": can_create_council(request.user)}
    return render(request, "councils/workspace/council_list.html", context)


@staff
def council_composition(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Who sits today, what has to be put right, and what the apps above show."""
    council = council_or_refuse(pk, request.user)
    context = {
        "composition": selectors.composition(council),
        "federations": selectors.federations_of(council),
        "panels": panels(council_workspace_panels, council, request.user),
    }
    return page(request, "councils/workspace/composition.html", council, context)


@staff
def council_create(request: StaffRequest) -> HttpResponse:
    """A new council; its founding act comes next."""
    if not can_create_council(request.user):
        raise PermissionDenied(_("Your role does not open this page."))
    form = CouncilForm(posted(request), user=request.user)
    made = attempt(form, lambda: services.create_council(actor=request.user, **form.cleaned_data))
    if made:
        messages.success(request, _("The council is created. Record its founding act: it gives the seats."))
        return redirect("councils:act", made.pk)
    status = 422 if form.errors else 200
    return render(request, "councils/workspace/council_form.html", {"form": form}, status=status)


@staff
def council_edit(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change what is said of it."""
    council = council_or_refuse(pk, request.user, can_edit_council)
    form = CouncilTextsForm(posted(request), initial={name: getattr(council, name) for name in TEXTS})
    if attempt(
        form, lambda: services.update_council(actor=request.user, council=council, **form.cleaned_data)
    ):
        messages.success(request, _("Saved."))
        return redirect("councils:composition", council.pk)
    return page(request, "councils/workspace/council_form.html", council, {"form": form}, form)


@staff
def council_dissolve(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Close it: nothing is deleted."""
    council = council_or_refuse(pk, request.user, can_edit_council)
    form = DayForm(posted(request))

    def dissolve() -> object:
        day = form.cleaned_data["day"]
        return services.dissolve_council(actor=request.user, council=council, dissolved_on=day)

    if attempt(form, dissolve):
        messages.success(request, _("The council is dissolved. Its page and its acts stay."))
        return redirect("councils:composition", council.pk)
    return page(request, "councils/workspace/dissolve.html", council, {"form": form}, form)
