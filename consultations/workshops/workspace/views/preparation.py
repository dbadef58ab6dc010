"""The list of the workshops one runs, and one workshop."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from consultations.process.views.access import StaffRequest, workspace
from consultations.workshops.permissions import (
    can_close_workshop,
    can_edit_workshop,
    can_facilitate_anywhere,
    can_facilitate_workshop,
    can_open_workshop,
)
from consultations.workshops.selectors import facilitated_by
from consultations.workshops.services.running import find_room_of
from consultations.workshops.workspace.views.access import workshop_or_refuse


@workspace(can_facilitate_anywhere)
def workshop_list(request: StaffRequest) -> HttpResponse:
    """The workshops one runs: drafts and those to come first."""
    found = facilitated_by(request.user)
    now = timezone.now()
    context = {
        "drafts": found.filter(status="draft").order_by("starts_at"),
        "to_come": found.to_come(now),
        "over": found.exclude(status="draft").over(now),
    }
    return render(request, "workshops/workspace/workshop_list.html", context)


@workspace(can_facilitate_anywhere)
def workshop_detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Where a workshop stands, and what can be done now."""
    workshop = workshop_or_refuse(pk, request.user, can_facilitate_workshop)
    stages = list(workshop.stages.select_related("source"))
    context = {
        "workshop": workshop,
        "stages": stages,
        "minutes": sum(stage.minutes for stage in stages),
        "room": find_room_of(workshop),
        "can_edit": can_edit_workshop(request.user, workshop),
        "can_open": can_open_workshop(request.user, workshop),
        "can_close": can_close_workshop(request.user, workshop),
    }
    return render(request, "workshops/workspace/workshop_detail.html", context)
