"""Letters of a workshop, in plain words, each sent at most once: a row is marked before its letter leaves.

Letters about one registration leave at once; changes, reminders and invitations leave by themselves, a few at
a time, and go on where they stopped.
"""

import datetime
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from consultations.workshops.calendars import CONTENT_TYPE, calendar_of, file_name
from consultations.workshops.models import Invitation, Registration, Workshop
from core.qr import public_url

BATCH = 50
REMINDERS = (7, 1)  # days before
Recipient = Registration | Invitation


class Letter(StrEnum):
    """Why we write."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    AGAIN = "again"
    PROMOTED = "promoted"
    GIVEN_BACK = "given_back"
    CHANGED = "changed"
    WORKSHOP_CANCELLED = "workshop_cancelled"
    REMINDER = "reminder"
    INVITATION = "invitation"


WITH_CALENDAR = frozenset(Letter) - {Letter.WAITING, Letter.GIVEN_BACK}


def subject_of(letter: Letter) -> str:
    """The object of the e-mail; `title` is to be filled."""
    return {
        Letter.CONFIRMED: _("You are registered: %(title)s"),
        Letter.AGAIN: _("You are already registered: %(title)s"),
        Letter.WAITING: _("You are on the waiting list: %(title)s"),
        Letter.PROMOTED: _("A place is free for you: %(title)s"),
        Letter.GIVEN_BACK: _("Your registration is cancelled: %(title)s"),
        Letter.CHANGED: _("The place or the hour has changed: %(title)s"),
        Letter.WORKSHOP_CANCELLED: _("The workshop will not be held: %(title)s"),
        Letter.REMINDER: _("Reminder: %(title)s"),
        Letter.INVITATION: _("Invitation: %(title)s"),
    }[letter]


def write_later(*, registration: Registration, letter: Letter) -> None:
    """Write to the person once the transaction is committed; to nobody when no address was given."""
    if registration.email:
        transaction.on_commit(lambda: send_letter.enqueue(str(registration.pk), str(letter)))


@task()
def send_letter(registration_id: str, letter: str) -> None:
    """One letter about one registration, if it still stands."""
    rows = Registration.objects.select_related("workshop__consultation__organisation")
    registration = rows.filter(pk=registration_id).exclude(email="").first()
    if registration is not None:
        send(registration, Letter(letter))


def send(recipient: Recipient, letter: Letter) -> None:
    """The letter itself, in the site's language; raises what the mail server raises."""
    workshop = recipient.workshop
    with translation.override(settings.LANGUAGE_CODE):
        email = EmailMessage(
            subject_of(letter) % {"title": workshop.title},
            render_to_string("workshops/email/letter.txt", _context(recipient, letter)),
            to=[recipient.email],
        )
        if letter in WITH_CALENDAR:
            email.attach(file_name(workshop), calendar_of(workshop).decode(), CONTENT_TYPE)
        email.send()


def _context(recipient: Recipient, letter: Letter) -> dict[str, Any]:
    workshop = recipient.workshop
    registration = recipient if isinstance(recipient, Registration) else None
    name = "registration" if registration else "invited"
    return {
        "letter": str(letter),
        "workshop": workshop,
        "registration": registration,
        "is_waiting": registration is not None and registration.status == Registration.Status.WAITING,
        "page": public_url(reverse("workshops:detail", args=[workshop.slug])),
        "own_page": public_url(reverse(f"workshops:{name}", args=[workshop.slug, recipient.pk])),
    }


def tell_changes() -> int:
    """Tell a new place, a new hour or a cancellation to those who know an older one; gives how many. By the tick."""
    now = timezone.now()
    known = Q(told_sequence__lt=F("workshop__sequence"), workshop__starts_at__gt=now)
    said = known & Q(workshop__status__in=[Workshop.Status.ANNOUNCED, Workshop.Status.CANCELLED])
    rows = [
        *_registered().filter(said).exclude(status=Registration.Status.CANCELLED)[:BATCH],
        *_unanswered().filter(said)[:BATCH],
    ]
    return sum(_tell_change(row) for row in rows)


def _registered() -> Any:
    return Registration.objects.exclude(email="").select_related("workshop").order_by("registered_at", "pk")


def _unanswered() -> Any:
    """People invited who have not registered, and were reached."""
    sent = Invitation.objects.filter(status=Invitation.Status.SENT, registration=None)
    return sent.select_related("workshop").order_by("pk")


def _tell_change(row: Recipient) -> int:
    is_cancelled = row.workshop.status == Workshop.Status.CANCELLED
    letter = Letter.WORKSHOP_CANCELLED if is_cancelled else Letter.CHANGED
    return _send_once(row, letter, told_sequence=row.workshop.sequence)


def _send_once(row: Recipient, letter: Letter, **mark: int) -> int:
    """Mark the row, then send; another process that marked it first sends instead of us."""
    ((name, _value),) = mark.items()
    before = getattr(row, name)
    rows = type(row)._default_manager
    if not rows.filter(pk=row.pk, **{name: before}).update(**mark):
        return 0
    try:
        send(row, letter)
    except OSError:  # not reached: the mark is taken back and the tick tries again
        rows.filter(pk=row.pk, **mark).update(**{name: before})
        raise
    except ValueError:  # an address no mail server accepts
        return 0
    return 1


def send_due_reminders() -> int:
    """Seven days before, then the day before: to those who have a place; once, to those invited. By the tick."""
    now = timezone.now()
    rows: list[tuple[Recipient, int]] = []
    for days, first, last in ((7, 2, 7), (1, 0, 1)):
        soon = Q(
            workshop__status=Workshop.Status.ANNOUNCED,
            workshop__starts_at__gt=now + datetime.timedelta(days=first),
            workshop__starts_at__lte=now + datetime.timedelta(days=last),
        )
        fresh = Q(reminded_days=None) | Q(reminded_days__gt=days)
        window = F("workshop__starts_at") - datetime.timedelta(days=days)
        confirmed = _registered().filter(soon, fresh, status=Registration.Status.CONFIRMED)
        rows += [(row, days) for row in confirmed.filter(registered_at__lt=window)[:BATCH]]
        if days == REMINDERS[0]:
            rows += [(row, days) for row in _unanswered().filter(soon, fresh, sent_at__lt=window)[:BATCH]]
    return sum(_send_once(row, Letter.REMINDER, reminded_days=days) for row, days in rows)
