"""Who is here, kept in bulk: a thousand sockets are two statements every ten seconds."""

from collections.abc import Collection
from uuid import UUID

from django.utils import timezone

from consultations.live.models import Participant
from consultations.live.selectors import PRESENT_FOR
from consultations.live.threads import one_writer

CHUNK = 500


def keep_presence(*, present: Collection[UUID], gone: Collection[UUID]) -> None:
    """These devices are here now, these others have left."""
    now = timezone.now()
    with one_writer():
        for some in _chunks(present):
            Participant.objects.filter(pk__in=some).update(last_seen_at=now, left_at=None)
        for some in _chunks(gone):
            Participant.objects.filter(pk__in=some).update(left_at=now)


def touch_participant(*, participant: Participant) -> None:
    """Someone without a socket opened a page: written when what is known of them is getting old."""
    now = timezone.now()
    if participant.left_at is not None or now - participant.last_seen_at > PRESENT_FOR / 3:
        keep_presence(present=[participant.pk], gone=[])
        participant.last_seen_at, participant.left_at = now, None


def _chunks(keys: Collection[UUID]) -> list[list[UUID]]:
    listed = list(keys)
    return [listed[start : start + CHUNK] for start in range(0, len(listed), CHUNK)]
