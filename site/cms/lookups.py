"""What pages show of other apps: read in bulk for a page, kept by address, absent when no longer public."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language

from cms.stamps import FIGURES, cached
from consultations.actions.selectors.front import Mover
from consultations.actions.selectors.front import movers as read_movers
from consultations.process.models import Consultation
from consultations.process.selectors import ThreadStep, featured_consultation, thread, threads
from consultations.surveys.models import Survey
from observatory.indicators.models import Indicator
from observatory.portal.cards import Card, figure_card
from territories.models import Territory


@dataclass(frozen=True)
class Story:
    """A public consultation as pages tell it."""

    slug: str
    title: str
    summary: str
    easy_read: str
    url: str
    status: str
    status_label: str
    ends_on: datetime.date | None
    is_open: bool
    is_demo: bool
    steps: list[ThreadStep] = field(default_factory=list)
    surveys: list["SurveyTile"] = field(default_factory=list)


@dataclass(frozen=True)
class SurveyTile:
    """A survey as a link: `state` is `open`, `soon` or `closed`."""

    slug: str
    title: str
    url: str
    state: str
    minutes: int
    opens_on: datetime.date | None
    closes_on: datetime.date | None


def address(name: str, fallback: str, *arguments: str) -> str:
    """The address called `name`, or `fallback` while the app that owns it has no page."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return fallback


def territory_url(territory: Territory) -> str:
    """The page of a territory; empty while no app shows one."""
    return address("portal:portrait", "", territory.level_id, territory.code)


def consultation_choices() -> list[tuple[str, str]]:
    """Public consultations, latest first."""
    return list(Consultation.objects.public().values_list("slug", "title"))


def survey_choices() -> list[tuple[str, str]]:
    """Surveys that people can or could answer."""
    return list(Survey.objects.exclude(status=Survey.Status.DRAFT).values_list("slug", "title"))


def indicator_choices() -> list[tuple[str, str]]:
    """Indicators, by theme."""
    return list(Indicator.objects.values_list("code", "title"))


def survey_tile(survey: Survey, today: datetime.date | None = None) -> SurveyTile:
    """Reads the survey's own columns and its consultation's status: no query when that was joined."""
    today = today or timezone.localdate()
    state = "open"
    is_published = survey.status == Survey.Status.PUBLISHED and survey.consultation.status == "published"
    if not is_published or (survey.closes_on and survey.closes_on < today):
        state = "closed"
    elif survey.opens_on and survey.opens_on > today:
        state = "soon"
    return SurveyTile(
        slug=survey.slug,
        title=survey.title,
        url=address("surveys:start", f"/enquetes/{survey.slug}/", survey.slug),
        state=state,
        minutes=survey.minutes,
        opens_on=survey.opens_on,
        closes_on=survey.closes_on,
    )


def surveys(slugs: Iterable[str]) -> dict[str, SurveyTile]:
    """Surveys by address, in one query; drafts and unknown ones are absent."""
    found = Survey.objects.filter(slug__in=set(slugs)).exclude(status=Survey.Status.DRAFT)
    return {survey.slug: survey_tile(survey) for survey in found.select_related("consultation")}


def story_of(consultation: Consultation, steps: list[ThreadStep]) -> Story:
    """A consultation whose stages and surveys were loaded beforehand, with its thread."""
    today = timezone.localdate()
    is_over = consultation.ends_on is not None and consultation.ends_on < today
    public_surveys = [s for s in consultation.surveys.all() if s.status != Survey.Status.DRAFT]
    return Story(
        slug=consultation.slug,
        title=consultation.title,
        summary=consultation.summary,
        easy_read=consultation.easy_read_summary,
        url=address("process:consultation_detail", f"/participer/{consultation.slug}/", consultation.slug),
        status=consultation.status,
        status_label=str(consultation.get_status_display()),
        ends_on=consultation.ends_on,
        is_open=consultation.status == Consultation.Status.PUBLISHED and not is_over,
        is_demo=consultation.is_demo,
        steps=steps,
        surveys=[survey_tile(survey, today) for survey in public_surveys],
    )


def stories(slugs: Iterable[str]) -> dict[str, Story]:
    """Public consultations by address, in four queries whatever their number."""
    found = Consultation.objects.public().filter(slug__in=set(slugs)).prefetch_related("stages", "surveys")
    steps = threads(list(found))
    return {consultation.slug: story_of(consultation, steps[consultation.pk]) for consultation in found}


def referenced(stream: Iterable[Any]) -> dict[str, dict[str, Any]]:
    """Everything a stream refers to, loaded at once; the blocks then read it from the page's context."""
    raw = [(block.block_type, block.value) for block in stream]
    return {
        "stories": stories(value["consultation"] for kind, value in raw if kind == "thread"),
        "surveys": surveys(value["survey"] for kind, value in raw if kind == "survey"),
    }


def _preloaded(context: Mapping[str, Any] | None, name: str) -> dict[str, Any] | None:
    page_references: dict[str, dict[str, Any]] = (context or {}).get("references") or {}
    return page_references.get(name)


def consultations_of(context: Mapping[str, Any] | None, slug: str) -> dict[str, Story]:
    """What the page loaded, or the one consultation when a block is drawn alone."""
    loaded = _preloaded(context, "stories")
    return stories([slug]) if loaded is None else loaded


def surveys_of(context: Mapping[str, Any] | None, slug: str) -> dict[str, SurveyTile]:
    """What the page loaded, or the one survey when a block is drawn alone."""
    loaded = _preloaded(context, "surveys")
    return surveys([slug]) if loaded is None else loaded


def featured_story(slug: str) -> Story | None:
    """The consultation the home page tells: the chosen one while it is public, else the furthest along."""
    if chosen := stories([slug]).get(slug) if slug else None:
        return chosen
    featured = featured_consultation()
    if featured is None:
        return None
    prefetch_related_objects([featured], "surveys")
    return story_of(featured, thread(featured))


def open_survey_count() -> int:
    """How many surveys anyone may answer today."""
    return Survey.objects.answerable_on(timezone.localdate()).count()


def figure_of(code: str, kind: str) -> Card | None:
    """A published figure, drawn; without a code the one the observatory puts first; None when there is none."""
    return cached(f"figure:{get_language()}:{kind}:{code}", lambda: figure_card(code, kind), FIGURES)


def movers() -> list[Mover]:
    """Three action sheets: what moves, what waits."""
    return cached(f"movers:{get_language()}", read_movers)
