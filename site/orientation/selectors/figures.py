"""The figures of the four missions of the public service of autonomy (arrêté of 28 May 2025), protected.

A figure counts requests or what was sent, and is shown when enough *people* are behind it (`Rule.minimum`: five for
those who run the service, eleven for everybody). None can be had by subtraction: when a part must be hidden, another
one is hidden with it. Only complete months are read, so that two days cannot be compared to see one person.
"""

import datetime
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from observatory.disclosure import Rule
from orientation.models import Coordination, HelpRequest, OrientationSignal, Sending

Words = str | Promise
People = Sequence[Hashable]
"""One key per thing counted: who it is about. The same person may be there several times."""
RIGHTS, PREVENTION = ("1.3.1", "1.3.5"), ("1.E.2", "1.1.10", "1.E.4")
"""Needs that open rights, and those that prevention listens for."""
QUICK_DAYS, MONTHS = 10, 12
S = Sending.State


@dataclass(frozen=True)
class Figure:
    """A number, what it counts and how; None when too few people are behind it."""

    label: Words
    value: int | None
    meaning: Words
    unit: Words = ""


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


@dataclass(frozen=True)
class Report:
    """All that is shown and exported, with its period and its rule."""

    since: datetime.date
    until: datetime.date
    minimum: int
    missions: tuple[Mission, ...]
    months: tuple[Month, ...]


def report_on(today: datetime.date, rule: Rule) -> Report:
    """The twelve complete months before this one."""
    until = today.replace(day=1) - datetime.timedelta(days=1)
    since = datetime.date(today.year - 1, today.month, 1)
    return Report(
        since,
        until,
        rule.minimum,
        four_missions(since=since, until=until, rule=rule),
        unmet_by_month(since=since, until=until, rule=rule),
    )


def protect_parts(parts: Mapping[str, People], rule: Rule) -> dict[str, int | None]:
    """Counts of the parts of a total that is shown: small ones are hidden, and others with them if needed.

    After hiding, what subtraction gives is about enough people, in at least two parts.
    """
    shown: dict[str, int | None] = {name: len(units) for name, units in parts.items()}
    hidden = [name for name, units in parts.items() if rule.is_small(len(set(units)))]
    others = sorted((len(set(units)), name) for name, units in parts.items() if units and name not in hidden)
    while hidden and others and (len(hidden) < 2 or _are_few(parts, hidden, rule)):
        _people, name = others.pop(0)
        hidden.append(name)
    return {**shown, **dict.fromkeys(hidden)}


def _are_few(parts: Mapping[str, People], names: Iterable[str], rule: Rule) -> bool:
    return rule.is_small(len({key for name in names for key in parts[name]}))


def count_of(units: People, rule: Rule) -> int | None:
    """A count that stands alone."""
    return None if rule.is_small(len(set(units))) else len(units)


def count_within(units: People, others: People, rule: Rule) -> int | None:
    """A part of a total that is shown, when the rest is not small either."""
    return protect_parts({"in": units, "out": others}, rule)["in"]


def median_of(days: Sequence[tuple[Hashable, int]], rule: Rule) -> int | None:
    """The median of delays, each with who waited; None when too few people waited."""
    return (
        None if len({key for key, _days in days}) < rule.minimum else round(median(one for _k, one in days))
    )


def four_missions(*, since: datetime.date, until: datetime.date, rule: Rule) -> tuple[Mission, ...]:
    """The figures of requests made between two days."""
    requests = HelpRequest.objects.filter(created_on__range=(since, until))
    rows = Sending.objects.filter(help_request__created_on__range=(since, until)).values_list(
        "pk", "help_request_id", "state", "help_request__created_on", "answered_on"
    )
    near = Q()
    for code in RIGHTS:
        near |= Q(help_request__needs__code=code) | Q(help_request__needs__code__startswith=f"{code}.")
    rights = set(rows.filter(near).values_list("pk", flat=True))
    sent = [Sent(*row) for row in rows]
    return (
        _welcome(list(requests.values_list("pk", flat=True)), sent, rule),
        _rights(sent, rights, rule),
        _coordination(since, until, rule),
        _prevention(requests, rule),
    )


@dataclass(frozen=True)
class Sent:
    """What is read of a request sent to a service."""

    pk: Hashable
    person: Hashable
    state: str
    asked_on: datetime.date
    answered_on: datetime.date | None

    @property
    def delay(self) -> int | None:
        return (self.answered_on - self.asked_on).days if self.answered_on else None


def _delays(rows: Iterable[Sent]) -> list[tuple[Hashable, int]]:
    return [(row.person, row.delay) for row in rows if row.delay is not None]


