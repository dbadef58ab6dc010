"""Voting on one page, the thanks with a receipt, and the results. Everything works without JavaScript."""

import csv
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from consultations.polls.forms import HONEYPOT, ballot_fields, draw_ballot, read_ballot
from consultations.polls.models import Poll
from consultations.polls.permissions import PollState, poll_state
from consultations.polls.registries import PlaceInfo, place_of
from consultations.polls.selectors import PollResults, Viewer, find_poll, poll_results
from consultations.polls.selectors.released import shown_release
from consultations.polls.services import InvitationUnknown, cast_ballot
from consultations.polls.services.voting import recall_receipt
from consultations.polls.views.device import Device, keep_device, new_device, read_device
from consultations.polls.wording import method_of
from core import errors
from core.preferences import read_preferences
from core.qr import public_url, qr_svg
from core.receipts import format_code, normalise_code
from core.spreadsheet import BOM, guard_cell
from core.throttle import count_hit
from core.tolls import ask_toll, count_wrong, toll_page

INVALID, PURPOSE = 422, "poll-invitation"


def poll_or_404(slug: str) -> tuple[Poll, PlaceInfo | None, PollState]:
    """A poll people may know of, with its place and where it stands."""
    try:
        poll = find_poll(slug)
    except Poll.DoesNotExist:
        raise Http404(_("There is no poll at this address.")) from None
    place = place_of(poll.place_kind, poll.place_key)
    state = poll_state(poll, place)
    if state == PollState.HIDDEN:
        raise Http404(_("There is no poll at this address."))
    return poll, place, state


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: HttpRequest, slug: str) -> HttpResponse:
    """The question and the promise that goes with it; posting votes once."""
    poll, place, state = poll_or_404(slug)
    device = read_device(request, poll)
    if device.has_voted:
        return to("thanks", poll)
    if state != PollState.OPEN:
        return not_open(request, poll, place, state)
    if request.method == "POST":
        return post_vote(request, poll, place, device)
    response = ballot_page(request, poll, place)
    return keep_device(request, response, poll, device if device.key else new_device())


def to(name: str, poll: Poll) -> HttpResponse:
    """The next page, asked for anew."""
    response = redirect(f"polls:{name}", poll.slug)
    response.status_code = 303
    return response


def not_open(request: HttpRequest, poll: Poll, place: PlaceInfo | None, state: PollState) -> HttpResponse:
    """When it opens, or that it is over and where its results are."""
    days = [poll.opens_on, place.starts_on if place else None]
    context = {
        "poll": poll,
        "place": place,
        "state": str(state),
        "opens_on": max(filter(None, days), default=None),
    }
    return render(request, "polls/not_open.html", context, status=410 if state == PollState.CLOSED else 200)


def ballot_page(
    request: HttpRequest,
    poll: Poll,
    place: PlaceInfo | None,
    *,
    given: Mapping[str, int] | None = None,
    error: str = "",
    code_error: str = "",
) -> HttpResponse:
    """The ballot, with what was given and what is wrong."""
    easy = read_preferences(request).easy_read
    context = {
        "poll": poll,
        "place": place,
        "ballot": draw_ballot(poll.asked, given=given, error=error, easy=easy),
        "code_error": code_error,
        "code": request.POST.get("code", "")[:200],
        "has_problems": bool(error or code_error),
        "honeypot": HONEYPOT,
    }
    return render(request, "polls/vote.html", context, status=INVALID if error or code_error else 200)


def post_vote(request: HttpRequest, poll: Poll, place: PlaceInfo | None, device: Device) -> HttpResponse:
    """Vote once, whatever is sent again; what is wrong is shown with everything that was given."""
    if request.POST.get(HONEYPOT):
        return errors.bad_request(request, ValueError("honeypot"))
    if count_hit(f"poll:{poll.pk}") > settings.SURVEY_SUBMISSIONS_PER_MINUTE:
        return errors.too_many_requests(request)
    given = read_ballot(poll.asked, request.POST)
    if poll.access == Poll.Access.INVITATION:
        return post_invited(request, poll, place, given)
    if not device.key:
        message = _(
            "This browser had not kept our cookie, which counts one vote per device. Press “Vote” again."
        )
        return keep_device(
            request, ballot_page(request, poll, place, given=given, error=message), poll, new_device()
        )
    return post_ballot(request, poll, place, {"device": device, "given": given})


