"""What polls add to a consultation's pages, to the workspace menu and to any page of the site."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Visitor
from consultations.polls.models import Poll, PollQuerySet
from consultations.polls.permissions import PollState, can_create_poll, poll_state
from consultations.polls.places import CONSULTATION
from consultations.polls.registries import PlaceInfo, place_of, unlisted_kinds
from consultations.polls.selectors import find_poll, lines_of, polls_at
from consultations.process import registries
from consultations.process.models import Consultation
from consultations.process.permissions import can_open_workspace
from core.content import ContentBlock, PublicAddress, content_blocks, public_addresses
from core.navigation import MenuItem, workspace_menu

MOST_CHOICES = 200


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    registries.public_panels.register("polls", public_panel)
    registries.workspace_panels.register("polls", workspace_panel)
    registries.closing_rules.register("polls", open_polls)
    content_blocks.register("poll", ContentBlock(gettext_lazy("poll"), block_choices, render_block))
    public_addresses.register("polls", addresses)
    item = MenuItem(gettext_lazy("Polls"), "polls:list", "vote", can_open_workspace)
    workspace_menu.register(item.url_name, item)


def place_context(place: tuple[str, str], user: Visitor, info: PlaceInfo | None = None) -> dict[str, Any]:
    """What the pages of a place show of its polls: `polls/partials/place_tiles.html` for anyone,
    `polls/partials/place_list.html` in the workspace. One query for the polls."""
    lines = polls_at(place, info)
    return {
        "lines": lines,
        "shown": [line for line in lines if line.state != PollState.HIDDEN],
        "create_url": reverse("polls:create_at", args=place) if can_create_poll(user, place) else "",
    }


def public_panel(consultation: Consultation, user: Visitor) -> registries.Panel | None:
    """The polls anyone may answer, and those whose results may be read."""
    lines = [
        line for line in polls_at((CONSULTATION, str(consultation.pk))) if line.state != PollState.HIDDEN
    ]
    is_open = any(line.state == PollState.OPEN for line in lines)
    order = 12 if is_open else 31
    return registries.Panel("polls/partials/public_panel.html", {"shown": lines}, order) if lines else None


def workspace_panel(consultation: Consultation, user: Visitor) -> registries.Panel:
    """The polls of the consultation with where each stands."""
    context = place_context((CONSULTATION, str(consultation.pk)), user)
    return registries.Panel("polls/partials/workspace_panel.html", context, order=25)


def open_polls(consultation: Consultation) -> list[str]:
    """A consultation closes after its polls."""
    still = Poll.objects.at(CONSULTATION, str(consultation.pk)).filter(status=Poll.Status.OPEN)
    return [_("The poll “%(title)s” is still open: close it first.") % {"title": poll} for poll in still]


def addresses() -> Iterator[PublicAddress]:
    """Where one votes while a poll is open, then where its results are."""
    for line in lines_of(list(_asked_anyone().filter(access=Poll.Access.DEVICE))):
        if line.state == PollState.OPEN:
            yield PublicAddress(reverse("polls:vote", args=[line.poll.slug]))
        elif line.state == PollState.CLOSED:
            yield PublicAddress(reverse("polls:results", args=[line.poll.slug]), line.poll.closed_on)


def _asked_anyone() -> PollQuerySet:
    """The polls of listed places, drafts left out, the latest first."""
    return Poll.objects.opened().exclude(place_kind__in=unlisted_kinds())


def block_choices() -> list[tuple[str, str]]:
    """The polls an editor may show in a page, the latest first."""
    return [(poll.slug, poll.question) for poll in _asked_anyone()[:MOST_CHOICES]]


def render_block(slug: str, request: HttpRequest | None) -> str:
    """A tile that leads to the vote or to the results; empty when the poll is gone or not public."""
    try:
        poll = find_poll(slug)
    except Poll.DoesNotExist:
        return ""
    state = poll_state(poll, place_of(poll.place_kind, poll.place_key))
    if state == PollState.HIDDEN:
        return ""
    return render_to_string("polls/partials/tile.html", {"poll": poll, "state": str(state)}, request)
