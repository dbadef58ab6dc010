"""Votes carried for absent members, and the secret vote that a member asked for aloud."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from consultations.meetings.forms import ProxyForm
from consultations.meetings.models import Proxy
from consultations.meetings.services import proxies, secrecy
from consultations.meetings.views.access import (
    INVALID,
    StaffRequest,
    attempt,
    desk,
    done_or_said,
    meeting_or_refuse,
)
from consultations.meetings.views.agenda import item_or_404
from consultations.meetings.views.attendance import attendance_again, mandates_of
from core.repeats import once


@desk
@require_POST
@once
def proxy_add(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The paper of an absent member is recorded."""
    meeting = meeting_or_refuse(request, pk, "attend")
    form = ProxyForm(request.POST, mandates=mandates_of(meeting))
    if attempt(form, lambda: proxies.record_proxy(actor=request.user, meeting=meeting, **form.cleaned_data)):
        messages.success(request, _("It is recorded."))
        return redirect("meeting_desk:attendance", pk)
    return attendance_again(request, meeting, proxy_form=form, status=INVALID)


@desk
@require_POST
@once
def proxy_withdraw(request: StaffRequest, pk: UUID, proxy_pk: UUID) -> HttpResponse:
    """The absent member takes their vote back."""
    meeting = meeting_or_refuse(request, pk, "attend")
    proxy = get_object_or_404(Proxy.objects.select_related("meeting"), pk=proxy_pk, meeting=meeting)
    return done_or_said(
        request,
        lambda: proxies.withdraw_proxy(actor=request.user, proxy=proxy),
        _("The vote is given back."),
        "meeting_desk:attendance",
        pk,
    )


@desk
@require_POST
@once
def secret_asked(request: StaffRequest, pk: UUID, item_pk: UUID) -> HttpResponse:
    """A member asked aloud for a secret vote."""
    meeting = meeting_or_refuse(request, pk, "lead")
    item = item_or_404(meeting, item_pk)
    return done_or_said(
        request,
        lambda: secrecy.record_secret_demand(actor=request.user, item=item),
        _("The vote on this item is secret. Nobody is told who asked."),
        "meeting_desk:sitting",
        pk,
    )
