"""The figures of the four missions of the public service of autonomy (arrêté of 28 May 2025), protected.

No figure is about one to four people, and none can be had by subtraction: when a part must be hidden, another one is
hidden with it. Delays are medians of at least five answers.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from observatory.disclosure import INTERNAL
from orientation.models import Coordination, HelpRequest, OrientationSignal, Sending

Words = str | Promise
RIGHTS, PREVENTION = ("1.3.1", "1.3.5"), ("1.E.2", "1.1.10", "1.E.4")
"""Needs that open rights, and those that prevention listens for."""
QUICK_DAYS = 10
S = Sending.State


@dataclass(frozen=True)
class Figure:
    """A number and what it counts; None when it is about too few people."""

    label: Words
    value: int | None
    unit: str = ""


@dataclass(frozen=True)
class Mission:
    """One of the four missions."""

    title: Words
    about: Words
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Month:
    """How often nothing was found, or nobody could help, in a month; for everyone together."""

    month: datetime.date
    value: int | None


def protect_parts(parts: Mapping[str, int]) -> dict[str, int | None]:
    """Parts of a total that is shown: small ones are hidden, and the smallest other one with them if needed.

    After hiding, what subtraction gives is about at least five people, in at least two parts.
    """
    shown: dict[str, int | None] = dict(parts)
    hidden = [name for name, count in parts.items() if INTERNAL.is_small(count)]
    for name in hidden:
        shown[name] = None
    others = sorted((count, name) for name, count in parts.items() if shown[name] is not None and count)
    while hidden and others and (len(hidden) < 2 or INTERNAL.is_small(sum(parts[one] for one in hidden))):
        _count, name = others.pop(0)
        shown[name] = None
        hidden.append(name)
    return shown


def protected(count: int) -> int | None:
    """A count that stands alone."""
    return None if INTERNAL.is_small(count) else count


def four_missions(*, since: datetime.date, until: datetime.date) -> list[Mission]:
    """The figures of requests made between two days."""
    requests = HelpRequest.objects.filter(created_on__range=(since, until))
    sendings = Sending.objects.filter(help_request__created_on__range=(since, until))
    rows = list(
        sendings.values_list("state", "sent_on", "answered_on", "help_request__created_on", "help_request_id")
    )
    return [
        _welcome(requests.count(), rows),
        _rights(sendings),
        _coordination(since, until),
        _prevention(requests),
    ]


def _welcome(asked: int, rows: Sequence[tuple]) -> Mission:
    states = {state: sum(row[0] == state for row in rows) for state in S.values}
    waiting = sum(states[one] for one in Sending.WAITING)
    parts = {
        "waiting": waiting,
        **{
            str(one): states[one] for one in (S.ACCEPTED, S.REFUSED, S.FULL, S.EXPIRED, S.CLOSED, S.WITHDRAWN)
        },
    }
    shown = protect_parts(parts)
    delays = [(row[2] - row[3]).days for row in rows if row[2]]
    figures = [
        Figure(_("requests made"), protected(asked)),
        Figure(_("sent to a service"), protected(len(rows))),
        Figure(_("days from first contact to an answer (median)"), _median(delays)),
        Figure(_("accepted"), shown[S.ACCEPTED]),
        Figure(_("refused"), shown[S.REFUSED]),
        Figure(_("no place left"), shown[S.FULL]),
        Figure(_("no answer in thirty days"), shown[S.EXPIRED]),
        Figure(_("service closed meanwhile"), shown[S.CLOSED]),
        Figure(_("withdrawn"), shown[S.WITHDRAWN]),
        Figure(_("still waiting"), shown["waiting"]),
    ]
    return Mission(
        _("1. Welcome, inform, direct to the right person"),
        _("Nobody should be sent from desk to desk."),
        tuple(figures),
    )


def _rights(sendings) -> Mission:  # type: ignore[no-untyped-def]
    near = Q()
    for code in RIGHTS:
        near |= Q(help_request__needs__code=code) | Q(help_request__needs__code__startswith=f"{code}.")
    rows = set(sendings.filter(near).values_list("pk", "state", "answered_on", "help_request__created_on"))
    answered = [row for row in rows if row[2]]
    quick = sum((row[2] - row[3]).days <= QUICK_DAYS for row in answered)
    figures = (
        Figure(_("sent to a service for rights or resources"), protected(len(rows))),
        Figure(_("days to an answer (median)"), _median([(row[2] - row[3]).days for row in answered])),
        Figure(
            _("answered within ten days"), protect_parts({"quick": quick, "not": len(rows) - quick})["quick"]
        ),
    )
    return Mission(
        _("2. Assess and award in the legal time"),
        _("Rights asked for, and how long an answer takes."),
        figures,
    )


def _coordination(since: datetime.date, until: datetime.date) -> Mission:
    rows = list(
        Coordination.objects.filter(asked_on__range=(since, until)).values_list(
            "state", "asked_on", "named_on"
        )
    )
    shown = protect_parts(
        {state: sum(row[0] == state for row in rows) for state in Coordination.State.values}
    )
    delays = [(row[2] - row[1]).days for row in rows if row[2]]
    figures = (
        Figure(_("situations flagged"), protected(len(rows))),
        Figure(_("days to name a coordinator (median)"), _median(delays)),
        Figure(_("waiting for a coordinator"), shown[Coordination.State.ASKED]),
        Figure(_("followed"), shown[Coordination.State.NAMED]),
        Figure(_("finished"), shown[Coordination.State.DONE]),
    )
    return Mission(
        _("3. Coordinate the paths of people"),
        _("Complex situations, with one person who answers for each."),
        figures,
    )


def _prevention(requests) -> Mission:  # type: ignore[no-untyped-def]
    near = Q()
    for code in PREVENTION:
        near |= Q(needs__code=code)
    counter = requests.exclude(origin=HelpRequest.Origin.ALONE).count()
    alone = requests.filter(origin=HelpRequest.Origin.ALONE).count()
    shown = protect_parts({"counter": counter, "alone": alone})
    figures = (
        Figure(
            _("requests about isolation, health to keep or a return from hospital"),
            protected(requests.filter(near).distinct().count()),
        ),
        Figure(_("made with a professional, at a counter or by phone"), shown["counter"]),
        Figure(_("made by the person, online"), shown["alone"]),
    )
    return Mission(_("4. Prevent, notice, go towards people"), _("Who was met, and who came alone."), figures)


def _median(days: Sequence[int]) -> int | None:
    return None if len(days) < INTERNAL.minimum else round(median(days))


def unmet_by_month(*, until: datetime.date, months: int = 12) -> list[Month]:
    """Orientations that ended without help, month by month: for everyone together, so that nobody is recognised."""
    totals: dict[datetime.date, int] = {}
    rows = OrientationSignal.objects.filter(outcome__in=OrientationSignal.UNMET, month__lte=until)
    for month, count in rows.values_list("month", "count"):
        totals[month] = totals.get(month, 0) + count
    return [Month(month, protected(totals[month])) for month in sorted(totals)[-months:]]
