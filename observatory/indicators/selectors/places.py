"""What is published of one place, beside the whole."""

from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, Q

from observatory.indicators.figures import ReleaseRef, Row
from observatory.indicators.models import Indicator, PublishedCell, Release
from observatory.indicators.selectors.catalogue import latest_releases
from observatory.indicators.selectors.figure import Frame, is_scope, release_ref, rows_of

FEW = 3


@dataclass(frozen=True)
class PlaceFigure:
    """An indicator of one place beside the whole: the choice most given, or its value."""

    code: str
    title: str
    label: str
    row: Row
    reference: Row | None
    release: ReleaseRef
    is_demo: bool
    level: str
    says_a_need: bool


def place_figures(level: str, code: str) -> list[PlaceFigure]:
    """What the shown releases say of a place, each beside the whole; nothing for levels that are withheld."""
    releases = {one.pk: one for one in latest_releases()}
    origins = [one.subject_id for one in releases.values()]
    coded = Exists(Indicator.needs.through.objects.filter(indicator=OuterRef("pk")))
    asked = Indicator.objects.filter(origin_id__in=origins).annotate(says_a_need=coded)
    indicators = {one.code: one for one in asked}
    needed = {code for code, one in indicators.items() if one.says_a_need}
    scopes = {(one.scope_level, one.scope_code) for one in releases.values()}
    wanted = Q(level_code=level, territory_code=code)
    for scope_level, scope_code in scopes:
        wanted |= Q(level_code=scope_level, territory_code=scope_code)
    cells = PublishedCell.objects.filter(wanted, release__in=releases).order_by(
        "slice_order", "slice_key", "-period"
    )
    groups: dict[str, list[PublishedCell]] = {}
    for cell in cells:
        if cell.indicator_code in indicators:
            groups.setdefault(cell.indicator_code, []).append(cell)
    found = (
        _place_figure(indicators[name], releases[group[0].release_id], group, (level, code))
        for name, group in groups.items()
    )
    told = [replace(one, says_a_need=one.code in needed) for one in found if one]
    order = list(indicators)  # by theme, survey and question
    return sorted(told, key=lambda one: order.index(one.code))


def _place_figure(
    indicator: Indicator, release: Release, cells: list[PublishedCell], place: tuple[str, str]
) -> PlaceFigure | None:
    frame = Frame(indicator, release, ())
    here = [cell for cell in cells if (cell.level_code, cell.territory_code) == place]
    if not here:
        return None
    period = max(cell.period for cell in here)
    here = [cell for cell in here if cell.period == period]
    ranked = [cell for cell in here if cell.display_value(is_share=frame.is_share) is not None]
    scope = [cell for cell in cells if is_scope(cell, release) and cell.period == period]
    main = _main_choice(frame, ranked, scope) or here[0]
    beside = [cell for cell in scope if cell.slice_key == main.slice_key]
    return PlaceFigure(
        code=indicator.code,
        title=indicator.title,
        label=main.slice_label,
        row=rows_of(frame, [main], ())[0],
        reference=next(iter(rows_of(frame, beside, ())), None),
        release=release_ref(release),
        is_demo=indicator.is_demo,
        level=place[0],
        says_a_need=False,
    )


def _main_choice(frame: Frame, here: list[PublishedCell], scope: list[PublishedCell]) -> PublishedCell | None:
    """The choice shown for a place: the first of a short question, else the one most given in the whole."""
    if len(here) <= FEW and not frame.indicator.choices_overlap:
        return here[0] if here else None
    whole = {cell.slice_key: cell.display_value(is_share=frame.is_share) or 0 for cell in scope}
    return max(here, key=lambda cell: whole.get(cell.slice_key, 0), default=None)
