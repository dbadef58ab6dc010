"""Calendar files: one meeting, or every meeting of a council as a feed that calendars read again."""

import datetime
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Alarm, Calendar, Event, vText

from consultations.councils.calendars import CalendarEntry
from consultations.councils.models import Council
from consultations.meetings.models import Meeting
from core.qr import public_url

CONTENT_TYPE = "text/calendar"


def calendar_of(meeting: Meeting) -> bytes:
    """RFC 5545, in UTC; a calendar that holds an older version replaces it (`SEQUENCE`), cancelled or not."""
    is_cancelled = meeting.state == Meeting.State.CANCELLED
    return _calendar([meeting], method="CANCEL" if is_cancelled else "PUBLISH")


def feed_of(meetings: Iterable[Meeting]) -> bytes:
    """Every meeting that was announced; a calendar reads it again by itself."""
    return _calendar(meetings, method="PUBLISH")


def _calendar(meetings: Iterable[Meeting], *, method: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Diapason//Conseils//FR")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for meeting in meetings:
        calendar.add_component(_event(meeting))
    return bytes(calendar.to_ical())


def _event(meeting: Meeting) -> Event:
    is_cancelled = meeting.state == Meeting.State.CANCELLED
    event = Event()
    event.add("uid", f"{meeting.pk}@{urlsplit(settings.PUBLIC_URL).hostname}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", timezone.now().astimezone(datetime.UTC))
    event.add("dtstart", meeting.held_at.astimezone(datetime.UTC))
    event.add("dtend", meeting.ends_at.astimezone(datetime.UTC))
    event.add("summary", f"{meeting.council.name} – {meeting}")
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    address = public_url(reverse("meetings:detail", args=[meeting.council.slug, meeting.number]))
    event.add("url", address)
    event.add("location", vText(meeting.place))
    event.add("description", "\n\n".join(filter(None, [meeting.access_details, address])))
    if not is_cancelled and meeting.held_at > timezone.now():
        event.add_component(_day_before(meeting))
    return event


def _day_before(meeting: Meeting) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", str(meeting))
    alarm.add("trigger", datetime.timedelta(days=-1))
    return alarm


def file_name(meeting: Meeting) -> str:
    """A name people recognise among their downloads."""
    return f"{meeting.council.slug}-reunion-{meeting.number}.ics"


def council_entries(council: Council) -> list[CalendarEntry]:
    """The meetings announced, for the council's own calendar."""
    return [
        CalendarEntry(
            uid=str(meeting.pk),
            title=f"{council.name} – {meeting}",
            starts_at=meeting.held_at,
            ends_at=meeting.ends_at,
            place=meeting.place,
            url=public_url(reverse("meetings:detail", args=[council.slug, meeting.number])),
            is_cancelled=meeting.state == Meeting.State.CANCELLED,
            sequence=meeting.sequence,
        )
        for meeting in Meeting.objects.of(council).announced().select_related("council")
    ]
