"""What is late and what is silent, asked to the database: the same rule as `lateness`, for lists of any length."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from consultations.actions.lateness import RUNNING, Status, silent_days, step_status
from consultations.actions.models import ActionSheet, Programme, Step


def no_news_limit(sheet: ActionSheet) -> int:
    """Days without news before the page says so: those of its programme, else those of the site."""
    own = sheet.programme.no_news_days if sheet.programme else None
    return own if own is not None else int(settings.ACTION_NO_NEWS_DAYS)


def status_of(step: Step, state: str, today: datetime.date) -> Status:
    """Where a step of a sheet in `state` stands today."""
    return step_status(
        state=state, starts_on=step.starts_on, ends_on=step.ends_on, done_on=step.done_on, today=today
    )


def silence_of(sheet: ActionSheet, today: datetime.date) -> int | None:
    """How many days without news the page says; None when it says nothing. Reads `programme`."""
    return silent_days(
        state=sheet.state, since=sheet.state_since, last_news_on=sheet.last_news_on,
        limit=no_news_limit(sheet), today=today,
    )  # fmt: skip


def late_steps(today: datetime.date) -> QuerySet[Step]:
    """Every late step."""
    return Step.objects.filter(sheet__state__in=RUNNING, done_on=None, ends_on__lt=today)


def is_late(today: datetime.date) -> Exists:
    """A condition on sheets: at least one step is late."""
    return Exists(late_steps(today).filter(sheet=OuterRef("pk")))


def silent_sheets(found: QuerySet[ActionSheet], today: datetime.date) -> QuerySet[ActionSheet]:
    """Those of `found` whose page says that there is no news. One more query, for the limits in use."""
    return found.filter(silent(today), state__in=RUNNING)


def silent(today: datetime.date) -> Q:
    """A condition on running sheets: without news for longer than their limit."""
    usual = int(settings.ACTION_NO_NEWS_DAYS)
    chosen = Programme.objects.exclude(no_news_days=None).order_by()
    own = set(chosen.values_list("no_news_days", flat=True))
    condition = _before(today, usual) & (Q(programme=None) | Q(programme__no_news_days=None))
    for days in sorted(one for one in own if one is not None):
        condition |= _before(today, days) & Q(programme__no_news_days=days)
    return condition


def _before(today: datetime.date, days: int) -> Q:
    last: Any = today - datetime.timedelta(days=days)
    return Q(last_news_on__lt=last) | Q(last_news_on=None, state_since__lt=last)


@dataclass(frozen=True)
class Card:
    """A sheet in a list, with its badges."""

    sheet: ActionSheet
    silent: int | None
    is_late: bool


def with_badges(found: QuerySet[ActionSheet]) -> QuerySet[ActionSheet]:
    """With what the card of a sheet reads."""
    late = is_late(timezone.localdate())
    return found.annotate(has_late_step=late).select_related("programme", "lead", "axis")


def cards_of(sheets: Iterable[ActionSheet]) -> list[Card]:
    """The sheets of a list read by `with_badges`, with their badges."""
    today = timezone.localdate()
    return [Card(one, silence_of(one, today), getattr(one, "has_late_step", False)) for one in sheets]


def heard_on() -> Coalesce:
    """The day silence counts from."""
    return Coalesce(F("last_news_on"), F("state_since"))
