"""What a closed room keeps, and for how long. What people contributed belongs to the apps above, which keep it."""

import datetime

from django.db import models, transaction
from django.utils import timezone

from consultations.live.models import Event, Participant, Performed, Room

SECRETS_FOR = datetime.timedelta(
    days=60
)  # as long as the device's cookie: to comment, to see what became of it
LOG_FOR = datetime.timedelta(days=90)


def purge_rooms() -> int:
    """Forget the devices' secrets and names, then the log, of rooms closed for long; how many rows changed."""
    now = timezone.now()
    return _forget_people(now - SECRETS_FOR) + _forget_log(now - LOG_FOR)


@transaction.atomic
def forget_room(*, room: Room) -> int:
    """Forget now who was in a closed room and its log, because what it was for is over; how many rows changed."""
    found = Room.objects.filter(pk=room.pk, is_open=False)
    return _forget_people_of(found) + _forget_log_of(found)


@transaction.atomic
def forget_log(*, room: Room) -> int:
    """Forget now what was said in a closed room, because nobody may read it any more; how many rows changed."""
    return _forget_log_of(Room.objects.filter(pk=room.pk, is_open=False))


def _forget_people(before: datetime.datetime) -> int:
    return _forget_people_of(Room.objects.filter(is_open=False, closed_at__lt=before))


@transaction.atomic
def _forget_people_of(closed: models.QuerySet[Room]) -> int:
    known = Participant.objects.filter(room__in=closed).exclude(token_hash="", display_name="", user=None)
    return known.update(token_hash="", display_name="", user=None)


def _forget_log(before: datetime.datetime) -> int:
    return _forget_log_of(Room.objects.filter(is_open=False, closed_at__lt=before))


@transaction.atomic
def _forget_log_of(closed: models.QuerySet[Room]) -> int:
    count, _by_model = Performed.objects.filter(room__in=closed).delete()
    return count + Event.objects.filter(room__in=closed).delete()[0]
