"""What polls add to a consultation's pages, to the workspace menu and to any page of the site."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Visitor
from consultations.polls.models import Poll
from consultations.polls.permissions import PollState, can_create_poll, poll_state
from consultations.polls.places import CONSULTATION
from consultations.polls.registries import place_of, poll_places
from consultations.polls.selectors import find_poll, polls_at
from consultations.process import registries
from consultations.process.models import Consultation
from consultations.process.permissions import can_open_workspace
from core.content import ContentBlock, content_blocks
from core.navigation import MenuItem, workspace_menu

MOST_CHOICES = 200


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    registries.public_panels.register("polls", public_panel)
    registries.workspace_panels.register("polls", workspace_panel)
    registries.closing_rules.register("polls", open_polls)
    content_blocks.register("poll", ContentBlock(gettext_lazy("poll"), block_choices, render_block))
    item = MenuItem(gettext_lazy("Polls"), "polls:list", "vote", can_open_workspace)
    workspace_menu.register(item.url_name, item)


def public_panel(consultation: Consultation, user: Visitor) -> registries.Panel | None:
    """The polls anyone may answer, and those whose results may be read."""
    lines = [
        line for line in polls_at((CONSULTATION, str(consultation.pk))) if line.state != PollState.HIDDEN
    ]
    is_open = any(line.state == PollState.OPEN for line in lines)
    order = 12 if is_open else 31
    return registries.Panel("polls/partials/public_panel.html", {"lines": lines}, order) if lines else None


def workspace_panel(consultation: Consultation, user: Visitor) -> registries.Panel:
    """The polls of the consultation with where each stands."""
    place = (CONSULTATION, str(consultation.pk))
    context = {"lines": polls_at(place), "can_create": can_create_poll(user, place)}
    return registries.Panel("polls/partials/workspace_panel.html", context, order=25)


def open_polls(consultation: Consultation) -> list[str]:
    """A consultation closes after its polls."""
    still = Poll.objects.at(CONSULTATION, str(consultation.pk)).filter(status=Poll.Status.OPEN)
    return [_("The poll “%(title)s” is still open: close it first.") % {"title": poll} for poll in still]


def block_choices() -> list[tuple[str, str]]:
    """The polls an editor may show in a page, the latest first."""
    rooms = [name for name, place in poll_places.items() if place.is_room]
    polls = Poll.objects.opened().exclude(place_kind__in=rooms)[:MOST_CHOICES]
    return [(poll.slug, poll.question) for poll in polls]


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
