"""A participant's page: every verb is a form, the live screen enhances the same page."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations.live.models import Participant, Room
from consultations.live.registries import Role, Viewer
from consultations.live.services import touch_participant
from consultations.polls.models import Poll
from consultations.polls.permissions import can_vote
from consultations.workshops.models import Card, Reaction, Signal, Workshop
from consultations.workshops.needs import offered_needs
from consultations.workshops.screens import ParticipantScreen, participant_screen, rank_places
from consultations.workshops.services.following import (
    issue_contribution_receipt,
    recall_contribution_receipt,
)
from consultations.workshops.services.satisfaction import satisfaction_poll
from consultations.workshops.views.acting import Attempt, attempt
from consultations.workshops.views.joining import device_of, room_of_code
from consultations.workshops.words import screen_words
from core.qr import public_url, qr_svg
from core.receipts import format_code


@never_cache
@require_safe
def room(request: HttpRequest, code: str) -> HttpResponse:
    """Where the room is and what one may do now."""
    live, _workshop = room_of_code(code)
    participant = device_of(request, live)
    if participant is None:
        return redirect("workshops:join", live.code)
    if not live.is_open:
        return redirect("workshops:leave", live.code)
    touch_participant(participant=participant)
    return room_page(request, live, participant)


def room_page(
    request: HttpRequest, live: Room, participant: Participant, tried: Attempt | None = None
) -> HttpResponse:
    """The page, with what was refused and what was typed when there is something to say."""
    context = page_context(live, participant, participant_screen(live, participant)) | {"tried": tried}
    return render(request, "workshops/room/participant.html", context, status=tried.status if tried else 200)


def page_context(live: Room, participant: Participant, screen: ParticipantScreen) -> dict[str, Any]:
    """What the page is drawn from."""
    workshop = Workshop.objects.select_related("consultation").get(pk=live.key)
    return {
        "room": live,
        "workshop": workshop,
        "me": participant,
        "screen": screen,
        "tried": None,
        "is_shell": False,
        "needs": offered_needs(workshop),
        "levels": Card.Level.choices,
        "reactions": Reaction.Kind.choices,
        "signals": Signal.Kind.choices,
        "places": rank_places(screen.board.settings),
        "client_uuid": uuid.uuid4(),
        "words": screen_words(workshop),
    }


@never_cache
@require_POST
def act(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """One verb; done, the page again; refused, the page with the reason and what was typed."""
    live, _workshop = room_of_code(code)
    participant = device_of(request, live)
    if participant is None:
        return redirect("workshops:join", live.code)
    viewer = Viewer(Role.PARTICIPANT, participant=participant)
    tried = attempt(room=live, viewer=viewer, verb=verb, posted=request.POST)
    if tried.refusal is not None:
        return room_page(request, live, participant, tried)
    messages.success(request, said(tried))
    place = reverse("workshops:room", args=[live.code])
    return redirect(f"{place}#{request.POST.get('region', 'etape')[:20]}")


def said(tried: Attempt) -> str:
    """What was done, in words."""
    result = tried.outcome.result if tried.outcome else {}
    if tried.verb == "card.add" and result.get("late"):
        return _("Your card arrived after the end: the facilitator will look at it.")
    words = {
        "card.add": _("Your card is there."),
        "card.edit": _("Your card is changed."),
        "card.withdraw": _("Your card is taken back."),
        "vote.set": _("Your vote is kept."),
        "ballot.set": _("Your vote is kept."),
        "rank.set": _("Your order is kept."),
        "poll.vote": _("Your vote is kept."),
        "group.move": _("The card is moved."),
    }
    return words.get(tried.verb, _("It is done."))


def open_satisfaction(workshop: Workshop) -> Poll | None:
    """The question asked on leaving, while it can be answered."""
    poll = satisfaction_poll(workshop)
    return poll if poll is not None and can_vote(poll) else None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, code: str) -> HttpResponse:
    """Thanks, and the receipt that shows later what became of the cards."""
    live, workshop = room_of_code(code)
    participant = device_of(request, live)
    if participant is None:
        return redirect("workshops:join", live.code)
    if request.method == "POST":
        issue_contribution_receipt(participant=participant)
        return redirect("workshops:leave", live.code)
    receipt = recall_contribution_receipt(participant=participant)
    path = reverse("lineage:receipt", args=[receipt]) if receipt else ""
    context = {
        "room": live,
        "workshop": workshop,
        "cards": Card.objects.filter(participant=participant, withdrawn=False).select_related("group"),
        "receipt": format_code(receipt) if receipt else "",
        "path": path,
        "satisfaction": open_satisfaction(workshop),
        "qr": qr_svg(public_url(path), title=_("Receipt")) if path else "",
    }
    response = render(request, "workshops/room/leave.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
