"""The members' door and their page during the meeting: no account is needed, the code of the notice opens it."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations.councils.models import Mandate
from consultations.councils.permissions import mandate_of
from consultations.councils.selectors import bylaw
from consultations.live.identity import cookie_name, set_device_cookie
from consultations.live.models import Participant, Room
from consultations.live.problems import Refused
from consultations.live.registries import Role, Viewer
from consultations.live.services import find_participant, perform, touch_participant
from consultations.meetings.codes import PURPOSE
from consultations.meetings.forms import DoorForm
from consultations.meetings.models import Attendance, Meeting
from consultations.meetings.selectors.sitting import mine_of, screen_of
from consultations.meetings.services import attending
from consultations.meetings.services.acting import ROOM
from consultations.meetings.services.attending import UnknownCode
from core.receipts import normalise_code
from core.tolls import ask_toll, count_wrong, remember_opened, toll_page

INVALID = 422
VERBS = {
    "parole": "speech.ask",
    "retirer": "speech.withdraw",
    "voter": "vote.cast",
    "secret": "vote.ask_secret",
}


def convened_or_404(slug: str, number: int) -> Meeting:
    """A meeting whose members were convened; its council may be for members only, the code is the key."""
    rows = Meeting.objects.announced().select_related("council", "current_item", "minutes")
    return get_object_or_404(rows, council__slug=slug, number=number)


def _device(request: HttpRequest, meeting: Meeting) -> tuple[Room | None, Participant | None]:
    room = Room.objects.filter(kind=ROOM, key=str(meeting.pk)).first()
    if room is None:
        return None, None
    return room, find_participant(room=room, token=request.COOKIES.get(cookie_name(room), ""))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say that one is there: with the code of the notice, or signed in as a member."""
    meeting = convened_or_404(slug, number)
    _room, device = _device(request, meeting)
    if device is not None and request.method != "POST" and meeting.state in attending.DOORS:
        return redirect("meetings:room", slug, number)
    mine = mandate_of(request.user, meeting.council, meeting.held_on)
    form = _form(request, meeting, knows_who=mine is not None)
    if form.is_bound and form.is_valid():
        code = normalise_code(form.cleaned_data.get("code", "")) or ""
        if mine is None and code and (toll := ask_toll(request, PURPOSE, code)) is not None:
            return toll_page(
                request,
                toll,
                action=request.path,
                code=code,
                kept=[("way", form.cleaned_data.get("way", "present"))],
            )
        if (response := _come_in(request, meeting, form, mine)) is not None:
            return response
    context = {"meeting": meeting, "council": meeting.council, "form": form, "mine": mine}
    status = INVALID if form.errors else 200
    return render(request, "meetings/room/door.html", context, status=status)


def _form(request: HttpRequest, meeting: Meeting, *, knows_who: bool) -> DoorForm:
    remote = bool(bylaw(meeting.council, "remote_attendance", meeting.held_on).value)
    data = request.POST if request.method == "POST" else None
    initial = {"code": request.GET.get("code", "")[:120].replace("-", " "), "way": "present"}
    return DoorForm(data, initial=initial, knows_who=knows_who, allows_remote=remote)


def _come_in(
    request: HttpRequest, meeting: Meeting, form: DoorForm, mine: Mandate | None
) -> HttpResponse | None:
    typed = form.cleaned_data.get("code", "")
    try:
        mandate = mine or attending.mandate_of_code(meeting, typed)
        joined = attending.check_in_self(
            meeting=meeting, mandate=mandate, way=form.cleaned_data.get("way", "present")
        )
    except UnknownCode as error:
        count_wrong(PURPOSE)
        form.add_error("code", error)
        return None
    except (ValidationError, Refused) as error:
        form.add_error(None, error if isinstance(error, ValidationError) else error.message)
        return None
    response = redirect("meetings:room", meeting.council.slug, meeting.number)
    set_device_cookie(response, room=joined.participant.room, token=joined.token)
    if mine is None:
        remember_opened(request, response, PURPOSE, normalise_code(typed) or "")
    return response


@never_cache
@require_safe
def room(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A member's page during the meeting."""
    meeting = convened_or_404(slug, number)
    live, device = _device(request, meeting)
    if live is None or device is None:
        return redirect("meetings:door", slug, number)
    if meeting.state not in attending.DOORS:
        return render(request, "meetings/room/over.html", {"meeting": meeting, "council": meeting.council})
    try:
        attendance = attending.attendance_of_device(meeting, device)
    except PermissionDenied as error:
        messages.error(request, str(error))
        return redirect(reverse("meetings:door", args=[slug, number]))
    touch_participant(participant=device)
    return _room_page(request, meeting, live, attendance)


def _room_page(
    request: HttpRequest, meeting: Meeting, live: Room, attendance: Attendance, status: int = 200, **more: Any
) -> HttpResponse:
    screen = screen_of(meeting)
    context = {
        "meeting": meeting,
        "council": meeting.council,
        "live": live,
        "screen": screen,
        "mine": mine_of(screen, attendance),
        "client_uuid": uuid.uuid4(),
        **more,
    }
    return render(request, "meetings/room/member.html", context, status=status)


@never_cache
@require_POST
def act(request: HttpRequest, slug: str, number: int, verb: str) -> HttpResponse:
    """Ask to speak, leave the queue, vote: the same door as the sockets."""
    meeting = convened_or_404(slug, number)
    live, device = _device(request, meeting)
    if live is None or device is None:
        return redirect("meetings:door", slug, number)
    data = {
        name: request.POST[name]
        for name in ("decision", "choice", "seat")
        if name in request.POST and verb == "voter"
    }
    viewer = Viewer(Role.PARTICIPANT, participant=device)
    try:
        done = perform(
            room=live, viewer=viewer, verb=VERBS.get(verb, verb), data=data, client_uuid=_key(request)
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _said(verb, done.result))
    return redirect("meetings:room", slug, number)


def _said(verb: str, result: dict[str, Any]) -> str:
    if verb == "voter":
        return (
            _("Your vote is counted.")
            if result.get("created", True)
            else _("You had already voted: nothing changed.")
        )
    if verb == "secret":
        return _("The vote on this item is secret. Nobody is told who asked.")
    return _("You are in the queue.") if verb == "parole" else _("You left the queue.")


def _key(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("client_uuid", ""))
    except ValueError:
        return uuid.uuid4()


@never_cache
@require_POST
def leave(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A member says that they leave."""
    meeting = convened_or_404(slug, number)
    live, device = _device(request, meeting)
    if live is not None and device is not None:
        attendance = attending.attendance_of_device(meeting, device)
        attending.record_leaving(actor=None, attendance=attendance)
        messages.success(request, _("Your departure is recorded. Thank you."))
    return redirect("meetings:door", slug, number)
