"""The workspace: requests received and sent, one request, situations to coordinate, figures, the counter's door."""

import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import StaffRequest, attempt, posted, workspace
from core.repeats import once
from orientation.forms.desk import AnswerForm, CoordinatorForm, CounterForm, FilterForm, FlagForm, OutcomeForm
from orientation.models import Coordination, HelpRequest, Sending
from orientation.permissions import (
    can_answer_sending,
    can_coordinate_somewhere,
    can_enter_orientation,
    can_flag_request,
    can_guide_people,
    can_handle_requests,
    can_lead_coordination,
    can_read_figures,
    can_read_request,
    can_read_sending,
    organisations_of,
    parts_of,
    request_parts,
)
from orientation.selectors import desk as reads
from orientation.services import answering, asking, coordinating
from orientation.states import COORDINATION, LIFE, Part
from orientation.walk import Walk, forget_walk, keep_walk

PAGE, INVALID = 50, 422
handlers = workspace(can_handle_requests)
guides = workspace(can_guide_people)


def _refuse() -> None:
    raise PermissionDenied(_("Only those who received, sent or coordinate this request may read it."))


def sending_or_refuse(key: UUID, user: Any) -> Sending:
    """404 when it does not exist or was erased, 403 when it is not theirs."""
    rows = Sending.objects.readable().select_related("help_request__commune", "service__organisation__record")
    sending = get_object_or_404(rows, pk=key)
    if not can_read_sending(user, sending):
        _refuse()
    return sending


def request_or_refuse(key: UUID, user: Any) -> HelpRequest:
    """The whole request, for its counter and its coordinator."""
    found = get_object_or_404(HelpRequest.objects.kept().select_related("commune", "counter"), pk=key)
    if not can_read_request(user, found):
        _refuse()
    return found


@workspace(can_enter_orientation)
def home(request: StaffRequest) -> HttpResponse:
    """What the person's roles open: lists, or the figures alone."""
    if not can_handle_requests(request.user):
        return redirect("orientation_desk:figures")
    if not can_guide_people(request.user):
        return redirect("orientation_desk:coordinations")
    return received(request)


@guides
def received(request: StaffRequest) -> HttpResponse:
    """Requests my organisations received."""
    form = FilterForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    rows = reads.received(request.user)
    context = {
        "form": form,
        "page": Paginator(reads.narrowed(rows, **asked), PAGE).get_page(request.GET.get("page")),
        "waits": reads.waits_of(request.user),
        "tab": "received",
        "is_filtered": bool(asked.get("state") or asked.get("words")),
        "late": timezone.localdate() - datetime.timedelta(days=10),
        **tabs_of(request),
    }
    return render(request, "orientation/workspace/received.html", context)


@guides
def sent(request: StaffRequest) -> HttpResponse:
    """Requests made at my counter, and where each stands."""
    page = Paginator(reads.sent_by(request.user), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "waits": reads.waits_of(request.user), "tab": "sent", **tabs_of(request)}
    return render(request, "orientation/workspace/sent.html", context)


@workspace(can_coordinate_somewhere)
def coordinations(request: StaffRequest) -> HttpResponse:
    """Complex situations of my territory."""
    page = Paginator(reads.coordinations(request.user), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "waits": reads.waits_of(request.user),
        "tab": "coordinations",
        **tabs_of(request),
    }
    return render(request, "orientation/workspace/coordinations.html", context)


def tabs_of(request: StaffRequest) -> dict[str, bool]:
    """Which lists this person may open."""
    return {
        "may_guide": can_guide_people(request.user),
        "may_coordinate": can_coordinate_somewhere(request.user),
        "may_count": can_read_figures(request.user),
    }


@handlers
@once
def sending_detail(request: StaffRequest, key: UUID) -> HttpResponse:
    """One request received: opening it tells the person that it was read; answer here as by the link."""
    sending = sending_or_refuse(key, request.user)
    parts = parts_of(request.user, sending)
    form = AnswerForm(posted(request), sending=sending) if can_answer_sending(request.user, sending) else None
    if form is None and request.method == "POST":
        return _too_late(request, sending, parts)

    def send() -> object:
        assert form is not None  # noqa: S101 - narrowed above
        return answering.answer_sending(actor=request.user, sending=sending, parts=parts, **form.cleaned_data)

    if form is not None and attempt(form, send):
        messages.success(request, _("Your answer is sent."))
        return redirect("orientation_desk:sending", key)
    status = INVALID if form is not None and form.errors else 200
    context = {**_sending_page(request, sending), "form": form, "wrong": form}
    return render(request, "orientation/workspace/sending.html", context, status=status)


