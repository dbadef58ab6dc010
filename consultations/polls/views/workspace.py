"""Polls in the workspace: prepare, preview, open, follow, close."""

import csv
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.access import take_errors
from accounts.models import User
from consultations.polls import services
from consultations.polls.forms import InvitationsForm, PagePollForm, PollForm, TightenForm, draw_ballot
from consultations.polls.models import Poll
from consultations.polls.permissions import (
    can_close_poll,
    can_create_poll,
    can_edit_poll,
    can_follow_poll,
    can_open_poll,
    can_take_ballots,
    can_tighten_poll,
    poll_state,
)
from consultations.polls.places import PAGE
from consultations.polls.registries import PlaceInfo, is_room, place_of
from consultations.polls.selectors import Viewer, managed_polls, poll_results, turnout
from consultations.polls.selectors.catalogue import lines_of
from consultations.polls.selectors.recount import BallotsWithheld, ballot_file, recount
from consultations.polls.views.public import csv_of
from consultations.process.forms import organisations_of
from consultations.process.permissions import can_open_home
from consultations.process.views.access import StaffRequest, posted, workspace
from core.qr import public_url, qr_svg
from core.receipts import format_code
from core.repeats import once
from core.spreadsheet import BOM, guard_cell

INVALID, PAGE_SIZE = 422, 20


def poll_or_refuse(pk: UUID, user: User, may: Callable[[User, Poll], bool]) -> Poll:
    """The poll when the person may; 404 when it does not exist, 403 when they may not."""
    poll = get_object_or_404(Poll, pk=pk)
    if not may(user, poll):
        raise PermissionDenied(_("You may not do this with this poll, or not in its present state."))
    return poll


