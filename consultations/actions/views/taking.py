"""What was said and waits for an action: taken up in one click."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consultations.actions import services
from consultations.actions.permissions import can_create_sheet
from consultations.actions.selectors.waiting import waiting_groups, where_for
from consultations.actions.sources import SOURCES
from consultations.actions.views.access import staff
from consultations.lineage.registries import lineage_kinds
from consultations.process.views.access import StaffRequest
from core.repeats import once


@staff
@require_safe
def waiting(request: StaffRequest) -> HttpResponse:
    """What was said and that no sheet answers, source by source."""
    if not can_create_sheet(request.user):
        raise PermissionDenied(_("Your role does not open this page."))
    context = {"groups": waiting_groups(request.user)}
    return render(request, "actions/workspace/waiting.html", context)


@staff
@require_POST
@once
def take(request: StaffRequest, kind: str, key: str) -> HttpResponse:
    """One click: a proposed sheet, tied to what it comes from."""
    if kind not in SOURCES or len(key) > 150:
        raise Http404
    if kind not in lineage_kinds or lineage_kinds[kind].resolve(key) is None:
        messages.error(request, _("What this sheet would come from no longer exists."))
        return redirect("actions:waiting")
    place = where_for(request.user, (kind, key))
    if place is None:
        raise PermissionDenied(
            _("You may propose a sheet for your organisation, or for a place that you organise.")
        )
    try:
        sheet = services.take_up(
            actor=request.user, source=(kind, key), territory=place.territory, lead=place.lead,
            consultation=place.consultation,
        )  # fmt: skip
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("actions:waiting")
    messages.success(request, _("Taken up in a proposed sheet. Say who leads, then start writing."))
    return redirect("actions:overview", sheet.pk)
