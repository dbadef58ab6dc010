"""Who looks at a room: a device by its secret cookie, or a person signed in, behind the staff door."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from accounts.permissions import can_enter_admin, is_member, is_staff_member
from accounts.second_factor import Area, Door, door_for, is_verified
from consultations.live.models import Room
from consultations.live.registries import Role, Viewer, room_kinds
from consultations.live.selectors import find_participants

DEVICE_DAYS = 60
WANTED = "vue"  # ?vue=participant or ?vue=projector: a facilitator asks to see less


@dataclass(frozen=True)
class Identity:
    """What a connection proves who it is with; asked again of the database each time it matters."""

    cookies: Mapping[str, str] = field(repr=False)
    wanted: str = ""


def cookie_name(room: Room) -> str:
    """The cookie that holds this device's secret in this room."""
    return f"live_{room.pk.hex[:12]}"


def set_device_cookie(response: HttpResponse, *, room: Room, token: str) -> None:
    """Keep the device's secret where scripts cannot read it."""
    response.set_cookie(
        cookie_name(room),
        token,
        max_age=DEVICE_DAYS * 86_400,
        httponly=True,
        secure=settings.PUBLIC_URL.startswith("https"),
        samesite="Lax",
    )


def identity_of(request: HttpRequest) -> Identity:
    """The identity a page's request carries."""
    return Identity(request.COOKIES, request.GET.get(WANTED, ""))


def find_viewer(room: Room, identity: Identity) -> Viewer | None:
    """Who this is in this room now; None for someone who has not joined and has no role here."""
    return find_viewers(room, [identity])[0]


def find_viewers(room: Room, identities: Sequence[Identity]) -> list[Viewer | None]:
    """The same for many, their devices read in one go."""
    name = cookie_name(room)
    staff = [staff_viewer(room, identity) for identity in identities]
    tokens = [identity.cookies.get(name, "") for identity in identities]
    unknown = [token for viewer, token in zip(staff, tokens, strict=True) if viewer is None]
    known = find_participants(room=room, tokens=unknown)
    return [
        viewer or (Viewer(Role.PARTICIPANT, participant=known[token]) if token in known else None)
        for viewer, token in zip(staff, tokens, strict=True)
    ]


def staff_viewer(room: Room, identity: Identity) -> Viewer | None:
    """The person signed in who has a role here, unless they ask to look as a participant."""
    if identity.wanted == Role.PARTICIPANT or (user := signed_in_staff(identity)) is None:
        return None
    role = room_kinds[room.kind].view_of(user, room)
    if role is None:
        return None
    return Viewer(Role.PROJECTOR if identity.wanted == Role.PROJECTOR else role, user=user)


def signed_in_staff(identity: Identity) -> User | None:
    """The person signed in, once their second factor is proved when their role wants one."""
    key = identity.cookies.get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    user = get_user(request)
    if not is_member(user):
        return None
    request.user = user
    door = door_for(
        Area.WORKSPACE,
        signed_in=True,
        is_staff=is_staff_member(user),
        may_enter_admin=can_enter_admin(user),
        verified=is_verified(get_authentication_records(request, user)),
        has_factor=is_mfa_enabled(user),
    )
    return user if door is Door.OPEN else None


def milliseconds() -> int:
    """The server's clock as clients receive it."""
    return int(time.time() * 1000)
