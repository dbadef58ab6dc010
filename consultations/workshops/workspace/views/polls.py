"""Writing the polls of a workshop before or during it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.access import take_errors
from consultations.live.models import Room
from consultations.polls.services import create_poll
from consultations.process.views.access import StaffRequest, posted, workspace
from consultations.workshops.forms.polls import RoomPollForm
from consultations.workshops.permissions import can_edit_workshop, can_facilitate_anywhere
from consultations.workshops.polling import PLACE
from consultations.workshops.workspace.views.access import INVALID, workshop_or_refuse


@workspace(can_facilitate_anywhere)
def poll_create(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A draft; it is opened from the console."""
    workshop = workshop_or_refuse(pk, request.user, can_edit_workshop)
    form = RoomPollForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            create_poll(actor=request.user, place=(PLACE, str(workshop.pk)), **form.fields_for_service())
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("The poll is ready: open it from the console."))
            is_running = Room.objects.filter(kind=PLACE, key=str(workshop.pk)).exists()
            return redirect(f"workshop_editor:{'console' if is_running else 'detail'}", workshop.pk)
    context = {"form": form, "workshop": workshop}
    return render(
        request, "workshops/workspace/poll_form.html", context, status=INVALID if form.errors else 200
    )