def _sending_page(request: StaffRequest, sending: Sending) -> dict[str, Any]:
    parts = parts_of(request.user, sending)
    answers = can_answer_sending(request.user, sending)
    return {
        "sending": sending,
        "found": sending.help_request,
        "is_cover": sending.state == Sending.State.SENT and Part.SERVICE in parts,
        "needs": reads.needs_of(sending.help_request),
        "form": AnswerForm(sending=sending) if answers else None,
        "shows_person": sending.state not in Sending.UNMET,
        "flag": FlagForm() if can_flag_request(request.user, sending.help_request) else None,
        "wrong": None,
        "may_read_all": can_read_request(request.user, sending.help_request),
    }


def _too_late(request: StaffRequest, sending: Sending, parts: frozenset[Part]) -> HttpResponse:
    """An answer to what was answered, ended or taken back meanwhile: the page says where it stands now."""
    try:
        LIFE.entitle("accept", who=parts, subject=sending)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("orientation_desk:sending", sending.pk)


@handlers
@require_POST
def sending_open(request: StaffRequest, key: UUID) -> HttpResponse:
    """The service opens the request."""
    sending = sending_or_refuse(key, request.user)
    answering.open_sending(actor=request.user, sending=sending, parts=parts_of(request.user, sending))
    return redirect("orientation_desk:sending", key)


class Again(Exception):
    """What was typed is refused: the page shows it again, under the name its template gives it."""

    def __init__(self, name: str, form: Form) -> None:
        super().__init__(name)
        self.name, self.form = name, form


@handlers
def request_detail(request: StaffRequest, key: UUID) -> HttpResponse:
    """The whole request: every service asked, what may be done now, who coordinates."""
    found = request_or_refuse(key, request.user)
    return render(request, "orientation/workspace/request.html", _request_page(request, found))


def _request_page(request: StaffRequest, found: HelpRequest) -> dict[str, Any]:
    parts = request_parts(request.user, found)
    coordination = Coordination.objects.filter(help_request=found).select_related("coordinator").first()
    leads = coordination is not None and can_lead_coordination(request.user, coordination)
    rows = [(one, LIFE.can("withdraw", parts, one)) for one in reads.sendings_of(found)]
    return {
        "found": found,
        "rows": rows,
        "needs": reads.needs_of(found),
        "is_counter": Part.COUNTER in parts,
        "coordination": coordination,
        "leads": leads,
        "coordinator_form": CoordinatorForm(people=reads.coordinators_for(found)) if leads else None,
        "outcome_form": OutcomeForm()
        if coordination and COORDINATION.can("finish", parts, coordination)
        else None,
        "may_stop": coordination is not None and COORDINATION.can("stop", parts, coordination),
        "flag": FlagForm() if can_flag_request(request.user, found) else None,
        "wrong": None,
    }


@handlers
@require_POST
@once
def request_act(request: StaffRequest, key: UUID, verb: str) -> HttpResponse:
    """What a counter or a coordinator does on a request."""
    act = ACTS.get(verb)
    if act is None:
        raise Http404
    found = request_or_refuse(key, request.user)
    try:
        messages.success(request, act(request, found))
    except Again as again:
        context = {**_request_page(request, found), again.name: again.form, "wrong": again.form}
        return render(request, "orientation/workspace/request.html", context, status=INVALID)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(
        "orientation_desk:sent" if verb == "erase" else "orientation_desk:request",
        *([] if verb == "erase" else [key]),
    )


def _withdraw(request: StaffRequest, found: HelpRequest) -> str:
    parts = request_parts(request.user, found)
    asking.withdraw_sending(actor=request.user, sending=_one_of(request, found), parts=parts)
    return _("It is withdrawn. The service is told.")


def _second(request: StaffRequest, found: HelpRequest) -> str:
    if request.POST.get("agreed") != "on":
        raise ValidationError(_("Ask the person first, then tick that they agree."))
    parts = request_parts(request.user, found)
    asking.accept_second_choice(actor=request.user, sending=_one_of(request, found), parts=parts)
    return _("It is sent to the other service.")


