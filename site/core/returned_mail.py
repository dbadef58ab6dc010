"""E-mails that come back after they left: a mail server's report or a provider's event, led back to what was sent.

A letter that must be followed carries a signed `Message-ID` (`traced_id`); whoever knows no secret cannot make one, so
that a forged report changes nothing. Apps register what a return means for one of their kinds. Nothing of the
report is kept but its status: addresses and words of people stay out.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from core.registry import Registry

SALT = "core.returned_mail"
TRACE = re.compile(r"([a-z_]{1,24})\.([0-9a-f-]{1,36})\.([0-9a-f]{24})@")
STATUS = re.compile(r"\b([45])\.(\d{1,3})\.(\d{1,3})\b")
NEVER_DELIVERED = re.compile(
    r"bounce|fail|invalid|block|reject|undeliver|dropped|complain|spam", re.IGNORECASE
)
TEMPORARY = re.compile(r"soft|defer|delay|temporar|transient", re.IGNORECASE)
MOST_DEEP, LARGEST = 12, 2_000_000
Followed = Callable[[str, str], bool]

returned_letters: Registry[Followed] = Registry("what follows when a letter comes back")


@dataclass(frozen=True)
class Returned:
    """A letter that never arrived: which one, and the status the other server gave (RFC 3463), or nothing."""

    kind: str
    key: str
    status: str


def _signature(kind: str, key: str) -> str:
    return salted_hmac(SALT, f"{kind}:{key}", algorithm="sha256").hexdigest()[:24]


def traced_id(kind: str, key: object) -> str:
    """The `Message-ID` of a letter whose return is to be followed."""
    host = urlsplit(settings.PUBLIC_URL).hostname
    return f"<{kind}.{key}.{_signature(kind, str(key))}@{host}>"


def _traced(text: str) -> tuple[str, str] | None:
    """The letter a text names, when its signature is ours."""
    for kind, key, signature in TRACE.findall(text):
        if constant_time_compare(signature, _signature(kind, key)):
            return kind, key
    return None


def read_report(raw: bytes) -> Returned | None:
    """A mail server's report (RFC 3464): None for a delay, an automatic answer or a letter that is not ours."""
    message = message_from_bytes(raw[:LARGEST])
    if message.get_content_type() != "multipart/report":
        return None
    status = next((found for part in message.walk() for found in _failures(part)), None)
    letter = next((found for part in message.walk() if (found := _traced(_headers(part)))), None)
    return Returned(*letter, status) if letter and status is not None else None


def _failures(part: Message) -> Iterator[str]:
    if part.get_content_type() == "message/delivery-status":
        for block in part.walk():
            if str(block.get("Action", "")).strip().lower() == "failed":
                yield str(block.get("Status", "")).strip()[:12]


def _headers(part: Message) -> str:
    """The identity of the letter that is sent back: whole, or its headers alone."""
    if part.get_content_type() == "text/rfc822-headers":
        payload = part.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return str(part.get("Message-ID", ""))


def read_event(event: Any) -> Returned | None:
    """One event of a provider, whatever its own words: its name says that it failed for good, an id is ours."""
    texts = list(_texts(event))
    names = [text for name, text in texts if name.lower() in {"event", "type", "recordtype", "status"}]
    failed = any(NEVER_DELIVERED.search(text) and not TEMPORARY.search(text) for text in names)
    letter = next((found for _name, text in texts if (found := _traced(text))), None)
    if not failed or letter is None:
        return None
    status = next((match.group() for _name, text in texts if (match := STATUS.search(text))), "")
    return Returned(*letter, status)


def _texts(value: Any, name: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield name, value
    elif depth < MOST_DEEP and isinstance(value, dict):
        for key, one in value.items():
            yield from _texts(one, str(key), depth + 1)
    elif depth < MOST_DEEP and isinstance(value, list):
        for one in value:
            yield from _texts(one, name, depth + 1)


def read_events(raw: bytes) -> list[Returned]:
    """What providers post: one event or a list; raises ValueError when it is not JSON."""
    found = json.loads(raw[:LARGEST])
    events = found if isinstance(found, list) else [found]
    return [one for one in map(read_event, events) if one is not None]


def follow(found: Returned) -> bool:
    """Tell the app that sent the letter; False when nothing changed, for instance told twice."""
    if found.kind not in returned_letters:
        return False
    return returned_letters[found.kind](found.key, found.status)
