"""A list of services kept in the reader's own browser: no account, nothing on our side."""

from collections.abc import Sequence

from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "diapason_services"
SALT = "directory.saved"
KEPT_SECONDS = 90 * 24 * 3600
MOST = 30


def read_saved(request: HttpRequest) -> list[int]:
    """The keys of the services kept, the last added first; nothing when the cookie was changed by hand."""
    try:
        written = request.get_signed_cookie(COOKIE, "", salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return []
    return [int(part) for part in (written or "").split(".") if part.isdecimal()][:MOST]


def with_service(kept: Sequence[int], key: int) -> list[int]:
    """The list with this service first."""
    return [key, *(one for one in kept if one != key)][:MOST]


def remember(request: HttpRequest, response: HttpResponse, kept: Sequence[int]) -> None:
    """Keep the list for three months, or forget it when it is empty."""
    if not kept:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_signed_cookie(
        COOKIE,
        ".".join(map(str, kept)),
        salt=SALT,
        max_age=KEPT_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
