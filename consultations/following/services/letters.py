"""The letters themselves: a confirmation to give, a digest of news."""

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from consultations.following.models import Follow, Reader
from consultations.following.selectors import News, followed_item
from consultations.following.tokens import confirm_token, reader_token
from core.qr import public_url
from core.returned_mail import traced_id

DIGEST = "digest"
Told = Sequence[tuple[str, str, Sequence[News]]]  # title, address, news


def ask_confirmation(follow: Follow) -> None:
    """Write once the transaction is committed."""
    transaction.on_commit(lambda: send_confirmation.enqueue(str(follow.pk)))


@task()
def send_confirmation(follow_id: str) -> None:
    """Ask the address to confirm one thing, if it still waits for it."""
    follow = Follow.objects.select_related("reader").filter(pk=follow_id, confirmed_on=None).first()
    item = followed_item(follow.kind, follow.key) if follow is not None else None
    if follow is None or item is None:
        return
    with translation.override(follow.reader.language):
        page = public_url(reverse("following:confirm", args=[confirm_token(follow)]))
        body = render_to_string("following/email/confirm.txt", {"title": item.title, "page": page})
        _letter(follow.reader, _("Confirm your subscription: %(title)s") % {"title": item.title}, body).send()


def send_digest(reader: Reader, told: Told) -> None:
    """One letter for everything; raises what the mail server raises."""
    with translation.override(reader.language):
        body = render_to_string("following/email/digest.txt", {"told": told, "manage": _own_page(reader)})
        _letter(reader, _("News of what you follow"), body).send()


def _own_page(reader: Reader) -> str:
    return public_url(reverse("following:manage", args=[reader_token(reader)]))


def _letter(reader: Reader, subject: str, body: str) -> EmailMessage:
    """With what mail programs need to offer one click to stop (RFC 8058), and to lead a return back to us."""
    stop = public_url(reverse("following:stop", args=[reader_token(reader)]))
    headers: dict[str, Any] = {
        "Message-ID": traced_id(DIGEST, reader.pk),
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    return EmailMessage(" ".join(subject.split()), body, to=[reader.email], headers=headers)
