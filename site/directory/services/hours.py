"""Hours and closed days: written as a whole, so that what is shown is what was sent."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Visitor
from core.services import record_audit
from directory.hours import Rule, check_overlaps
from directory.hours_words import rule_words
from directory.models import ClosedDays, Location, OpeningHours, Service, ServiceAtLocation
from directory.permissions import can_edit_location, can_edit_service
from directory.services.changes import record_changes
from directory.services.records import refresh_standing

Record = Service | Location | ServiceAtLocation
MOST_LINES, MOST_CLOSINGS = 60, 40


@dataclass(frozen=True)
class Opening:
    """One line of hours as it is asked for."""

    weekday: int
    opens: datetime.time
    closes: datetime.time
    nth: int | None = None
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    note: str = ""

    @property
    def frequency(self) -> str:
        return OpeningHours.Frequency.MONTHLY if self.nth else OpeningHours.Frequency.WEEKLY


@dataclass(frozen=True)
class Closing:
    """Days of closing, both ends included."""

    starts_on: datetime.date
    ends_on: datetime.date
    reason: str = ""


def owner_of(record: Record) -> dict[str, Record]:
    """The field of `OpeningHours` and `ClosedDays` that names the record."""
    if isinstance(record, Service):
        return {"service": record}
    return {"location": record} if isinstance(record, Location) else {"service_at_location": record}


def may_edit(user: Visitor, record: Record) -> bool:
    """As the service it is about, or the place."""
    if isinstance(record, Location):
        return can_edit_location(user, record)
    return can_edit_service(user, record if isinstance(record, Service) else record.service)


@transaction.atomic
def set_hours(*, actor: Visitor, record: Record, openings: Sequence[Opening]) -> None:
    """Replace the hours of a service, a place or a service at a place; the same twice changes nothing."""
    if actor is not None and not may_edit(actor, record):
        raise PermissionDenied
    if len(openings) > MOST_LINES:
        raise ValidationError(_("Keep to %(most)d lines of hours.") % {"most": MOST_LINES})
    _refuse_overlaps(openings)
    rows = [OpeningHours(**owner_of(record), frequency=one.frequency, **one.__dict__) for one in openings]
    _replace(actor, record, rows, "opening_hours")


def _refuse_overlaps(openings: Sequence[Opening]) -> None:
    """Name the lines that would be open at the same moment."""
    rules = [
        Rule(one.weekday, one.opens, one.closes, one.frequency, one.nth or 0, one.valid_from, one.valid_to)
        for one in openings
    ]
    if pairs := check_overlaps(rules):
        raise ValidationError(
            [
                _("These hours overlap: “%(one)s” and “%(other)s”. Correct one of the two lines.")
                % {"one": rule_words(one), "other": rule_words(other)}
                for one, other in pairs[:5]
            ]
        )


@transaction.atomic
def set_closed_days(*, actor: Visitor, record: Record, closings: Iterable[Closing]) -> None:
    """Replace the days of closing; the same twice changes nothing."""
    if actor is not None and not may_edit(actor, record):
        raise PermissionDenied
    rows = [ClosedDays(**owner_of(record), **one.__dict__) for one in closings]
    if len(rows) > MOST_CLOSINGS:
        raise ValidationError(_("Keep to %(most)d closings.") % {"most": MOST_CLOSINGS})
    _replace(actor, record, rows, "closed_days")


def _replace(actor: Visitor, record: Record, rows: Sequence[Any], name: str) -> None:
    manager: Any = getattr(record, name)
    before = sorted(_said(one) for one in manager.all())
    for row in rows:
        row.full_clean()
    after = sorted(_said(one) for one in rows)
    if before == after:
        return
    manager.all().delete()
    type(rows[0]).objects.bulk_create(rows) if rows else None
    target = record.service if isinstance(record, ServiceAtLocation) else record
    changed = {_history_name(record, name): (before, after)}
    record_changes(actor=actor, record=target, changed=changed)
    target.updated_on = timezone.localdate()
    target.save(update_fields=["updated_on"])
    touched = [target] if isinstance(target, Service) else list(target.services.all())
    for service in touched:
        refresh_standing(service=service)
    record_audit(actor=actor, verb="opening_hours_changed", target=target)


def _history_name(record: Record, name: str) -> str:
    """The hours of a service at one place are kept apart from its own."""
    return f"{name}@{record.location.uid}" if isinstance(record, ServiceAtLocation) else name


def _said(row: Any) -> str:
    """A line as the history keeps it."""
    if isinstance(row, ClosedDays):
        return f"{row.starts_on}/{row.ends_on} {row.reason}".strip()
    often = f"{row.nth}." if row.nth else ""
    span = f"{row.opens:%H:%M}-{row.closes:%H:%M}"
    period = f" {row.valid_from or ''}/{row.valid_to or ''}" if row.valid_from or row.valid_to else ""
    return f"{often}{row.weekday} {span}{period} {row.note}".strip()
