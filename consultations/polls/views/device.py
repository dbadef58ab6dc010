"""What a browser keeps of a poll: a random key, and whether it voted. One signed cookie for each poll."""

from dataclasses import dataclass
from uuid import uuid4

from django.core import signing
from django.http import HttpRequest, HttpResponse

from consultations.polls.models import Poll

SALT = "polls.device"
AGE = 180 * 24 * 3600
LONGEST = 80


@dataclass(frozen=True)
class Device:
    """`key` is the voter's: random for a device, its code for an invitation. Empty when nothing is kept."""

    key: str = ""
    has_voted: bool = False


def cookie_name(poll: Poll) -> str:
    """One for each poll, so that devices cannot be followed from poll to poll."""
    return f"sondage_{poll.slug}"


def read_device(request: HttpRequest, poll: Poll) -> Device:
    """What the browser holds; a forged cookie holds nothing."""
    try:
        value = request.get_signed_cookie(cookie_name(poll), default="", salt=SALT) or ""
    except signing.BadSignature:
        return Device()
    return Device(value[1:], value[:1] == "v") if 1 < len(value) <= LONGEST else Device()


def new_device() -> Device:
    """A key that says nothing about who holds it."""
    return Device(uuid4().hex)


def keep_device(request: HttpRequest, response: HttpResponse, poll: Poll, device: Device) -> HttpResponse:
    """Remember it in this browser."""
    response.set_signed_cookie(
        cookie_name(poll),
        f"{'v' if device.has_voted else 'n'}{device.key}",
        salt=SALT,
        max_age=AGE,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response
