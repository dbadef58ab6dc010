"""The portrait of a territory: its published figures beside those of its département."""

from collections.abc import Iterable
from dataclasses import dataclass

from observatory.indicators.figures import ReleaseRef
from observatory.indicators.selectors import PlaceFigure, UnknownFigure, place_figures
from observatory.portal.feeds.names import COUNT, SURVEY
from observatory.portal.selectors import FigureView, figure_view
from territories.models import Territory
from territories.selectors import Kin, ancestors, descendants, resolve_code

KEY_FIGURES = 4


@dataclass(frozen=True)
class SurveyAnswers:
    """What one survey says of the place."""

    release: ReleaseRef
    figures: list[PlaceFigure]


@dataclass(frozen=True)
class Portrait:
    """What the page shows; `reference` is the département the place is compared with."""

    territory: Territory
    reference: Territory | None
    above: list[Kin]
    commune_count: int
    population: PlaceFigure | None
    keys: list[PlaceFigure]
    answers: list[SurveyAnswers]
    hidden_count: int
    map: FigureView | None


def portrait(level: str, code: str) -> Portrait:
    """The portrait of a territory; TerritoryError or UnknownFigure when there is none."""
    territory = resolve_code(code, level=level)
    above = ancestors(territory)
    reference = next((kin.territory for kin in above if kin.territory.level_id == "departement"), None)
    figures = place_figures(territory.level_id, territory.code)
    shown = [one for one in figures if one.row.value is not None]
    population = next((one for one in shown if one.code == COUNT), None)
    others = sorted((one for one in shown if one is not population), key=_weight)
    communes = [kin for kin in descendants(territory) if kin.territory.level_id == "commune" and kin.is_full]
    return Portrait(
        territory=territory,
        reference=reference,
        above=above,
        commune_count=len(communes),
        population=population,
        keys=others[:KEY_FIGURES],
        answers=_by_survey(one for one in shown if one.release.subject_kind == SURVEY),
        hidden_count=len(figures) - len(shown),
        map=_map(others or shown, territory),
    )


def _weight(one: PlaceFigure) -> tuple[bool, bool, int]:
    """Needs first, what people said in surveys before what is counted, then what most people answered."""
    return (not one.says_a_need, one.release.subject_kind != SURVEY, -one.release.base_count)


def _by_survey(figures: Iterable[PlaceFigure]) -> list[SurveyAnswers]:
    groups: dict[str, list[PlaceFigure]] = {}
    for one in figures:
        groups.setdefault(one.release.id, []).append(one)
    found = [SurveyAnswers(group[0].release, group) for group in groups.values()]
    return sorted(found, key=lambda one: -one.release.base_count)


def _map(figures: list[PlaceFigure], territory: Territory) -> FigureView | None:
    """The first figure that a map of this level can show, this place outlined."""
    for one in figures:
        try:
            view = figure_view(one.code, territory.level_id, focus=territory.code, width=520)
        except UnknownFigure:
            continue
        if view.has_map:
            return view
    return None
