"""From stored hours to the pure rules of `directory.hours`: whose hours count, and what closes them."""

import datetime
from collections.abc import Iterable

from django.utils.translation import gettext as _

from directory.codes import Holidays, Status
from directory.hours import NO_END, Closure, Rule, Timetable
from directory.models import ClosedDays, OpeningHours, Service, ServiceAtLocation


def rules_of(rows: Iterable[OpeningHours]) -> tuple[Rule, ...]:
    """Stored lines as rules."""
    return tuple(
        Rule(
            one.weekday,
            one.opens,
            one.closes,
            one.frequency,
            one.nth or 0,
            one.valid_from,
            one.valid_to,
            one.note,
        )
        for one in rows
    )


def closures_of(rows: Iterable[ClosedDays]) -> tuple[Closure, ...]:
    """Stored closed days as closures."""
    return tuple(Closure(one.starts_on, one.ends_on, one.reason) for one in rows)


def timetable_of(service: Service, link: ServiceAtLocation | None = None) -> Timetable:
    """When a service is open, at one of its places or in general; reads relations, prefetched or not.

    Hours said of the service at that place come first, then those of the service, then those of the place. Whatever
    closes one of the three closes it.
    """
    holders = [one for one in (link, service, link.location if link else None) if one is not None]
    rules = next((found for one in holders if (found := rules_of(one.opening_hours.all()))), ())
    closures = [closure for one in holders for closure in closures_of(one.closed_days.all())]
    said = (service.holidays, link.location.holidays if link else Holidays.UNKNOWN)
    on_holidays = next((one for one in said if one != Holidays.UNKNOWN), Holidays.UNKNOWN)
    return Timetable(rules, (*_whole_closure(service), *closures), str(on_holidays))


def _whole_closure(service: Service) -> tuple[Closure, ...]:
    """A service that is suspended or closed for a time opens nowhere."""
    if service.status not in {Status.CLOSED, Status.INACTIVE}:
        return ()
    reason = service.closed_reason or str(_("service suspended"))
    return (Closure(datetime.date.min, service.closed_until or NO_END, reason),)
