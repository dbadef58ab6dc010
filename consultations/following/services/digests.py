"""Digests: what moved, grouped by address, never more often than each chose."""

import datetime
import logging

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from consultations.following.models import Follow, Reader
from consultations.following.selectors import News, followed_item, news_of
from consultations.following.services.letters import DIGEST, send_digest
from core.qr import public_url

__all__ = ["DIGEST", "send_digests"]
logger = logging.getLogger(__name__)
MOST_AT_ONCE = 100  # letters in one tick


def send_digests() -> int:
    """Write to those whose rhythm allows it and for whom something moved until yesterday; how many letters left.

    Called by the tick. What is told is noted with the letter, address by address: a server that stops in the
    middle neither forgets nor repeats more than one letter.
    """
    today = timezone.localdate()
    yesterday = today - datetime.timedelta(days=1)
    behind = Follow.objects.exclude(confirmed_on=None).filter(told_until__lt=yesterday)
    due = Reader.objects.filter(follows__in=behind).filter(_may_be_written(today)).distinct().order_by("pk")
    sent = 0
    for reader in due[:MOST_AT_ONCE]:
        try:
            sent += tell(reader=reader, today=today)
        except OSError:  # the mail server: the address is tried again by the next tick
            logger.exception("A digest could not leave")
    return sent


def _may_be_written(today: datetime.date) -> Q:
    """Readers whose last letter is as old as the rhythm they chose."""
    allowed = Q(written_on=None)
    for rhythm, days in Reader.DAYS.items():
        allowed |= Q(rhythm=rhythm, written_on__lte=today - datetime.timedelta(days=days))
    return allowed


@transaction.atomic
def tell(*, reader: Reader, today: datetime.date) -> bool:
    """One letter with all the news of one reader; False when there is none. The day is noted either way."""
    yesterday = today - datetime.timedelta(days=1)
    locked = Reader.objects.select_for_update().filter(pk=reader.pk).first()
    if locked is None or not locked.may_be_written(today):
        return False
    told: list[tuple[str, str, list[News]]] = []
    for follow in locked.follows.exclude(confirmed_on=None):
        item = followed_item(follow.kind, follow.key)
        if item is None:
            continue
        found = news_of(follow.kind, follow.key, after=follow.told_until or yesterday, until=yesterday)
        if found:
            told.append((item.title, public_url(item.url), found))
    locked.follows.exclude(confirmed_on=None).update(told_until=yesterday)
    if not told:
        return False
    locked.written_on = today
    locked.save(update_fields=["written_on"])
    send_digest(locked, told)
    return True
