"""The calendar file of a workshop: the same event for everyone, updated when its place or hour changes."""

import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from icalendar import Alarm, Calendar, Event, vText

from consultations.workshops.models import Workshop
from core.qr import public_url

CONTENT_TYPE = "text/calendar"


def calendar_of(workshop: Workshop) -> bytes:
    """RFC 5545, in UTC; a calendar that holds an older version replaces it (`SEQUENCE`), cancelled or not."""
    is_cancelled = workshop.status == Workshop.Status.CANCELLED
    calendar = Calendar()
    calendar.add("prodid", "-//Diapason//Ateliers//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_cancelled else "PUBLISH")
    calendar.add_component(_event(workshop, is_cancelled=is_cancelled))
    return bytes(calendar.to_ical())


def _event(workshop: Workshop, *, is_cancelled: bool) -> Event:
    event = Event()
    event.add("uid", f"{workshop.pk}@{urlsplit(settings.PUBLIC_URL).hostname}")
    event.add("sequence", workshop.sequence)
    event.add("dtstamp", timezone.now().astimezone(datetime.UTC))
    event.add("dtstart", workshop.starts_at.astimezone(datetime.UTC))
    event.add("dtend", workshop.ends_at.astimezone(datetime.UTC))
    event.add("summary", workshop.title)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    address = public_url(reverse("workshops:detail", args=[workshop.slug]))
    event.add("url", address)
    event.add("location", vText(place_of(workshop)))
    event.add("description", "\n\n".join(filter(None, [workshop.summary, workshop.access_details, address])))
    if not is_cancelled:
        event.add_component(_day_before(workshop))
    return event


def _day_before(workshop: Workshop) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", workshop.title)
    alarm.add("trigger", datetime.timedelta(days=-1))
    return alarm


def place_of(workshop: Workshop) -> str:
    """Its place and address, on one line."""
    return ", ".join(filter(None, [workshop.venue, workshop.address]))


def file_name(workshop: Workshop) -> str:
    """A name people recognise among their downloads."""
    return f"atelier-{slugify(workshop.slug)}.ics"