@workspace(can_open_home)
def poll_list(request: StaffRequest) -> HttpResponse:
    """The polls of the places the person works on, the latest first."""
    page = Paginator(managed_polls(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    can_ask = organisations_of(request.user).exists()
    context = {"page": page, "lines": lines_of(list(page.object_list)), "can_ask": can_ask}
    return render(request, "polls/workspace/list.html", context)


@workspace(can_open_home)
@once
def place_poll_create(request: StaffRequest, kind: str, key: str) -> HttpResponse:
    """A draft at this place; 404 when nothing is there, or when it is a room, which has pages of its own."""
    place = None if is_room(kind) else place_of(kind, key)
    if place is None:
        raise Http404(_("There is nothing at this address to put a poll at."))
    if not can_create_poll(request.user, (kind, key)):
        raise PermissionDenied(_("You may not put a poll here."))
    return _create(request, PollForm(posted(request)), lambda: (kind, key), place)


@workspace(can_open_home)
@once
def page_poll_create(request: StaffRequest) -> HttpResponse:
    """A draft in the name of an organisation, for any page of the site."""
    form = PagePollForm(posted(request), user=request.user)
    return _create(request, form, lambda: (PAGE, str(form.cleaned_data["organisation"].pk)))


def _create(
    request: StaffRequest, form: PollForm, at: Callable[[], tuple[str, str]], place: PlaceInfo | None = None
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        fields = form.fields_for_service()
        made = _try(form, lambda: services.create_poll(actor=request.user, place=at(), **fields))
        if made:
            messages.success(request, _("The poll is written. Look at the preview, then open it."))
            return redirect("polls:overview", made.pk)
    context = {"form": form, "poll": None, "place": place}
    return render(request, "polls/workspace/edit.html", context, status=_status(form))


def _try(form: forms.Form, act: Callable[[], Poll]) -> Poll | None:
    """What the service made, or its reasons in the form."""
    try:
        return act()
    except ValidationError as error:
        take_errors(form, error)
        return None


def _status(form: forms.Form) -> int:
    return INVALID if form.errors else 200


@workspace(can_open_home)
def poll_overview(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Where it stands, its protected results, its address, and what can be done now."""
    poll = poll_or_refuse(pk, request.user, can_follow_poll)
    place = place_of(poll.place_kind, poll.place_key)
    address = public_url(f"/sondages/{poll.slug}/")
    context: dict[str, Any] = {
        "poll": poll,
        "place": place,
        "state": str(poll_state(poll, place)),
        "is_room": is_room(poll.place_kind),
        "definition": poll.asked,
        "results": poll_results(poll, Viewer.FACILITATOR),
        "turnout": turnout(poll),
        "address": address,
        "qr": qr_svg(address, title=poll.question),
        "can_edit": can_edit_poll(request.user, poll),
        "can_open": can_open_poll(request.user, poll),
        "can_tighten": can_tighten_poll(request.user, poll),
        "can_close": can_close_poll(request.user, poll),
        "can_take_ballots": can_take_ballots(request.user, poll),
    }
    return render(request, "polls/workspace/overview.html", context)


@workspace(can_open_home)
def poll_edit(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The words and rules of a draft."""
    poll = poll_or_refuse(pk, request.user, can_edit_poll)
    form = PollForm(posted(request), initial=PollForm.initial_of(poll))
    if form.is_bound and form.is_valid():
        fields = form.fields_for_service()
        if _try(form, lambda: services.update_poll(actor=request.user, poll=poll, **fields)):
            messages.success(request, _("Saved."))
            return redirect("polls:overview", poll.pk)
    context = {"form": form, "poll": poll, "place": place_of(poll.place_kind, poll.place_key)}
    return render(request, "polls/workspace/edit.html", context, status=_status(form))


@workspace(can_open_home)
def poll_preview(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The page as people will see it; nothing can be sent."""
    poll = poll_or_refuse(pk, request.user, can_follow_poll)
    easy = request.GET.get("easy") == "1"
    context = {"poll": poll, "place": place_of(poll.place_kind, poll.place_key), "is_preview": True}
    return render(
        request, "polls/workspace/preview.html", {**context, "ballot": draw_ballot(poll.asked, easy=easy)}
    )


@workspace(can_open_home)
def poll_open(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Ask before freezing the words."""
    poll = poll_or_refuse(pk, request.user, can_open_poll)
    problems: list[str] = []
    if request.method == "POST":
        try:
            services.open_poll(actor=request.user, poll=poll)
        except ValidationError as error:
            problems = error.messages
        else:
            messages.success(request, _("The poll is open."))
            return redirect("polls:overview", poll.pk)
    context = {"poll": poll, "problems": problems}
    return render(request, "polls/workspace/open.html", context, status=INVALID if problems else 200)


@workspace(can_open_home)
def poll_tighten(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show less, or end on another day."""
    poll = poll_or_refuse(pk, request.user, can_tighten_poll)
    form = TightenForm(posted(request), poll=poll)
    if form.is_bound and form.is_valid():
        fields = form.cleaned_data
        if _try(form, lambda: services.tighten_poll(actor=request.user, poll=poll, **fields)):
            messages.success(request, _("Saved."))
            return redirect("polls:overview", poll.pk)
    return render(request, "polls/workspace/tighten.html", {"form": form, "poll": poll}, status=_status(form))


@workspace(can_open_home)
def poll_close(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Ask before closing for good."""
    poll = poll_or_refuse(pk, request.user, can_close_poll)
    if request.method == "POST":
        services.close_poll(actor=request.user, poll=poll)
        messages.success(request, _("The poll is closed."))
        return redirect("polls:overview", poll.pk)
    return render(request, "polls/workspace/close.html", {"poll": poll})


@workspace(can_open_home)
def poll_invitations(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Codes to print, shown once: only their hashes are kept."""
    poll = poll_or_refuse(
        pk, request.user, lambda user, one: can_edit_poll(user, one) or can_tighten_poll(user, one)
    )
    form, codes = InvitationsForm(posted(request)), list[str]()
    if form.is_bound and form.is_valid():
        try:
            codes = services.issue_poll_invitations(actor=request.user, poll=poll, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
    context = {
        "poll": poll,
        "form": form,
        "codes": [format_code(code) for code in codes],
        "address": public_url(f"/sondages/{poll.slug}/"),
    }
    response = render(request, "polls/workspace/invitations.html", context, status=_status(form))
    response["Cache-Control"] = "no-store"
    return response


@workspace(can_open_home)
def poll_csv(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The results organisers may read, as a file."""
    poll = poll_or_refuse(pk, request.user, can_follow_poll)
    return csv_of(poll, poll_results(poll, Viewer.FACILITATOR))


@workspace(can_open_home)
def poll_recount(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The ballots counted again, and their file when it tells nothing about a few people."""
    poll = poll_or_refuse(pk, request.user, can_take_ballots)
    try:
        ballot_file(poll)
        withheld = ""
    except BallotsWithheld as reason:
        withheld = str(reason)
    has_ballots = poll.ballots.exists() or not poll.voter_count
    context = {"poll": poll, "withheld": withheld, "recount": recount(poll) if has_ballots else None}
    return render(request, "polls/workspace/recount.html", context)


@workspace(can_open_home)
def poll_ballots(request: StaffRequest, pk: UUID, extension: str) -> HttpResponse:
    """Whole ballots in the order of random keys, as a file; 403 with the reason when they are withheld."""
    poll = poll_or_refuse(pk, request.user, can_take_ballots)
    found = services.take_ballots(actor=request.user, poll=poll)
    if extension == "json":
        response = HttpResponse(found.to_json(), content_type="application/json; charset=utf-8")
    else:
        response = HttpResponse(BOM, content_type="text/csv; charset=utf-8")
        csv.writer(response, delimiter=";").writerows(
            [[guard_cell(one) for one in row] for row in found.rows()]
        )
    response["Content-Disposition"] = f'attachment; filename="bulletins-{poll.slug}.{extension}"'
    return response
