"""The board: what moves, what is stuck, what it costs, by territory and axis. A fixed number of queries for any number of sheets."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.actions.lateness import RUNNING
from consultations.actions.models import ActionSheet, Funding, State, StateChange, Step, Update
from consultations.actions.selectors.budget import Budget, budget_of
from consultations.actions.selectors.standing import late_steps, silent
from consultations.steering.selectors.scope import Scope

MOVED_DAYS, MOST, MOST_LINES = 30, 10, 60
CLOSED = (State.DONE, State.EVALUATED)
WORDS = 140


@dataclass(frozen=True)
class Item:
    """A sheet in a list of the board, and the reason it is there."""

    title: str
    url: str
    detail: str
    day: datetime.date


@dataclass(frozen=True)
class Line:
    """Sheets of a territory or an axis, counted."""

    label: str
    total: int
    running: int
    done: int
    late: int
    silent: int


@dataclass(frozen=True)
class StateCount:
    """How many sheets are in a state."""

    state: str
    label: str
    count: int


@dataclass(frozen=True)
class Board:
    """Everything the page shows; each drawing has a sentence and a table."""

    total: Line
    nobody: int
    states: tuple[StateCount, ...]
    moves: tuple[Item, ...]
    late: tuple[Item, ...]
    silent: tuple[Item, ...]
    suspended: tuple[Item, ...]
    budget: Budget
    places: tuple[Line, ...]
    axes: tuple[Line, ...]

    @property
    def sentence(self) -> str:
        """The whole board in one sentence."""
        one = self.total
        whole = ngettext("%(count)s sheet", "%(count)s sheets", one.total) % {"count": grouped(one.total)}
        return _("%(whole)s: %(running)s run, %(late)s are late, %(silent)s are without news, %(done)s are done.") % {
            "whole": whole, "running": grouped(one.running), "late": grouped(one.late),
            "silent": grouped(one.silent), "done": grouped(one.done),
        }  # fmt: skip

    @property
    def money_sentence(self) -> str:
        """The money in one sentence."""
        words = self.budget.total.words
        return (
            _("%(secured)s secured out of %(sought)s sought; %(spent)s spent; %(missing)s still missing.")
            % words
        )


def grouped(count: int) -> str:
    """A count as people read it: 10 000."""
    return number_format(count, force_grouping=True)


def board(scope: Scope, *, first_year: int | None = None, last_year: int | None = None) -> Board:
    """Read the board of these sheets. Nine queries."""
    today = timezone.localdate()
    sheets = scope.sheets
    quiet = silent(today)
    counted = _counts(today, quiet)
    by_state = {f"in_{state}": Count("pk", filter=Q(state=state)) for state in State.values}
    whole = sheets.aggregate(**counted, **by_state, nobody=Count("pk", filter=_without_anyone()))
    return Board(
        total=Line(label=_("All"), **{name: whole[name] for name in counted}),
        nobody=whole["nobody"],
        states=_states(whole),
        moves=_moves(scope, today),
        late=_late(scope, today),
        silent=_silent(scope, today, quiet),
        suspended=_suspended(scope),
        budget=_money(scope, first_year, last_year),
        places=_lines(sheets.values("territory__name", "territory"), counted, "territory__name"),
        axes=_axes(sheets, counted),
    )


def _counts(today: datetime.date, quiet: Q) -> dict[str, Count]:
    runs = Q(state__in=RUNNING)
    return {
        "total": Count("pk"),
        "running": Count("pk", filter=runs),
        "done": Count("pk", filter=Q(state__in=CLOSED)),
        "late": Count("pk", filter=Q(pk__in=late_steps(today).order_by().values("sheet"))),
        "silent": Count("pk", filter=runs & quiet),
    }


def _without_anyone() -> Q:
    return Q(state__in=RUNNING) & (Q(lead_user=None) | Q(lead_user__is_active=False))


def _states(whole: dict[str, int]) -> tuple[StateCount, ...]:
    return tuple(
        StateCount(state, str(label), whole[f"in_{state}"])
        for state, label in State.choices
        if whole[f"in_{state}"]
    )


def _lines(rows: Any, counted: dict[str, Count], label: str) -> tuple[Line, ...]:
    found = rows.annotate(**counted).order_by("-total", label, "territory")[:MOST_LINES]
    return tuple(Line(label=row[label], **{name: row[name] for name in counted}) for row in found)


def _axes(sheets: QuerySet[ActionSheet], counted: dict[str, Count]) -> tuple[Line, ...]:
    names = ("programme__title", "axis__number", "axis__title")
    rows = (
        sheets.values(*names)
        .annotate(**counted)
        .order_by(
            F("programme__title").asc(nulls_last=True), F("axis__number").asc(nulls_last=True), "axis__title"
        )
    )
    return tuple(
        Line(label=_axis_words(*(row[name] for name in names)), **{name: row[name] for name in counted})
        for row in rows[:MOST_LINES]
    )  # fmt: skip


def _axis_words(programme: str | None, number: int | None, axis: str | None) -> str:
    if programme is None:
        return _("without a programme")
    return f"{programme} – {number}. {axis}" if axis else programme


def _money(scope: Scope, first: int | None, last: int | None) -> Budget:
    """Sums by year and funder; what was abandoned asks for nothing any more."""
    rows = Funding.objects.filter(sheet__in=scope.told.exclude(state=State.ABANDONED).values("pk"))
    if first:
        rows = rows.filter(year__gte=first)
    if last:
        rows = rows.filter(year__lte=last)
    sums = rows.order_by("year").values("year", "funder__name", "funder_words").annotate(
        asked=Sum("sought"), held=Sum("secured"), paid=Sum("spent")
    )  # fmt: skip
    return budget_of(
        Funding(
            year=row["year"], funder_words=row["funder__name"] or row["funder_words"], sought=row["asked"],
            secured=row["held"], spent=row["paid"],
        )
        for row in sums
    )  # fmt: skip


def _address(scope: Scope, sheet: ActionSheet) -> str:
    if scope.is_inside:
        return reverse("actions:overview", args=[sheet.pk])
    return reverse("actions:detail", args=[sheet.slug])


def _moves(scope: Scope, today: datetime.date) -> tuple[Item, ...]:
    """News and changes of state of the last month, the latest first."""
    since = today - datetime.timedelta(days=MOVED_DAYS)
    news = Update.objects.filter(
        sheet__in=scope.sheets.values("pk"), withdrawn_on=None, written_on__gte=since
    )
    changes = StateChange.objects.filter(sheet__in=scope.sheets.values("pk"), on__gte=since)
    found = [
        _item(scope, one.sheet, Truncator(" ".join(one.text.split())).chars(WORDS), one.written_on)
        for one in news.select_related("sheet").order_by("-written_on", "-pk")[:MOST]
    ]
    found += [
        _item(scope, one.sheet, str(one.get_state_display()), one.on)
        for one in changes.select_related("sheet").order_by("-on", "-pk")[:MOST]
    ]
    return tuple(sorted(found, key=lambda item: item.day, reverse=True)[:MOST])


def _late(scope: Scope, today: datetime.date) -> tuple[Item, ...]:
    rows = late_steps(today).filter(sheet__in=scope.sheets.values("pk")).select_related("sheet")
    found = rows.order_by("ends_on", "pk")[:MOST]
    return tuple(_item(scope, one.sheet, _lateness(one, today), one.ends_on) for one in found)


def _lateness(step: Step, today: datetime.date) -> str:
    days = (today - step.ends_on).days
    return ngettext("%(step)s, late by %(days)s day", "%(step)s, late by %(days)s days", days) % {
        "step": step.title, "days": days,
    }  # fmt: skip


def _silent(scope: Scope, today: datetime.date, quiet: Q) -> tuple[Item, ...]:
    rows = scope.sheets.filter(quiet, state__in=RUNNING)
    found = rows.order_by("last_news_on", "state_since", "pk")[:MOST]
    return tuple(_silence(scope, one, today) for one in found)


def _silence(scope: Scope, sheet: ActionSheet, today: datetime.date) -> Item:
    heard = sheet.last_news_on or sheet.state_since
    return _item(scope, sheet, _("No news for %(days)s days") % {"days": (today - heard).days}, heard)


def _suspended(scope: Scope) -> tuple[Item, ...]:
    rows: Iterable[ActionSheet] = scope.sheets.filter(state=State.SUSPENDED).order_by("state_since", "pk")[
        :MOST
    ]
    return tuple(_item(scope, one, one.reason_public, one.state_since) for one in rows)


def _item(scope: Scope, sheet: ActionSheet, detail: str, day: datetime.date) -> Item:
    return Item(sheet.title, _address(scope, sheet), detail, day)
