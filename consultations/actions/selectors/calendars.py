"""The steps of a sheet, and the sheets of a programme, as spans of time; and as tables to take away."""

import datetime
from collections.abc import Iterable

import tablib
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.actions.lateness import Status
from consultations.actions.models import ActionSheet, State
from consultations.actions.selectors.schedule import Gantt, Span, draw, labels
from consultations.actions.selectors.sheet import StepLine
from consultations.actions.selectors.standing import status_of

FINISHED = frozenset({State.DONE, State.EVALUATED})
HALTED = frozenset({State.SUSPENDED, State.ABANDONED})


def gantt_of_steps(lines: Iterable[StepLine]) -> Gantt | None:
    """The steps as a page shows them."""
    return draw([_step(line) for line in lines], timezone.localdate())


def _step(line: StepLine) -> Span:
    step = line.step
    return Span(
        step.title, step.starts_on, step.ends_on, line.status, step.done_on, step.owner_name, days_late=line.days_late
    )  # fmt: skip


def gantt_of_sheets(sheets: Iterable[ActionSheet]) -> Gantt | None:
    """Each sheet from its first step to its last; reads `steps` and `lead` of each. A sheet without steps has no line."""
    today = timezone.localdate()
    spans = [span for sheet in sheets if (span := _sheet(sheet, today)) is not None]
    return draw(spans, today)


def _sheet(sheet: ActionSheet, today: datetime.date) -> Span | None:
    steps = list(sheet.steps.all())
    if not steps:
        return None
    title = f"{sheet.number}. {sheet.title}" if sheet.number else sheet.title
    return Span(
        title,
        min(min(step.starts_on or step.ends_on, step.ends_on) for step in steps),
        max(step.ends_on for step in steps),
        _standing(sheet, {status_of(step, sheet.state, today) for step in steps}),
        who=sheet.lead.name if sheet.lead else "",
        url=reverse("actions:detail", args=[sheet.slug]),
    )


def _standing(sheet: ActionSheet, steps: set[Status]) -> Status:
    if sheet.state in FINISHED:
        return Status.DONE
    if sheet.state in HALTED:
        return Status.STOPPED
    if Status.LATE in steps:
        return Status.LATE
    return Status.UNDER_WAY if sheet.state == State.UNDER_WAY else Status.TO_COME


def table_of(gantt: Gantt | None) -> tablib.Dataset:
    """The same lines, to open in a spreadsheet."""
    words = dict(labels())
    table = tablib.Dataset(
        headers=[_("What"), _("From"), _("Expected on"), _("Done on"), _("Where it stands"), _("Who")]
    )
    for span in gantt.spans if gantt else ():
        days = (span.starts_on, span.ends_on, span.done_on)
        first, last, done = (day.isoformat() if day else "" for day in days)
        table.append([span.label, first, last, done, words[span.status], span.who])
    return table
