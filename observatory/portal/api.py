"""Open data for programs: the published figures, and nothing that the pages do not show."""

from datetime import date

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError

from observatory.indicators.figures import Figure, FigureCard, ReleaseRef
from observatory.indicators.selectors import UnknownFigure, figure, figure_cards, latest_releases, release_ref

router = Router(tags=["observatory"])


class ReleaseOut(Schema):
    """A frozen publication."""

    id: str
    number: int
    slug: str
    title: str
    released_on: date
    base_count: int
    is_latest: bool


class IndicatorOut(Schema):
    """An indicator with the levels at which it is shown."""

    code: str
    title: str
    theme: str
    levels: list[str]
    is_demo: bool
    release: ReleaseOut


class RowOut(Schema):
    """One place; without a value, `status` says why: M absent, other letters secret."""

    level: str
    code: str
    name: str
    value: float | None
    count: int | None
    base: int | None
    status: str
    rank: int | None


class FigureOut(Schema):
    """One indicator at one level for one answer."""

    code: str
    title: str
    unit: str
    period: str
    level: str
    level_state: str
    reason: str
    answer: str
    answer_label: str
    answers: list[str]
    sentence: str
    source: str
    release: ReleaseOut
    rows: list[RowOut]


@router.get("/releases", response=list[ReleaseOut], summary="The publications shown")
def list_releases(request: HttpRequest) -> list[ReleaseRef]:
    return [release_ref(one) for one in latest_releases()]


@router.get("/indicators", response=list[IndicatorOut], summary="The indicators shown")
def list_indicators(request: HttpRequest) -> list[FigureCard]:
    return figure_cards(latest_releases())


@router.get("/indicators/{code}", response=FigureOut, summary="One indicator at one level")
def read_indicator(
    request: HttpRequest, code: str, *, level: str = "", answer: str = "", period: str = "", release: str = ""
) -> FigureOut:
    try:
        found = figure(code, level, slice_key=answer, period=period, release_id=release)
    except UnknownFigure as error:
        raise HttpError(410 if error.is_gone else 404, str(error)) from error
    return _figure_out(found)


def _figure_out(found: Figure) -> FigureOut:
    return FigureOut(
        code=found.code,
        title=found.title,
        unit=found.unit,
        period=found.period,
        level=found.level.code,
        level_state=found.level.state,
        reason=found.level.reason,
        answer=found.slice.key,
        answer_label=found.slice.label,
        answers=[one.key for one in found.slices],
        sentence=found.words.sentence,
        source=found.source,
        release=ReleaseOut.from_orm(found.release),
        rows=[RowOut.from_orm(row) for row in found.rows],
    )
