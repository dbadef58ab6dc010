"""The facilitator's console as plain pages: every verb is a form, the live console enhances the same page."""

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from consultations.live.models import Room
from consultations.live.registries import Role, Viewer
from consultations.process.views.access import StaffRequest, workspace
from consultations.workshops.models import Card, College, Stage, Workshop
from consultations.workshops.needs import offered_needs
from consultations.workshops.permissions import (
    can_close_workshop,
    can_facilitate_anywhere,
    can_facilitate_workshop,
    can_open_workshop,
)
from consultations.workshops.projection import scene_of
from consultations.workshops.screens import console_screen, poll_on_screen
from consultations.workshops.services.running import close_workshop, open_workshop
from consultations.workshops.views.acting import Attempt, attempt
from consultations.workshops.words import projector_views, screen_words
from consultations.workshops.workspace.views.access import room_or_404, workshop_or_refuse
from core.qr import public_url, qr_svg


@never_cache
@workspace(can_facilitate_anywhere)
@require_safe
def console(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Where the room is, who is there, and everything a facilitator may do."""
    workshop = workshop_or_refuse(pk, request.user, can_facilitate_workshop)
    return console_page(request, workshop, room_or_404(workshop))


def console_page(
    request: StaffRequest, workshop: Workshop, room: Room, tried: Attempt | None = None
) -> HttpResponse:
    """The page, with what was refused when there is something to say."""
    address = public_url(reverse("workshops:join", args=[room.code]))
    screen = console_screen(room, request.user)
    stage = screen.board.stage
    context: dict[str, Any] = {
        "workshop": workshop,
        "room": room,
        "screen": screen,
        "takes_cards": stage is not None and stage.kind in Stage.WRITING,
        "tried": tried,
        "address": address,
        "qr": qr_svg(address, title=workshop.title),
        "colleges": [choice for choice in College.choices if choice[0] in workshop.colleges],
        "needs": offered_needs(workshop),
        "levels": Card.Level.choices,
        "projector_views": projector_views(),
        "can_close": can_close_workshop(request.user, workshop),
        "client_uuid": uuid.uuid4(),
        "words": screen_words(workshop),
    }
    return render(request, "workshops/workspace/console.html", context, status=tried.status if tried else 200)


@never_cache
@workspace(can_facilitate_anywhere)
@require_safe
def projector(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The room's big screen: opened by a facilitator, read by everyone."""
    workshop = workshop_or_refuse(pk, request.user, can_facilitate_workshop)
    room = room_or_404(workshop)
    address, asked = public_url(reverse("workshops:join", args=[room.code])), poll_on_screen(room)
    context = {
        "workshop": workshop,
        "room": room,
        "address": public_url(reverse("workshops:type_code")).partition("://")[2],
        "qr": qr_svg(address, title=workshop.title),
        "asked": asked,
        "scene": scene_of(room, asked),
        "words": screen_words(workshop),
    }
    return render(request, "workshops/room/projector.html", context)


@never_cache
@workspace(can_facilitate_anywhere)
@require_POST
def console_act(request: StaffRequest, pk: UUID, verb: str) -> HttpResponse:
    """One verb; done, the console again; refused, the console with the reason."""
    workshop = workshop_or_refuse(pk, request.user, can_facilitate_workshop)
    room = room_or_404(workshop)
    viewer = Viewer(Role.FACILITATOR, user=request.user)
    tried = attempt(room=room, viewer=viewer, verb=verb, posted=request.POST)
    if tried.refusal is not None:
        return console_page(request, workshop, room, tried)
    already = tried.outcome and tried.outcome.result.get("already")
    messages.success(request, _("It was done already.") if already else _("It is done."))
    place = reverse("workshop_editor:console", args=[workshop.pk])
    return redirect(f"{place}#{request.POST.get('region', 'etape')[:20]}")


@workspace(can_facilitate_anywhere)
@require_POST
def room_open(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Open the room and go to the console."""
    workshop = workshop_or_refuse(pk, request.user, can_open_workshop)
    try:
        open_workshop(actor=request.user, workshop=workshop)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("workshop_editor:detail", workshop.pk)
    return redirect("workshop_editor:console", workshop.pk)


@workspace(can_facilitate_anywhere)
@require_POST
def room_close(request: StaffRequest, pk: UUID) -> HttpResponse:
    """End the workshop."""
    workshop = workshop_or_refuse(pk, request.user, can_close_workshop)
    close_workshop(actor=request.user, workshop=workshop)
    messages.success(request, _("The workshop is over. Its cards wait for the synthesis."))
    return redirect("workshop_editor:detail", workshop.pk)
