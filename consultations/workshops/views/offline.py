"""What a phone keeps of a room to open it without network: the script that keeps it, and an empty room page."""

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from consultations.workshops.screens import blank_screen
from consultations.workshops.views.joining import device_of, room_of_code
from consultations.workshops.views.room import page_context

WORKER = Path(__file__).resolve().parents[1] / "static" / "workshops" / "js" / "worker.js"


@cache_control(no_cache=True)
@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The script, under the rooms' address: a browser lets it answer for the pages below only."""
    return HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")


@never_cache
@require_safe
def shell(request: HttpRequest, code: str) -> HttpResponse:
    """The page of this device's room with nothing anyone wrote in it."""
    live, _workshop = room_of_code(code)
    participant = device_of(request, live)
    if participant is None or not live.is_open:
        raise Http404
    context = page_context(live, participant, blank_screen())
    return render(request, "workshops/room/participant.html", {**context, "is_shell": True})
