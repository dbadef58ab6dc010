"""One click per role, and the mailbox. These pages answer this machine only."""

import time
from collections.abc import Callable
from functools import wraps

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.models import User
from consultations.live.models import Room
from consultations.workshops.models import Workshop
from consultations.workshops.permissions import can_facilitate_workshop
from demo import services
from demo.elections import codes_to_try
from demo.loopback import is_loopback_address
from demo.mailbox import letters
from demo.roles import BY_KEY, PASSWORD, PEOPLE
from demo.threads import receipt_to_try

View = Callable[..., HttpResponse]
TOTP_SECONDS = 30


def only_this_machine(view: View) -> View:
    """Refuse any other machine, whatever host name it claims; 404 outside the demo."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        if not is_loopback_address(request.META.get("REMOTE_ADDR", "")):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return never_cache(guarded)


@only_this_machine
def doors(request: HttpRequest) -> HttpResponse:
    """Everyone one may be."""
    counter = int(time.time()) // TOTP_SECONDS
    loaded = set(User.objects.filter(email__in=[p.email for p in PEOPLE]).values_list("email", flat=True))
    people = [
        (person, format_hotp_value(hotp_value(person.totp_secret, counter)) if person.is_staff else "")
        for person in PEOPLE
        if person.email in loaded
    ]
    context = {
        "people": people, "password": PASSWORD, "rooms": open_rooms(request.user), "vote": codes_to_try(),
        "receipt": receipt_to_try(),
    }  # fmt: skip
    return render(request, "demo/doors.html", context)


def open_rooms(user: User | AnonymousUser) -> list[tuple[Room, Workshop, bool]]:
    """The workshops one may come into now, with the code of their room, and whether this visitor may run them."""
    rooms = {room.key: room for room in Room.objects.filter(kind="workshop", is_open=True)}
    workshops = Workshop.objects.filter(pk__in=rooms).order_by("starts_at")
    return [
        (rooms[str(workshop.pk)], workshop, can_facilitate_workshop(user, workshop)) for workshop in workshops
    ]


@only_this_machine
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Become someone of the story."""
    person = BY_KEY.get(request.POST.get("person", ""))
    if person is None:
        raise Http404
    services.enter_as(request, person)
    return redirect(person.starts_at)


@only_this_machine
def mailbox(request: HttpRequest) -> HttpResponse:
    """The e-mails that went nowhere."""
    return render(
        request, "demo/mailbox.html", {"letters": letters(getattr(settings, "EMAIL_FILE_PATH", None))}
    )
