"""By the tick: three days before, members with an account are reminded once, with their code."""

import datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from consultations.councils.models import Mandate
from consultations.councils.selectors import members
from consultations.meetings.codes import door_address, member_code
from consultations.meetings.models import Meeting
from core.receipts import format_code

DAYS_BEFORE = 3
MOST_AT_ONCE = 20


def send_reminders() -> int:
    """Marked before the letters leave: run twice, nobody is written to twice; gives how many letters."""
    today = timezone.localdate()
    now = timezone.now()
    soon = Meeting.objects.to_come(now).filter(
        held_at__lte=now + datetime.timedelta(days=DAYS_BEFORE), reminded_on=None
    )
    sent = 0
    for meeting in soon.select_related("council")[:MOST_AT_ONCE]:
        if Meeting.objects.filter(pk=meeting.pk, reminded_on=None).update(reminded_on=today):
            sent += sum(_remind(meeting, one.mandate) for one in members(meeting.council, meeting.held_on))
    return sent


def _remind(meeting: Meeting, mandate: Mandate) -> int:
    user = mandate.user
    if user is None or not user.is_active or not user.email:
        return 0
    with translation.override(settings.LANGUAGE_CODE):
        code = member_code(meeting, mandate.pk)
        context = {"meeting": meeting, "door": door_address(meeting, code), "spoken_code": format_code(code)}
        email = EmailMessage(
            _("Reminder: %(council)s") % {"council": meeting.council.name},
            render_to_string("meetings/email/reminder.txt", context),
            to=[user.email],
        )
        try:
            email.send()
        except (SMTPException, ValueError):  # refused: the notice already reached them another way
            return 0
    return 1