def post_invited(
    request: HttpRequest, poll: Poll, place: PlaceInfo | None, given: Mapping[str, int]
) -> HttpResponse:
    """The same with a code; while many wrong ones arrive it costs a little work, and the vote is kept meanwhile."""
    code = normalise_code(request.POST.get("code", ""))
    if code is None:
        message = _("Write the code of your invitation: four words and two digits.")
        return ballot_page(request, poll, place, given=given, code_error=message)
    if toll := ask_toll(request, PURPOSE, code):
        address = reverse("polls:vote", args=[poll.slug])
        return toll_page(request, toll, action=address, code=code, kept=ballot_fields(poll.asked, given))
    try:
        return post_ballot(request, poll, place, {"device": Device(code), "given": given})
    except InvitationUnknown as unknown:
        count_wrong(PURPOSE)
        return ballot_page(request, poll, place, given=given, code_error=" ".join(unknown.messages))


def post_ballot(
    request: HttpRequest, poll: Poll, place: PlaceInfo | None, sent: dict[str, Any]
) -> HttpResponse:
    """Store the ballot, remember that this browser voted, thank."""
    device: Device = sent["device"]
    try:
        cast_ballot(poll=poll, voter_key=device.key, choices=sent["given"], place=place)
    except InvitationUnknown:
        raise
    except ValidationError as refused:
        return ballot_page(request, poll, place, given=sent["given"], error=" ".join(refused.messages))
    except PermissionDenied:
        return not_open(request, poll, place, PollState.CLOSED)
    return keep_device(request, to("thanks", poll), poll, replace(device, has_voted=True))


@never_cache
@require_safe
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """The vote is counted, what comes next, and a receipt that leads to the poll."""
    poll, place, state = poll_or_404(slug)
    device = read_device(request, poll)
    code = recall_receipt(poll=poll, voter_key=device.key) if device.has_voted else None
    if code is None:
        return to("vote", poll)
    path = reverse("lineage:receipt", args=[code])
    context = {
        "poll": poll,
        "place": place,
        "is_open": state == PollState.OPEN,
        "code": format_code(code),
        "path": path,
        "qr": qr_svg(public_url(path), title=_("QR code of your receipt")),
        "results": poll_results(poll, Viewer.VOTER),
    }
    return render(request, "polls/thanks.html", context)


def results_for(request: HttpRequest, poll: Poll) -> PollResults:
    """The results as this browser may read them."""
    return poll_results(poll, Viewer.VOTER if read_device(request, poll).has_voted else Viewer.VISITOR)


@never_cache
@require_safe
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """Figure, sentence, table and file; or when they will be shown, or why they are not."""
    poll, place, state = poll_or_404(slug)
    context = {
        "poll": poll,
        "place": place,
        "is_open": state == PollState.OPEN,
        "results": results_for(request, poll),
        "method": method_of(poll),
        "release": shown_release(poll),
        "permalink": public_url(request.path),
        "has_voted": read_device(request, poll).has_voted,
    }
    return render(request, "polls/results.html", context)


@never_cache
@require_safe
def results_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The same figures as a file; secret ones say so."""
    poll, _place, _state = poll_or_404(slug)
    return csv_of(poll, results_for(request, poll))


def csv_of(poll: Poll, found: PollResults) -> HttpResponse:
    """Results as a table that spreadsheets open with its accents; 404 while nothing is shown."""
    if not found.is_shown:
        raise Http404(_("Nothing is shown of this poll yet."))
    response = HttpResponse(BOM, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="sondage-{poll.slug}.csv"'
    writer = csv.writer(response, delimiter=";")
    writer.writerow([_("Choice"), _("People"), _("Share (%)"), _("Points"), _("Mean"), _("People in all")])
    for line in found.lines:
        if line.is_secret:
            writer.writerow([guard_cell(line.label), _("statistical secrecy"), "", "", "", found.count])
            continue
        figures = ["" if one is None else f"{one:.2f}" for one in (line.share, line.points, line.mean)]
        writer.writerow([guard_cell(line.label), line.count, *figures, found.count])
    return response
