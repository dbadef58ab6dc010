"""What typing a code costs while many wrong ones arrive: a little work or a short wait, never a refusal.

Wrong codes are counted for everybody together, since no address is kept. Below the limit a code is looked up at
once. Above it, each attempt first gets a ticket bound to the code typed: the page's script pays it with a proof of
work, and without JavaScript it is paid by waiting. A right code therefore always opens, whatever others type.
Why, and what it is worth: `docs/decisions/0051-a-toll-on-codes-not-a-wall.md`.
"""

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.receipts import keyed_digest
from core.throttle import count_hit, hits

FREE_PER_MINUTE = 120
LEAST_BITS, MOST_BITS = 13, 16
LEAST_WAIT, MOST_WAIT = 10, 120
TICKET_SECONDS = 900
PAID_SECONDS = 3600
SALT = "core.tolls"
COOKIE = "code_ouvert"


@dataclass(frozen=True)
class Toll:
    """What is asked before this code is looked up: `bits` of work on `ticket`, or `wait` seconds."""

    ticket: str
    bits: int
    wait: int


def count_wrong(purpose: str) -> None:
    """One more wrong code of this purpose."""
    count_hit(f"wrong:{purpose}")


def ask_toll(request: HttpRequest, purpose: str, code: str) -> Toll | None:
    """None when the code may be looked up now: few wrong ones arrive, or this attempt is paid."""
    excess = hits(f"wrong:{purpose}") - FREE_PER_MINUTE
    if excess < 0 or _was_opened(request, purpose, code):
        return None
    sent = request.POST.get("ticket", "")[:500]
    ticket = _read(sent, purpose, code)
    if ticket is None:
        return _new_toll(purpose, code, excess)
    left = ticket["at"] + ticket["wait"] - int(time.time())
    if left <= 0 or is_proof(sent, request.POST.get("proof", "")[:20], ticket["bits"]):
        return None
    return Toll(sent, ticket["bits"], left)


def _new_toll(purpose: str, code: str, excess: int) -> Toll:
    bits = min(MOST_BITS, LEAST_BITS + (excess // FREE_PER_MINUTE).bit_length())
    wait = min(MOST_WAIT, LEAST_WAIT + excess // 4)
    content = {"for": _mark(purpose, code), "bits": bits, "wait": wait, "at": int(time.time())}
    return Toll(signing.dumps(content, salt=SALT), bits, wait)


def _read(ticket: str, purpose: str, code: str) -> dict[str, Any] | None:
    try:
        content: dict[str, Any] = signing.loads(ticket, salt=SALT, max_age=TICKET_SECONDS)
    except signing.BadSignature:
        return None
    return content if content["for"] == _mark(purpose, code) else None


def _mark(purpose: str, code: str) -> str:
    return keyed_digest(f"toll:{purpose}", code).hex()[:32]


def is_proof(ticket: str, proof: str, bits: int) -> bool:
    """True when SHA-256 of `ticket:proof` begins with `bits` zeros; nothing sent proves nothing, even by luck."""
    if not proof:
        return False
    digest = hashlib.sha256(f"{ticket}:{proof}".encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:4]) >> (32 - bits) == 0


def remember_opened(request: HttpRequest, response: HttpResponse, purpose: str, code: str) -> None:
    """This browser opened this code: for an hour it may do so again without paying."""
    response.set_signed_cookie(
        COOKIE,
        _mark(purpose, code),
        salt=SALT,
        max_age=PAID_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def _was_opened(request: HttpRequest, purpose: str, code: str) -> bool:
    try:
        return request.get_signed_cookie(COOKIE, "", salt=SALT, max_age=PAID_SECONDS) == _mark(purpose, code)
    except signing.BadSignature:
        return False


def toll_page(
    request: HttpRequest, toll: Toll, *, action: str, code: str, kept: Sequence[tuple[str, str]] = ()
) -> HttpResponse:
    """The code, kept, with what to do; `action` takes it in a field named `code`, with what was sent beside it."""
    context = {"toll": toll, "action": action, "code": code, "kept": kept}
    response = render(request, "core/toll.html", context, status=429)
    response["Retry-After"] = str(toll.wait)
    return response
