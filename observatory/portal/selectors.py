"""What the public pages show: figures with their map and bars, the catalogue, portraits.

Reads published cells through `observatory.indicators.selectors`, and outlines. Never a fact, never a
response.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from consultations.polls.selectors.released import results_address
from observatory.indicators.figures import Figure, FigureCard, LeftOut, ReleaseRef
from observatory.indicators.models import Release
from observatory.indicators.selectors import (
    UnknownFigure,
    figure,
    figure_cards,
    latest_releases,
    left_out,
    release_by_slug,
    release_ref,
)
from observatory.portal.drawing import DrawnBar, DrawnMap, draw_bars, draw_map, draw_rows
from observatory.portal.feeds.names import POLL, SURVEY
from territories.selectors import LayerFiles, UnknownLayer, layer_files, map_outlines

MAP_WIDTH = 640
RANKED_LEVELS = {"departement", "arrondissement", "epci", "canton"}


@dataclass(frozen=True)
class FigureView:
    """A figure with its drawings."""

    figure: Figure
    map: DrawnMap | None
    ranking: list[DrawnBar]
    distribution: list[DrawnBar]

    @property
    def has_map(self) -> bool:
        return self.map is not None


@dataclass(frozen=True)
class Collection:
    """A survey or a source with its indicators."""

    release: ReleaseRef
    cards: list[FigureCard]
    is_demo: bool
    left_out: list[LeftOut]

    @property
    def is_survey(self) -> bool:
        return self.release.subject_kind == SURVEY

    @property
    def is_poll(self) -> bool:
        """True for one question: its own page shows its results whatever its kind."""
        return self.release.subject_kind == POLL

    @property
    def url(self) -> str:
        """The page of all its results; empty for a source."""
        if self.is_poll:
            return results_address(self.release)
        return reverse("portal:results", args=[self.release.slug]) if self.is_survey else ""


def figure_view(
    code: str,
    level: str = "",
    *,
    width: int = MAP_WIDTH,
    focus: str = "",
    choice: Mapping[str, str] | None = None,
) -> FigureView:
    """A figure drawn; UnknownFigure when it was never published."""
    return draw_figure(figure(code, level, **(choice or {})), width=width, focus=focus)


def draw_figure(found: Figure, *, width: int = MAP_WIDTH, focus: str = "") -> FigureView:
    """The map of the level where outlines are known, the ranking, and the answers of the whole."""
    ranked = found.level.code in RANKED_LEVELS and not found.is_withheld
    return FigureView(
        figure=found,
        map=_map(found, width, focus),
        ranking=draw_rows(found.rows) if ranked and len(found.rows) > 1 else [],
        distribution=draw_bars(found.bars, overlaps=found.overlaps, is_share=found.is_share),
    )


def _map(found: Figure, width: int, focus: str) -> DrawnMap | None:
    if len(found.rows) < 2:
        return None
    try:
        outlines = map_outlines(
            found.level.code,
            vintage=found.release.geography_on.year,
            width=width,
            codes=[row.code for row in found.rows],
        )
    except UnknownLayer:
        return None
    return draw_map(outlines, found.rows, focus=focus) if outlines.shapes else None


def outline_files(found: Figure) -> LayerFiles | None:
    """The files a browser draws the same map from."""
    try:
        return layer_files(found.level.code, vintage=found.release.geography_on.year)
    except UnknownLayer:
        return None


def catalogue() -> list[Collection]:
    """Everything shown, surveys first, the most recent first."""
    releases = latest_releases()
    cards: dict[str, list[FigureCard]] = {}
    for card in figure_cards(releases):
        cards.setdefault(card.release.id, []).append(card)
    found = [_collection(one, cards.get(str(one.pk), [])) for one in releases]
    shown = [one for one in found if one.cards or one.is_poll]
    return sorted(shown, key=lambda one: not one.is_survey)


def collection(slug: str, release_id: str = "") -> Collection:
    """One survey or source, as last published or in one cited release; UnknownFigure when nothing is shown."""
    release = release_by_slug(slug, release_id)
    return _collection(release, figure_cards([release]))


def own_page(code: str) -> str:
    """The page of a poll whose figure is drawn there and not here (ranking, scores, points); empty otherwise."""
    try:
        found = collection(code)
    except UnknownFigure:
        return ""
    return found.url if found.is_poll and not found.cards else ""


def _collection(release: Release, cards: list[FigureCard]) -> Collection:
    return Collection(
        release=release_ref(release),
        cards=cards,
        is_demo=any(card.is_demo for card in cards) or bool(release.report.get("is_demo")),
        left_out=left_out(release),
    )


def home_figure(code: str = "") -> FigureView | None:
    """The map of the home page: the indicator asked for, else the survey most answered that tells a need by EPCI."""
    if code:
        try:
            return figure_view(code)
        except UnknownFigure:
            return None
    cards = [card for one in catalogue() for card in one.cards if "epci" in card.levels]
    if not cards:
        return None
    best = min(
        cards,
        key=lambda card: (
            card.release.subject_kind != SURVEY,
            not card.says_a_need,
            -card.release.base_count,
        ),
    )
    return figure_view(best.code, "epci")
