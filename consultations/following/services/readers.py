"""Asking to be told, confirming, changing the rhythm, stopping."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from consultations.following.models import Follow, Reader
from consultations.following.selectors import followed_item
from consultations.following.services.letters import ask_confirmation

MOST_FOLLOWED = 100
AGAIN_AFTER = datetime.timedelta(minutes=10)  # before the same confirmation is written again
UNCONFIRMED_FOR = datetime.timedelta(days=3)


@transaction.atomic
def ask_to_follow(*, email: str, kind: str, key: str, rhythm: str) -> Follow:
    """Ask to be told; a letter asks the address to confirm. Says nothing of whether the address was known.

    Raises ValidationError when the thing has no public page, or too much is followed already.
    """
    if followed_item(kind, key) is None:
        raise ValidationError(_("This cannot be followed."))
    language = translation.get_language() or "fr"
    reader, _created = Reader.objects.get_or_create(
        email=email.strip().lower(), defaults={"rhythm": rhythm, "language": language}
    )
    if reader.follows.count() >= MOST_FOLLOWED:
        raise ValidationError(_("This address already follows a great many things: stop some of them first."))
    follow, created = Follow.objects.get_or_create(reader=reader, kind=kind, key=key)
    if follow.confirmed_on is None and (created or follow.asked_at < timezone.now() - AGAIN_AFTER):
        follow.asked_at = timezone.now()
        follow.save(update_fields=["asked_at"])
        ask_confirmation(follow)
    return follow


@transaction.atomic
def confirm_follow(*, follow: Follow) -> Follow:
    """The person who reads this address agrees. News are told from this day on."""
    locked = Follow.objects.select_for_update().get(pk=follow.pk)
    if locked.confirmed_on is None:
        locked.confirmed_on = timezone.localdate()
        locked.told_until = locked.confirmed_on - datetime.timedelta(days=1)
        locked.save(update_fields=["confirmed_on", "told_until"])
    return locked


@transaction.atomic
def change_rhythm(*, reader: Reader, rhythm: str) -> Reader:
    """How often, at most; raises ValidationError for another word."""
    reader.rhythm = rhythm
    reader.full_clean(exclude=["email"])
    reader.save(update_fields=["rhythm"])
    return reader


@transaction.atomic
def stop_following(*, reader: Reader, follow_id: str = "") -> None:
    """Stop one thing, or all; an address that follows nothing is forgotten at once."""
    follows = reader.follows.filter(pk=follow_id) if follow_id else reader.follows.all()
    follows.delete()
    if not reader.follows.exists():
        Reader.objects.filter(pk=reader.pk).delete()


def stop_at_return(key: str, status: str) -> bool:
    """A letter came back for good: the address is forgotten. A mailbox that is full is not."""
    if status.startswith("4") or status == "5.2.2":
        return False
    return bool(Reader.objects.filter(pk=key).delete()[0])


@transaction.atomic
def forget_unconfirmed() -> int:
    """Addresses that did not confirm in time are forgotten."""
    Follow.objects.filter(confirmed_on=None, asked_at__lt=timezone.now() - UNCONFIRMED_FOR).delete()
    return Reader.objects.filter(follows=None).delete()[0]
