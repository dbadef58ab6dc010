"""Members demand a meeting: what for, who signed, how many are missing."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from consultations.councils.models import Council, Mandate
from consultations.councils.permissions import is_clerk
from consultations.meetings.forms import DemandForm
from consultations.meetings.models import MeetingDemand
from consultations.meetings.permissions import can_see_demands
from consultations.meetings.selectors.demanding import count_of, full_members, needed_in, open_demand
from consultations.meetings.services import demanding
from consultations.meetings.views.access import INVALID, StaffRequest, attempt, desk
from consultations.process.views.access import posted
from core.repeats import once


def _council(request: StaffRequest, slug: str) -> Council:
    council = get_object_or_404(Council, slug=slug)
    if not can_see_demands(request.user, council):
        raise PermissionDenied(_("Only those who sit in this council, or keep its papers, open this page."))
    return council


def _signers(request: StaffRequest, council: Council) -> list[Mandate]:
    """For whom this person may sign: themselves, or every member for who records papers."""
    rows = full_members(council)
    return (
        rows if is_clerk(request.user, council) else [one for one in rows if one.user_id == request.user.pk]
    )


@desk
@once
def demand_page(request: StaffRequest, slug: str) -> HttpResponse:
    """The demand being signed, or the form to start one."""
    council = _council(request, slug)
    signers, demand = _signers(request, council), open_demand(council)
    form = DemandForm(posted(request), mandates=signers)
    start = demanding.start_demand
    if made := attempt(form, lambda: start(actor=request.user, council=council, **form.given())):
        return _signed(request, made)
    signed = {one.mandate_id for one in demand.signatures.all()} if demand else set()
    context = {
        "council": council,
        "demand": demand,
        "count": count_of(demand) if demand else needed_in(council),
        "form": form,
        "signers": [one for one in signers if one.pk not in signed],
        "mine": [one for one in signers if one.pk in signed and one.user_id == request.user.pk],
        "may_start": bool(signers) and demand is None,
        "past": council.meeting_demands.exclude(state=MeetingDemand.State.OPEN).select_related("meeting")[:5],
    }
    status = INVALID if form.errors else 200
    return render(request, "meetings/desk/demand.html", context, status=status)


def _signed(request: StaffRequest, demand: MeetingDemand) -> HttpResponse:
    if demand.meeting is not None:
        messages.success(
            request,
            _("Enough members asked: the meeting is owed, its draft is ready, the president is told."),
        )
        return redirect("meeting_desk:detail", demand.meeting.pk)
    messages.success(request, _("Signed. The other members may sign on this page."))
    return redirect("meeting_desk:demand", demand.council.slug)


@desk
@require_POST
@once
def demand_act(request: StaffRequest, slug: str, step: str) -> HttpResponse:
    """Sign, or take one's signature back."""
    council = _council(request, slug)
    demand = open_demand(council)
    if demand is None:
        messages.error(request, _("This demand is no longer being signed."))
        return redirect("meeting_desk:demand", slug)
    mandate = get_object_or_404(council.mandates, pk=_key(request.POST.get("mandate", "")))
    act = demanding.withdraw_signature if step == "retirer" else demanding.sign_demand
    try:
        signed = act(actor=request.user, demand=demand, mandate=mandate)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("meeting_desk:demand", slug)
    if step == "retirer":
        messages.success(request, _("The signature is taken back."))
        return redirect("meeting_desk:demand", slug)
    return _signed(request, signed)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