def _narrow(request: StaffRequest, found: HelpRequest) -> str:
    asking.keep_to_chosen(actor=request.user, request=found, parts=request_parts(request.user, found))
    return _("Noted: no other service is asked without the person.")


def _erase(request: StaffRequest, found: HelpRequest) -> str:
    asking.erase_request(actor=request.user, request=found, parts=request_parts(request.user, found))
    return _("The request is erased: nothing about the person is left.")


def _name(request: StaffRequest, found: HelpRequest) -> str:
    form = CoordinatorForm(request.POST, people=reads.coordinators_for(found))
    coordination = get_object_or_404(Coordination, help_request=found)

    def name() -> object:
        return coordinating.name_coordinator(
            actor=request.user, coordination=coordination, coordinator=form.cleaned_data["coordinator"]
        )

    if not attempt(form, name):
        raise Again("coordinator_form", form)
    return _("The coordinator is named.")


def _finish(request: StaffRequest, found: HelpRequest) -> str:
    form = OutcomeForm(request.POST)

    def finish() -> object:
        return _end(request, found, "finish", form.cleaned_data["outcome"])

    if not attempt(form, finish):
        raise Again("outcome_form", form)
    return _("The coordination is ended.")


def _stop(request: StaffRequest, found: HelpRequest) -> str:
    _end(request, found, "stop", "")
    return _("The coordination is ended.")


def _end(request: StaffRequest, found: HelpRequest, verb: str, outcome: str) -> object:
    return coordinating.end_coordination(
        actor=request.user,
        coordination=get_object_or_404(Coordination, help_request=found),
        verb=verb,
        outcome=outcome,
        parts=request_parts(request.user, found),
    )


ACTS = {
    "withdraw": _withdraw,
    "second": _second,
    "narrow": _narrow,
    "erase": _erase,
    "name": _name,
    "finish": _finish,
    "stop": _stop,
}


def _one_of(request: StaffRequest, found: HelpRequest) -> Sending:
    try:
        return found.sendings.get(pk=UUID(request.POST.get("sending", "")))
    except (Sending.DoesNotExist, ValueError):
        raise Http404 from None


@handlers
@require_POST
@once
def flag(request: StaffRequest, key: UUID) -> HttpResponse:
    """Ask for a reinforced coordination, from a request sent or received."""
    found = get_object_or_404(HelpRequest.objects.kept(), pk=key)
    if not can_flag_request(request.user, found) and not can_read_request(request.user, found):
        _refuse()
    form = FlagForm(request.POST)

    def ask() -> object:
        return coordinating.flag_request(actor=request.user, request=found, **form.cleaned_data)

    is_done = attempt(form, ask)
    if is_done:
        messages.success(request, _("It is flagged: the coordinators of the territory see it."))
    own = found.sendings.filter(service__organisation__in=organisations_of(request.user)).first()
    if can_read_request(request.user, found):
        whole = {**_request_page(request, found), "flag": form, "wrong": form}
        page = redirect("orientation_desk:request", key)
        return (
            page if is_done else render(request, "orientation/workspace/request.html", whole, status=INVALID)
        )
    if own is None or not can_read_sending(request.user, own):
        return redirect("orientation_desk:home")
    whole = {**_sending_page(request, own), "flag": form, "wrong": form}
    page = redirect("orientation_desk:sending", own.pk)
    return page if is_done else render(request, "orientation/workspace/sending.html", whole, status=INVALID)


@guides
@require_http_methods(["GET", "HEAD", "POST"])
def counter(request: StaffRequest) -> HttpResponse:
    """At the counter or on the phone: begin the same path for someone; leaving forgets what was typed."""
    if request.POST.get("verb") == "leave":
        forget_walk(request)
        messages.success(request, _("Nothing is left of what was typed."))
        return redirect("orientation_desk:home")
    form = CounterForm(posted(request), organisations=organisations_of(request.user))
    if form.is_bound and form.is_valid():
        walk = Walk(counter=form.cleaned_data["counter"].pk, origin=form.cleaned_data["origin"])
        keep_walk(request, walk)
        return redirect("orientation:question", "pour-qui")
    status = INVALID if form.errors else 200
    return render(request, "orientation/workspace/counter.html", {"form": form}, status=status)
