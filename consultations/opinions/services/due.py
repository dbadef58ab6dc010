"""By the tick: the day an answer was due passes, and those who have to answer are reminded, each time once."""

import datetime
from collections.abc import Callable
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import Membership, Role, User
from consultations.councils.services.alerts import clerks_of
from consultations.opinions.codes import answer_address, answer_code
from consultations.opinions.models import Opinion
from consultations.opinions.permissions import SPEAKERS
from consultations.opinions.services.acting import lock, move, record
from core.qr import public_url
from core.receipts import format_code

DAYS_BEFORE, DAYS_AFTER, MOST_AT_ONCE = 14, 15, 50
State = Opinion.State


def fall_due() -> int:
    """Answers whose day is past say so, publicly; how many."""
    today = timezone.localdate()
    late = Opinion.objects.overdue(today).exclude(state=State.ANSWER_DUE)
    return sum(_fall_due(one, today) for one in late.order_by("due_on")[:MOST_AT_ONCE])


@transaction.atomic
def _fall_due(opinion: Opinion, today: datetime.date) -> bool:
    opinion = lock(opinion)
    if not opinion.is_overdue or opinion.state == State.ANSWER_DUE or opinion.due_on is None:
        return False
    move("fall_due", actor=None, opinion=opinion)
    opinion.save(update_fields=["state"])
    record(None, "fell_due", opinion, on=opinion.due_on + datetime.timedelta(days=1))
    return True


def body_of(opinion: Opinion, today: datetime.date) -> list[str]:
    """Those who answer for the body asked: the address given at sending, else its officials and its director."""
    return [opinion.sent_to_email] if opinion.sent_to_email else _speakers(opinion, today)


def _speakers(opinion: Opinion, today: datetime.date, *roles: Role) -> list[str]:
    held = Membership.objects.active_on(today).filter(
        role__in=roles or SPEAKERS, organisation=opinion.sent_to_id
    )
    users = User.objects.filter(memberships__in=held, is_active=True).distinct().order_by("pk")
    return [one.email for one in users if one.email]


def directors_of(opinion: Opinion, today: datetime.date) -> list[str]:
    """The director of the body asked, when someone else was written to first."""
    return _speakers(opinion, today, Role.DIRECTOR) or body_of(opinion, today)


Readers = Callable[[Opinion, datetime.date], list[str]]
STEPS: tuple[tuple[int, Readers], ...] = ((-DAYS_BEFORE, body_of), (1, body_of), (DAYS_AFTER, directors_of))
"""Days after the day the answer is due, and who is written to: the n-th reminder is the n-th line."""


def send_reminders() -> int:
    """The latest reminder that is due for each opinion; one missed is not sent afterwards. How many opinions."""
    today = timezone.localdate()
    horizon = today + datetime.timedelta(days=DAYS_BEFORE)
    found = Opinion.objects.waiting().filter(due_on__lte=horizon, reminders_sent__lt=len(STEPS))
    rows = found.select_related("council", "sent_to").order_by("due_on")
    return sum(_remind(one, today) for one in rows[:MOST_AT_ONCE])


def _remind(opinion: Opinion, today: datetime.date) -> bool:
    """Marked before the letters leave: run twice, nobody is written to twice."""
    if opinion.due_on is None or opinion.sent_on == today:
        return False
    past = (today - opinion.due_on).days
    step = sum(past >= days for days, _readers in STEPS)
    if step <= opinion.reminders_sent:
        return False
    with transaction.atomic():
        waiting = Opinion.objects.filter(pk=opinion.pk, reminders_sent=opinion.reminders_sent)
        if not waiting.update(reminders_sent=step, reminded_on=today):
            return False
        asked = STEPS[step - 1][1](opinion, today)
        told = [one.email for one in clerks_of(opinion.council, today)] if past > 0 else []
        if asked:
            record(None, "reminded", opinion, on=today)
        transaction.on_commit(lambda: _write(opinion, asked, [one for one in told if one not in asked]))
    return True


def _write(opinion: Opinion, asked: list[str], told: list[str]) -> None:
    """The body asked gets the code to answer without an account; those who keep the papers are only told."""
    with translation.override(settings.LANGUAGE_CODE):
        code = answer_code(opinion)
        doors = {"address": answer_address(opinion, code), "spoken_code": format_code(code)}
        desk = public_url(reverse("opinion_desk:detail", args=[opinion.pk]))
        subject = _("Answer awaited: %(opinion)s") % {"opinion": opinion}
        for reader in asked:
            _send(subject, "opinions/email/reminder.txt", {"opinion": opinion, **doors}, reader)
        for reader in told:
            _send(subject, "opinions/email/late.txt", {"opinion": opinion, "desk": desk}, reader)


def _send(subject: str, template: str, context: dict[str, Any], reader: str) -> None:
    try:
        EmailMessage(subject, render_to_string(template, context), to=[reader]).send()
    except (
        SMTPException,
        ValueError,
    ):  # refused by the server: the thread still says that a reminder was due
        return
