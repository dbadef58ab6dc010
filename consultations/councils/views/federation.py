"""The councils a federation joins."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import attempt
from consultations.councils import selectors, services
from consultations.councils.forms import JoinForm
from consultations.councils.models import FederationMembership
from consultations.councils.permissions import can_federate
from consultations.councils.views.access import council_or_refuse, page, staff
from consultations.process.views.access import StaffRequest, posted


@staff
def federated(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Who belongs to it, with their delegates; letting one join."""
    council = council_or_refuse(pk, request.user)
    if not council.is_federation:
        raise Http404
    may = can_federate(request.user, council)
    data = posted(request) if may else None
    form = JoinForm(data, federation=council, initial={"joined_on": timezone.localdate()})
    if attempt(
        form, lambda: services.join_federation(actor=request.user, federation=council, **form.cleaned_data)
    ):
        messages.success(request, _("The council has joined the federation."))
        return redirect("councils:federated", council.pk)
    links = {link.member_id: link for link in council.federated.in_force(timezone.localdate())}
    lines = [(one, links[one.council.pk]) for one in selectors.federated_councils(council)]
    context = {"form": form, "lines": lines, "may_federate": may}
    return page(request, "councils/workspace/federated.html", council, context, form)


@require_POST
@staff
def federation_leave(request: StaffRequest, pk: UUID, link_pk: int) -> HttpResponse:
    """The council leaves today; its delegates' mandates end."""
    council = council_or_refuse(pk, request.user, can_federate)
    link = get_object_or_404(FederationMembership, pk=link_pk, federation=council)
    try:
        services.leave_federation(actor=request.user, link=link, left_on=timezone.localdate())
        messages.success(request, _("Saved."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("councils:federated", council.pk)
