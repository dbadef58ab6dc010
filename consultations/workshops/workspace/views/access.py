"""Finding the workshop a person may work on, or refusing with the right status."""

from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.live.models import Room
from consultations.workshops.models import Workshop
from consultations.workshops.services.running import find_room_of

INVALID, CONFLICT = 422, 409


def workshop_or_refuse(pk: UUID, user: User, may: Callable[[User, Workshop], bool]) -> Workshop:
    """The workshop when the person may; 404 when it does not exist, 403 when they may not."""
    found = Workshop.objects.select_related(
        "consultation__territory", "consultation__organisation", "territory"
    )
    workshop = get_object_or_404(found, pk=pk)
    if not may(user, workshop):
        raise PermissionDenied(_("You may not do this with this workshop, or not in its present state."))
    return workshop


def room_or_404(workshop: Workshop) -> Room:
    """Its room, once it was opened."""
    room = find_room_of(workshop)
    if room is None:
        raise Http404(_("The room of this workshop is not open yet."))
    return room