def _welcome(asked: People, rows: Sequence[Sent], rule: Rule) -> Mission:
    def people(*states: str) -> list[Hashable]:
        return [row.person for row in rows if row.state in states]

    ends = (S.ACCEPTED, S.REFUSED, S.FULL, S.EXPIRED, S.CLOSED, S.WITHDRAWN)
    shown = protect_parts(
        {"waiting": people(*Sending.WAITING), **{str(one): people(one) for one in ends}}, rule
    )
    figures = (
        Figure(_("requests made"), count_of(asked, rule), _("Each request counts once, even sent to several services.")),
        Figure(_("sent to a service"), count_of([row.person for row in rows], rule),
               _("A request sent to three services counts three times. The seven lines below add up to this one.")),
        Figure(_("accepted"), shown[S.ACCEPTED], _("The service said that it can help.")),
        Figure(_("refused"), shown[S.REFUSED], _("The service said that it cannot help, and why.")),
        Figure(_("no place left"), shown[S.FULL], _("The service could help, but is full.")),
        Figure(_("no answer in thirty days"), shown[S.EXPIRED], _("Ended by the platform after one reminder.")),
        Figure(_("service closed meanwhile"), shown[S.CLOSED], _("The service closed, or no longer takes requests.")),
        Figure(_("withdrawn"), shown[S.WITHDRAWN], _("The person took the request back.")),
        Figure(_("still waiting"), shown["waiting"], _("Sent, read or under study on the day of this page.")),
        Figure(_("from first contact to an answer (median)"), median_of(_delays(rows), rule),
               _("Days between the request and the first answer of the service: half waited less."), _("days")),
    )  # fmt: skip
    return Mission(
        _("1. Welcome, inform, direct to the right person"),
        _("Nobody should be sent from desk to desk."),
        figures,
    )


def _rights(rows: Sequence[Sent], rights: Collection[Hashable], rule: Rule) -> Mission:
    mine = [row for row in rows if row.pk in rights]
    quick = [row.person for row in mine if row.delay is not None and row.delay <= QUICK_DAYS]
    slow = [row.person for row in mine if row.delay is None or row.delay > QUICK_DAYS]
    others = [row.person for row in rows if row.pk not in rights]
    total = count_within([row.person for row in mine], others, rule)
    figures = (
        Figure(_("sent to a service for rights or resources"), total,
               _("Needs 1.3.1 (rights) and 1.3.5 (resources) of the SERAFIN-PH nomenclature.")),
        Figure(_("answered within ten days"), None if total is None else count_within(quick, slow, rule),
               _("Among the line above; what has no answer yet is not in time.")),
        Figure(_("to an answer (median)"), median_of(_delays(mine), rule),
               _("Days between the request and the first answer, for these requests."), _("days")),
    )  # fmt: skip
    return Mission(
        _("2. Assess and award in the legal time"),
        _("Rights asked for, and how long an answer takes."),
        figures,
    )


def _coordination(since: datetime.date, until: datetime.date, rule: Rule) -> Mission:
    flagged = Coordination.objects.filter(asked_on__range=(since, until))
    rows = list(flagged.values_list("help_request_id", "state", "asked_on", "named_on"))
    C = Coordination.State
    parts = {state: [row[0] for row in rows if row[1] == state] for state in C.values}
    shown = protect_parts(parts, rule)
    delays = [(row[0], (row[3] - row[2]).days) for row in rows if row[3]]
    figures = (
        Figure(_("situations flagged"), count_of([row[0] for row in rows], rule),
               _("With the person's agreement, by them, a counter or a service. The four lines below add up to it.")),
        Figure(_("waiting for a coordinator"), shown[C.ASKED], _("Nobody answers for the situation yet.")),
        Figure(_("followed"), shown[C.NAMED], _("A named coordinator answers for it.")),
        Figure(_("finished"), shown[C.DONE], _("The coordinator said what came of it.")),
        Figure(_("stopped"), shown[C.STOPPED], _("Stopped by the person, the counter or the coordinator.")),
        Figure(_("to name a coordinator (median)"), median_of(delays, rule),
               _("Days between the flag and the name of the coordinator."), _("days")),
    )  # fmt: skip
    return Mission(
        _("3. Coordinate the paths of people"),
        _("Complex situations, with one person who answers for each."),
        figures,
    )


def _prevention(requests, rule: Rule) -> Mission:  # type: ignore[no-untyped-def]
    rows = dict(requests.values_list("pk", "origin"))
    near = set(requests.filter(needs__code__in=PREVENTION).values_list("pk", flat=True))
    alone = [key for key, origin in rows.items() if origin == HelpRequest.Origin.ALONE]
    helped = [key for key, origin in rows.items() if origin != HelpRequest.Origin.ALONE]
    shown = protect_parts({"helped": helped, "alone": alone}, rule)
    figures = (
        Figure(_("requests about isolation, health to keep or a return from hospital"),
               count_within(list(near), [key for key in rows if key not in near], rule),
               _("Requests that name at least one of these needs.")),
        Figure(_("made with a professional, at a counter or by phone"), shown["helped"],
               _("Written by the professional, with the person's agreement.")),
        Figure(_("made by the person, online"), shown["alone"], _("With or without an account.")),
    )  # fmt: skip
    return Mission(_("4. Prevent, notice, go towards people"), _("Who was met, and who came alone."), figures)


def unmet_by_month(*, since: datetime.date, until: datetime.date, rule: Rule) -> tuple[Month, ...]:
    """Paths and requests that ended without help, month by month, for everyone together.

    One person may name several needs: a month is shown when a single need was named often enough.
    """
    rows = OrientationSignal.objects.filter(outcome__in=OrientationSignal.UNMET, month__range=(since, until))
    needs: dict[datetime.date, dict[str, int]] = {}
    for month, need, count in rows.values_list("month", "need", "count"):
        month_needs = needs.setdefault(month, {})
        month_needs[need] = month_needs.get(need, 0) + count
    return tuple(
        Month(month, None if rule.is_small(max(counts.values())) else sum(counts.values()))
        for month, counts in sorted(needs.items())
    )
