"""The calendar of a council: what upper apps put in it, as one iCalendar feed."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vText

from consultations.councils.models import Council
from core.registry import Registry

CONTENT_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class CalendarEntry:
    """Something dated that anyone may know of; `sequence` grows when its hour or place changes."""

    uid: str
    title: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    place: str = ""
    url: str = ""
    is_cancelled: bool = False
    sequence: int = 0


calendar_sources: Registry[Callable[[Council], list[CalendarEntry]]] = Registry(
    "what a council's calendar holds"
)


def entries_of(council: Council) -> list[CalendarEntry]:
    """Everything dated, the soonest first."""
    return sorted((one for read in calendar_sources for one in read(council)), key=lambda one: one.starts_at)


def feed_of(council: Council) -> bytes:
    """RFC 5545, in UTC; calendars that subscribe keep up to date."""
    calendar = Calendar()
    calendar.add("prodid", "-//Diapason//Conseils//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(council.name))
    for entry in entries_of(council):
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry) -> Event:
    event = Event()
    event.add("uid", f"{entry.uid}@{urlsplit(settings.PUBLIC_URL).hostname}")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", timezone.now().astimezone(datetime.UTC))
    event.add("dtstart", entry.starts_at.astimezone(datetime.UTC))
    event.add("dtend", entry.ends_at.astimezone(datetime.UTC))
    event.add("summary", entry.title)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    if entry.place:
        event.add("location", vText(entry.place))
    if entry.url:
        event.add("url", entry.url)
    return event
