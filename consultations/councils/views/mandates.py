"""Mandates: their history, opening one, and what may be done with each."""

import datetime
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import attempt
from accounts.models import User
from consultations.councils import selectors, services
from consultations.councils.forms import EndMandateForm, InviteForm, MandateForm, OfficeForm, PromoteForm
from consultations.councils.models import Council, Mandate, OfficeTerm
from consultations.councils.permissions import can_manage_mandates
from consultations.councils.views.access import council_or_refuse, page, staff
from consultations.process.views.access import StaffRequest, posted

ACTS: dict[str, Callable[[User, Mandate, dict[str, Any]], object]] = {
    "end": lambda user, mandate, given: services.end_mandate(actor=user, mandate=mandate, **given),
    "office": lambda user, mandate, given: services.designate_office(actor=user, mandate=mandate, **given),
    "invite": lambda user, mandate, given: services.invite_member(actor=user, mandate=mandate, **given),
    "promote": lambda user, mandate, given: services.promote_substitute(
        actor=user, replaces=mandate, **given
    ),
}


@staff
def mandate_list(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Every mandate ever held, those in office first."""
    council = council_or_refuse(pk, request.user)
    today = timezone.localdate()
    held = council.mandates.select_related("replaces", "delegated_by").prefetch_related("offices")
    mandates = sorted(held, key=lambda one: (not one.is_held_on(today), -one.starts_on.toordinal()))
    return page(request, "councils/workspace/mandate_list.html", council, {"mandates": mandates})


@staff
def mandate_open(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Give a seat to someone; `constituency` and `rank` of the address fill the boxes."""
    council = council_or_refuse(pk, request.user, can_manage_mandates)
    seats = selectors.seats_on(council, timezone.localdate())
    initial = {"starts_on": timezone.localdate()} | {
        name: request.GET[name] for name in ("constituency", "rank") if name in request.GET
    }
    form = MandateForm(posted(request), council=council, codes=seats, initial=initial)
    opened = attempt(
        form, lambda: services.open_mandate(actor=request.user, council=council, **form.cleaned_data)
    )
    if opened:
        messages.success(request, _("The mandate is open. You may now invite the person."))
        return redirect("councils:mandate", council.pk, opened.pk)
    context = {"form": form, "has_seats": bool(seats)}
    return page(request, "councils/workspace/mandate_form.html", council, context, form)


def _mandate(council: Council, mandate_pk: UUID) -> Mandate:
    found = Mandate.objects.select_related("council", "user", "replaces", "delegated_by", "recorded_by")
    return get_object_or_404(found.prefetch_related("offices"), pk=mandate_pk, council=council)


@staff
def mandate_detail(request: StaffRequest, pk: UUID, mandate_pk: UUID) -> HttpResponse:
    """One mandate: its days, its offices, and the forms that change it, one `action` each."""
    council = council_or_refuse(pk, request.user, can_manage_mandates)
    mandate = _mandate(council, mandate_pk)
    action = request.POST.get("action", "")
    data = {
        name: posted(request) if action == name else None for name in ("end", "office", "invite", "promote")
    }
    today = {"ended_on": timezone.localdate(), "starts_on": timezone.localdate()}
    promote = PromoteForm(data["promote"], prefix="promote", replaced=mandate)
    forms: dict[str, Form] = {
        "end": EndMandateForm(data["end"], prefix="end", initial=today),
        "office": OfficeForm(data["office"], prefix="office", initial=today),
        "invite": InviteForm(data["invite"], prefix="invite"),
        "promote": promote,
    }
    if action in ACTS and attempt(
        forms[action], lambda: ACTS[action](request.user, mandate, forms[action].cleaned_data)
    ):
        messages.success(request, _("Saved."))
        return redirect("councils:mandate", council.pk, mandate.pk)
    if action:
        mandate = _mandate(council, mandate_pk)  # as stored: a refused form changed this instance only
    context = {
        "mandate": mandate,
        "forms": forms,
        "is_held": mandate.is_held_on(timezone.localdate()),
        "replaced_by": mandate.replaced_by.first(),
        "has_substitutes": promote.has_substitutes,
    }
    return page(request, "councils/workspace/mandate_detail.html", council, context, *forms.values())


@require_POST
@staff
def office_end(request: StaffRequest, pk: UUID, term_pk: UUID) -> HttpResponse:
    """The office stops at once, its last day being the day before; the mandate goes on."""
    council = council_or_refuse(pk, request.user, can_manage_mandates)
    term = get_object_or_404(OfficeTerm, pk=term_pk, mandate__council=council, ended_on=None)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    services.end_office(actor=request.user, term=term, ended_on=max(term.starts_on, yesterday))
    messages.success(request, _("This office is over: it gives no more rights. The mandate goes on."))
    return redirect("councils:mandate", council.pk, term.mandate_id)
