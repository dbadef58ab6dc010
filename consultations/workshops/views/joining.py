"""Coming into a room by its code or its QR code, without an account."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultations.live.codes import normalise_room_code
from consultations.live.identity import cookie_name, set_device_cookie
from consultations.live.models import Participant, Room
from consultations.live.problems import Refused
from consultations.live.services import ROOM_CODES, find_participant, find_room, join_room
from consultations.process.selectors import cards_erased_in_words
from consultations.workshops.forms.joining import JoinForm, RoomCodeForm
from consultations.workshops.models import Workshop
from core.tolls import ask_toll, count_wrong, remember_opened, toll_page

KIND = "workshop"
STATUS = {"unknown_code": 404, "room_closed": 410}
INVALID = 422


def room_of_code(code: str) -> tuple[Room, Workshop]:
    """The room of this code, the open one first; a closed one still leads to its receipts.

    A wrong address counts as a wrong code typed.
    """
    normal = normalise_room_code(code)
    rooms = Room.objects.filter(kind=KIND, code=normal).order_by("-is_open", "-opened_at")
    room = rooms.first() if normal else None
    if room is None:
        count_wrong(ROOM_CODES)
        raise Http404
    return room, Workshop.objects.select_related("consultation").get(pk=room.key)


def toll_first(request: HttpRequest, code: str) -> HttpResponse | None:
    """The page that asks for a little work or a wait while many wrong codes arrive; None when the code may be tried."""
    normal = normalise_room_code(code)
    toll = ask_toll(request, ROOM_CODES, normal) if normal else None
    if toll is None:
        return None
    return toll_page(request, toll, action=reverse("workshops:type_code"), code=normal)


def device_of(request: HttpRequest, room: Room) -> Participant | None:
    """The participant whose device this is."""
    return find_participant(room=room, token=request.COOKIES.get(cookie_name(room), ""))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def type_code(request: HttpRequest) -> HttpResponse:
    """Where the six characters are typed; guesses are counted, addresses are not kept."""
    form, status = RoomCodeForm(request.POST if request.method == "POST" else None), 200
    if form.is_bound and form.is_valid():
        if (toll := toll_first(request, form.cleaned_data["code"])) is not None:
            return toll
        try:
            room = find_room(code=form.cleaned_data["code"])
        except Refused as refusal:
            form.add_error("code", refusal.message)
            status = STATUS.get(refusal.code, INVALID)
        else:
            response = redirect("workshops:join", room.code)
            remember_opened(request, response, ROOM_CODES, room.code)
            return response
    elif form.errors:
        status = INVALID
    return render(request, "workshops/room/code.html", {"form": form}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Say who one is here, then come in; a device that came in already goes straight to the room."""
    if (toll := toll_first(request, code)) is not None:
        return toll
    room, workshop = room_of_code(code)
    if device_of(request, room) is not None:
        return redirect("workshops:room", room.code)
    if not room.is_open:
        return render(request, "workshops/room/over.html", {"workshop": workshop}, status=410)
    form = JoinForm(request.POST if request.method == "POST" else None, workshop=workshop)
    if form.is_bound and form.is_valid():
        try:
            joined = join_room(room=room, **form.fields_for_service())
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            response = redirect("workshops:room", room.code)
            set_device_cookie(response, room=room, token=joined.token)
            return response
    context = {
        "form": form,
        "workshop": workshop,
        "room": room,
        "erased_words": cards_erased_in_words(),
    }
    page = render(request, "workshops/room/join.html", context, status=INVALID if form.errors else 200)
    remember_opened(request, page, ROOM_CODES, room.code)
    return page
