"""Programmes: their axes and sheets, their money, and what is about to end."""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.utils import timezone

from consultations.actions.models import ActionSheet, Axis, Programme, State
from consultations.actions.selectors.budget import Budget, budget_of
from consultations.actions.selectors.calendars import gantt_of_sheets
from consultations.actions.selectors.registers import ends_in
from consultations.actions.selectors.schedule import Gantt
from consultations.actions.selectors.standing import Card, cards_of, with_badges


@dataclass(frozen=True)
class AxisLine:
    """An axis and its sheets; without one, the sheets no axis holds."""

    axis: Axis | None
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class FundingEnd:
    """A sheet under way whose secured money stops before it does."""

    sheet: ActionSheet
    last_year: int


@dataclass(frozen=True)
class ProgrammePage:
    """A programme as its page tells it."""

    programme: Programme
    axes: tuple[AxisLine, ...]
    states: tuple[tuple[str, int], ...]
    budget: Budget
    ends_in_days: int | None
    funding_ends: tuple[FundingEnd, ...]
    gantt: Gantt | None


def programme_page(programme: Programme, *, is_inside: bool = False) -> ProgrammePage:
    """The announced sheets of a programme, or all of them for those who work on it. Seven queries."""
    today = timezone.localdate()
    found = programme.sheets.prefetch_related("funding__funder", "steps")
    cards = cards_of(with_badges(found if is_inside else found.exclude(announced_on=None)))
    sheets = [card.sheet for card in cards]
    axes = [*programme.axes.all(), None]
    lines = [
        AxisLine(axis, tuple(one for one in cards if one.sheet.axis_id == (axis.pk if axis else None)))
        for axis in axes
    ]
    counts = Counter(one.state for one in sheets)
    told = [one for one in sheets if is_inside or one.state not in {State.PROPOSED, State.WRITING}]
    return ProgrammePage(
        programme=programme,
        axes=tuple(line for line in lines if line.axis or line.cards),
        states=tuple((str(State(code).label), counts[code]) for code in State.values if counts[code]),
        budget=budget_of(row for one in told if one.state != State.ABANDONED for row in one.funding.all()),
        ends_in_days=ends_in(programme.ends_on, today),
        funding_ends=tuple(funding_ends(told, today, programme.ends_on)),
        gantt=gantt_of_sheets(told),
    )


def funding_ends(
    sheets: list[ActionSheet], today: datetime.date, ends_on: datetime.date | None
) -> list[FundingEnd]:
    """Sheets still under way whose money stops this year or before, though they are to go on."""
    found = []
    for one in sheets:
        if one.state not in {State.ADOPTED, State.UNDER_WAY}:
            continue
        years = [row.year for row in one.funding.all() if row.secured > 0]
        last = max(years, default=None)
        goes_on = ends_on is None or ends_on.year > today.year
        if last is not None and last <= today.year and goes_on:
            found.append(FundingEnd(one, last))
    return found
