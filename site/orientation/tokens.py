"""Links of letters, valid for eight days.

A service answers without account by a random one, kept as a keyed hash; a person says by a signed one that a new e-mail
address is theirs.
"""

import datetime
import secrets

from django.core import signing
from django.utils import timezone

from core.receipts import keyed_digest
from orientation.models import AnswerLink, HelpRequest, Sending

VALID = datetime.timedelta(days=8)
AGAIN_AFTER = datetime.timedelta(minutes=10)
"""Before the same service may ask for another link."""
LONGEST = 100
NEW_ADDRESS = "orientation.new_address"


def new_link(sending: Sending) -> tuple[str, AnswerLink]:
    """A token that opens this request, and its row, which keeps the hash only."""
    token, now = secrets.token_urlsafe(32), timezone.now()
    link = AnswerLink.objects.create(
        sending=sending, token_hash=hash_token(token), sent_at=now, expires_at=now + VALID
    )
    return token, link


def find_link(token: str) -> AnswerLink | None:
    """The link of a token, expired ones included; None for a forged one."""
    if len(token) > LONGEST:
        return None
    rows = AnswerLink.objects.select_related(
        "sending__help_request__commune", "sending__service__organisation__record"
    )
    return rows.filter(token_hash=hash_token(token)).first()


def is_expired(link: AnswerLink) -> bool:
    """Past its eight days."""
    return link.expires_at <= timezone.now()


def was_just_sent(sending: Sending) -> bool:
    """A link left a few minutes ago: another would fill a mailbox."""
    return sending.links.filter(sent_at__gt=timezone.now() - AGAIN_AFTER).exists()


def hash_token(token: str) -> str:
    return keyed_digest("orientation.answer", token).hex()


def new_address_token(request: HelpRequest) -> str:
    """Names the request and a mark of the address that waits, never the address."""
    return signing.dumps([request.pk.hex, _mark(request)], salt=NEW_ADDRESS)


def find_new_address(token: str) -> HelpRequest | None:
    """The request whose address waits for this link; None for a forged, an old or a used one."""
    try:
        key, mark = signing.loads(token, salt=NEW_ADDRESS, max_age=VALID)
    except signing.BadSignature:
        return None
    found = HelpRequest.objects.kept().exclude(contact_waiting="").filter(pk=key).first()
    return found if found is not None and _mark(found) == mark else None


def _mark(request: HelpRequest) -> str:
    return keyed_digest(NEW_ADDRESS, f"{request.pk.hex}:{request.contact_waiting}").hex()[:24]
