"""By the tick: those who lead are reminded of what is late or silent, then the sponsor; each thing once, one letter each."""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from accounts.models import User
from consultations.actions.models import Agreement, Reminder
from consultations.actions.selectors.reminding import Due, due_today, lacks_someone, readers_of
from core.qr import public_url
from core.services import record_audit

MOST_AT_ONCE = 100


def send_reminders() -> int:
    """Noted before the letters leave: run twice, or by two processes, nobody is written to twice. How many things."""
    today = timezone.localdate()
    waiting = due_today(today, MOST_AT_ONCE)
    if not waiting:
        return 0
    with transaction.atomic():
        noted = [(due, readers) for due in waiting if (readers := _note(due, today)) is not None]
        by_reader: dict[User, list[Due]] = defaultdict(list)
        for due, readers in noted:
            for reader in readers:
                by_reader[reader].append(due)
        transaction.on_commit(lambda: _write_to_all(by_reader))
    return len(noted)


def _note(due: Due, today: datetime.date) -> list[User] | None:
    """Who is to be written to; None when another process noted it first."""
    reminder, is_new = Reminder.objects.get_or_create(
        about=due.about, rung=due.rung, sheet=due.sheet, step=due.step, agreement=due.agreement, since=due.since,
        defaults={"sent_on": today},
    )  # fmt: skip
    if not is_new:
        return None
    readers = readers_of(due, today)
    reminder.readers = len(readers)
    reminder.save(update_fields=["readers"])
    record_audit(actor=None, verb="action_reminded", target=due.subject, changes={"count": len(readers)})
    return readers


def _write_to_all(by_reader: Mapping[User, Sequence[Due]]) -> None:
    for reader, told in by_reader.items():
        _write(reader, told)


def _write(reader: User, told: Sequence[Due]) -> None:
    """One letter with everything this person should look at."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = ngettext(
            "One thing of your actions to look at", "%(count)s things of your actions to look at", len(told)
        ) % {"count": len(told)}
        body = render_to_string("actions/email/reminder.txt", {"lines": [_line(due) for due in told]})
        try:
            EmailMessage(subject, body, to=[reader.email]).send()
        except (SMTPException, ValueError):  # refused by the server: the page of the sheet still says it
            return


def _line(due: Due) -> dict[str, object]:
    """What the letter says of one thing, and the pages where something is done about it."""
    subject = due.subject
    if isinstance(subject, Agreement):
        return {"due": due, "page": public_url(reverse("actions:agreement_edit", args=[subject.pk]))}
    return {
        "due": due,
        "steps": public_url(reverse("actions:lines", args=[subject.pk, "etapes"])),
        "money": public_url(reverse("actions:lines", args=[subject.pk, "moyens"])),
        "news": public_url(reverse("actions:updates", args=[subject.pk])),
        "page": public_url(reverse("actions:detail", args=[subject.slug])),
        "assign": public_url(reverse("actions:assign", args=[subject.pk])) if lacks_someone(subject) else "",
    }
