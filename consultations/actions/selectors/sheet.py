"""One sheet as a page tells it: what anyone may read, in words."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.actions.lateness import Status, days_late
from consultations.actions.models import (
    ActionSheet,
    BeforeAfter,
    EvaluationScore,
    Indicator,
    Measure,
    Partner,
    State,
    StateChange,
    Step,
)
from consultations.actions.nodes import SHEET
from consultations.actions.selectors.budget import Budget, budget_of
from consultations.actions.selectors.standing import silence_of, status_of
from consultations.actions.selectors.updates import News, news_of
from consultations.actions.selectors.words import figure
from consultations.actions.texts import TEXTS, approved_texts, texts_of
from consultations.lineage.models import Link
from consultations.lineage.registries import Item, lineage_kinds
from consultations.lineage.selectors import resolve
from consultations.process.models import Consultation

HIDDEN = frozenset({State.PROPOSED, State.WRITING})


@dataclass(frozen=True)
class TextBlock:
    """One long text with its title."""

    name: str
    label: str
    text: str


@dataclass(frozen=True)
class StepLine:
    """A step as the thread draws it: `status` is a `lateness.Status`."""

    step: Step
    status: Status
    needs: tuple[str, ...] = ()
    days_late: int = 0


@dataclass(frozen=True)
class IndicatorLine:
    """A figure from its start to its target, and a sentence that says it all."""

    indicator: Indicator
    sentence: str
    baseline: str
    latest: str
    latest_on: datetime.date | None
    target: str
    percent: int | None
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True)
class Origin:
    """What the sheet comes from."""

    kind: str
    item: Item


@dataclass(frozen=True)
class SheetPage:
    """Everything the page of a sheet shows. Empty where the state hides it (`shows_texts`)."""

    sheet: ActionSheet
    shows_texts: bool
    texts: tuple[TextBlock, ...]
    easy_read: str
    steps: tuple[StepLine, ...]
    budget: Budget
    staff: tuple[Any, ...]
    partners: tuple[Partner, ...]
    indicators: tuple[IndicatorLine, ...]
    risks: tuple[Any, ...]
    scores: tuple[EvaluationScore, ...]
    comparison: BeforeAfter | None
    changes: tuple[StateChange, ...]
    origins: tuple[Origin, ...]
    silent_days: int | None
    news: News

    @property
    def mean_mark(self) -> str:
        """The mean of the marks out of five."""
        if not self.scores:
            return ""
        mean = Decimal(sum(score.mark for score in self.scores)) / len(self.scores)
        return number_format(mean, 1)

    @property
    def before_words(self) -> str:
        """The figure of the survey before."""
        return figure(self.comparison.before, self.comparison.unit) if self.comparison else ""

    @property
    def after_words(self) -> str:
        """The figure of the survey after."""
        return figure(self.comparison.after, self.comparison.unit) if self.comparison else ""

    @property
    def audiences(self) -> list[str]:
        """Who it is for, in words."""
        labels = dict(Consultation.Audience.choices)
        return [str(labels[code]) for code in self.sheet.audiences if code in labels]

    @property
    def late_count(self) -> int:
        return sum(line.status == Status.LATE for line in self.steps)


def loaded(pk: Any) -> ActionSheet:
    """A sheet with all it holds, in a fixed number of queries."""
    found = ActionSheet.objects.select_related(
        "programme", "axis", "territory__level", "lead", "co_lead", "lead_user", "consultation"
    ).prefetch_related(
        Prefetch("steps", Step.objects.select_related("owner").prefetch_related("depends_on")),
        Prefetch("partners", Partner.objects.select_related("organisation", "agreement")),
        "funding__funder", "staff", "risk_list", "scores", "changes", "places__level", "needs", "depends_on", "cooperation_groups",
        Prefetch("indicators__measures", Measure.objects.order_by("on", "pk")),
    )  # fmt: skip
    return found.get(pk=pk)


def sheet_page(sheet: ActionSheet, *, is_inside: bool = False) -> SheetPage:
    """The page of a sheet read by `loaded`; `is_inside` shows what is still being written."""
    today = timezone.localdate()
    words = texts_of(sheet) if is_inside or sheet.state == State.COMMENTS else approved_texts(sheet)
    shows = is_inside or sheet.state not in HIDDEN or sheet.adopted_on is not None
    shows = shows and (is_inside or sheet.state != State.ABANDONED or any(words.values()))
    blocks = tuple(
        TextBlock(field.name, str(field.label), words[field.name])
        for field in TEXTS
        if words[field.name] and field.name != "easy_read"
    )
    return SheetPage(
        sheet=sheet,
        shows_texts=shows,
        texts=blocks if shows else (),
        easy_read=words["easy_read"] if shows else "",
        steps=tuple(step_line(one, sheet.state, today) for one in sheet.steps.all()) if shows else (),
        budget=budget_of(sheet.funding.all() if shows else ()),
        staff=tuple(sheet.staff.all()) if shows else (),
        partners=tuple(sheet.partners.all()) if shows else (),
        indicators=tuple(indicator_line(one) for one in sheet.indicators.all()) if shows else (),
        risks=tuple(sheet.risk_list.all()) if shows else (),
        scores=tuple(sheet.scores.all()) if is_inside or sheet.state == State.EVALUATED else (),
        comparison=_comparison(sheet) if shows else None,
        changes=tuple(sheet.changes.all()),
        origins=origins_of(sheet),
        silent_days=silence_of(sheet, today),
        news=news_of(sheet),
    )


def _comparison(sheet: ActionSheet) -> BeforeAfter | None:
    found = BeforeAfter.objects.filter(sheet=sheet).select_related("before_survey", "after_survey").first()
    if found is None or not (found.question or found.before_survey_id or found.after_survey_id):
        return None
    return found


def step_line(step: Step, state: str, today: datetime.date) -> StepLine:
    """Where a step stands today; for one that is late, or was done late, by how many days."""
    late = days_late(ends_on=step.ends_on, done_on=step.done_on, today=today)
    status = status_of(step, state, today)
    told = late if status in {Status.DONE, Status.LATE} else 0
    return StepLine(step, status, tuple(one.title for one in step.depends_on.all()), told)


def indicator_line(indicator: Indicator) -> IndicatorLine:
    """A figure, where it starts, where it is and where it should go; the measures are those prefetched."""
    measures = tuple(indicator.measures.all())
    last = measures[-1] if measures else None
    unit = indicator.unit
    line = IndicatorLine(
        indicator=indicator,
        sentence="",
        baseline=figure(indicator.baseline, unit),
        latest=figure(last.value, unit) if last else "",
        latest_on=last.on if last else None,
        target=figure(indicator.target, unit),
        percent=_percent(indicator, last.value) if last else None,
        measures=measures,
    )
    return IndicatorLine(**{**line.__dict__, "sentence": _sentence(line)})


def _percent(indicator: Indicator, value: Decimal) -> int | None:
    """How much of the way from the start to the target is covered, between 0 and 100."""
    if indicator.target is None:
        return None
    start = indicator.baseline or Decimal(0)
    if indicator.target == start:
        return None
    way = 100 * (value - start) / (indicator.target - start)
    return max(0, min(100, round(way)))


def _sentence(line: IndicatorLine) -> str:
    parts = []
    if line.baseline:
        parts.append(_("%(figure)s at the start") % {"figure": line.baseline})
    if line.latest and line.latest_on:
        parts.append(
            _("%(figure)s on %(day)s") % {"figure": line.latest, "day": date_format(line.latest_on, "j F Y")}
        )
    else:
        parts.append(_("not measured yet"))
    if line.target:
        parts.append(_("%(figure)s to reach") % {"figure": line.target})
    return f"{', '.join(parts)}."


def origins_of(sheet: ActionSheet) -> tuple[Origin, ...]:
    """What leads to this sheet, needs aside: only what anyone may see."""
    links = Link.objects.filter(target_kind=SHEET, target_id=str(sheet.pk)).exclude(source_kind="need")
    nodes = [(link.source_kind, link.source_id) for link in links.order_by("linked_on", "pk")]
    items = resolve(nodes)
    return tuple(
        Origin(str(lineage_kinds[kind].label), items[kind, key])
        for kind, key in nodes
        if (kind, key) in items and items[kind, key].is_public
    )


def budget_words(budget: Budget) -> str:
    """The budget in one sentence."""
    words = budget.total.words
    years = ngettext("over %(count)s year", "over %(count)s years", len(budget.years)) % {
        "count": len(budget.years)
    }
    sentence = _("%(sought)s sought %(years)s; %(secured)s secured; %(spent)s spent.") % {
        **words,
        "years": years,
    }
    percent = budget.total.percent_secured
    if percent is not None:
        sentence += " " + _("That is %(percent)s %% of what is needed.") % {"percent": percent}
    return sentence
