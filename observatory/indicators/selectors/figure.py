"""One indicator at one level, cut out of a release."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from django.utils.translation import gettext as _

from observatory.indicators import wording
from observatory.indicators.figures import (
    Bar,
    Figure,
    LegendClass,
    LevelChoice,
    ReleaseRef,
    Row,
    SliceChoice,
    Words,
)
from observatory.indicators.legends import class_of
from observatory.indicators.models import Indicator, PublishedCell, Release
from territories.models import TerritoryLevel

TOTAL, MISSING = "total", "M"
LEVEL_ORDER = ("departement", "arrondissement", "epci", "canton", "commune")


class UnknownFigure(LookupError):
    """No such indicator, level, choice or release; `is_gone` when it existed and was withdrawn."""

    def __init__(self, message: str, *, is_gone: bool = False) -> None:
        super().__init__(message)
        self.is_gone = is_gone


@dataclass(frozen=True)
class Frame:
    """What a figure is cut out of: the indicator, its release, the cells of two levels."""

    indicator: Indicator
    release: Release
    levels: tuple[LevelChoice, ...]

    @property
    def is_share(self) -> bool:
        return self.indicator.aggregation == Indicator.Aggregation.RATIO


def figure(
    indicator_code: str,
    level: str = "",
    *,
    slice_key: str = "",
    period: str = "",
    release_id: str = "",
) -> Figure:
    """The figure of an indicator; without a choice, the finest published map, the first choice, the last
    release.

    Raises UnknownFigure for what was never published, saying so in words.
    """
    frame = _frame(indicator_code, release_id)
    chosen = _choose_level(frame, level)
    cells = list(
        PublishedCell.objects.filter(
            release=frame.release,
            indicator_code=indicator_code,
            level_code__in={chosen.code, frame.release.scope_level},
        ).order_by("slice_order", "slice_key", "territory_name", "territory_code")
    )
    periods = tuple(sorted({cell.period for cell in cells}))
    when = _choose(period, periods, periods[-1:], _("This period is not published."))
    cells = [cell for cell in cells if cell.period == when]
    return _assemble(frame, _Cut(chosen, cells, when, periods), slice_key)


def _frame(code: str, release_id: str) -> Frame:
    indicator = Indicator.objects.filter(code=code).first()
    if indicator is None:
        raise UnknownFigure(_("This indicator does not exist."))
    releases = Release.objects.of(indicator.origin_kind, indicator.origin_id)
    release = cited(releases, release_id) if release_id else releases.shown().first()
    if release is None:
        raise UnknownFigure(_("Nothing is published for this indicator."), is_gone=releases.exists())
    if code not in release.report["indicators"]:
        raise UnknownFigure(_("This indicator is not part of this publication."))
    return Frame(indicator, release, _levels(release, code))


def cited(releases: Iterable[Release], release_id: str) -> Release:
    """The release of this key among those of a subject; UnknownFigure when it is not there or was withdrawn."""
    try:
        wanted = UUID(release_id)
    except ValueError:
        raise UnknownFigure(_("This publication does not exist.")) from None
    release = next((one for one in releases if one.pk == wanted), None)
    if release is None:
        raise UnknownFigure(_("This publication does not exist."))
    if release.withdrawn_on:
        raise UnknownFigure(_("This publication was withdrawn."), is_gone=True)
    return release


def _levels(release: Release, code: str) -> tuple[LevelChoice, ...]:
    states = release.report["indicators"][code]
    names = dict(TerritoryLevel.objects.values_list("code", "name"))
    return tuple(
        LevelChoice(
            code=level,
            name=names.get(level, level),
            state=states[level]["state"],
            reason=wording.withheld_reason(states[level]["reason"]) if states[level]["reason"] else "",
            kept_from=states[level].get("release"),
            is_grouped=any(len(group) > 1 for group in states[level].get("groups", ())),
        )
        for level in sorted(states, key=lambda one: LEVEL_ORDER.index(one) if one in LEVEL_ORDER else 99)
    )


def _choose_level(frame: Frame, level: str) -> LevelChoice:
    if level:
        found = next((one for one in frame.levels if one.code == level), None)
        if found is None:
            raise UnknownFigure(_("This level is not published for this indicator."))
        return found
    by_code = {one.code: one for one in frame.levels if one.state != "withheld"}
    for code in ("epci", "arrondissement", "canton", "departement", "commune"):
        if code in by_code:
            return by_code[code]
    return frame.levels[0]


def _choose(wanted: str, offered: Sequence[str], default: Sequence[str], message: str) -> str:
    if wanted and wanted not in offered:
        raise UnknownFigure(message)
    return wanted or (default[0] if default else "")


@dataclass(frozen=True)
class _Cut:
    """The cells of one level and of the whole, at one period."""

    level: LevelChoice
    cells: list[PublishedCell]
    period: str
    periods: tuple[str, ...]


@dataclass(frozen=True)
class _Parts:
    """What is read in the cells for one answer."""

    slices: tuple[SliceChoice, ...]
    slice: SliceChoice
    rows: tuple[Row, ...]
    reference: Row | None
    bars: tuple[Bar, ...]
    breaks: tuple[float, ...]


def _parts(frame: Frame, cut: _Cut, slice_key: str) -> _Parts:
    at_level = [cell for cell in cut.cells if cell.level_code == cut.level.code]
    slices = _slices(at_level, cut.cells, frame)
    key = _choose(
        slice_key, [one.key for one in slices], [slices[0].key], _("This answer is not published here.")
    )
    breaks = frame.release.report["breaks"].get(frame.indicator.code, {}).get(cut.level.code, {}).get(key, ())
    scope = [cell for cell in cut.cells if is_scope(cell, frame.release)]
    return _Parts(
        slices=slices,
        slice=next(one for one in slices if one.key == key),
        rows=rows_of(frame, [cell for cell in at_level if _is_in(cell, key)], tuple(breaks)),
        reference=next(iter(rows_of(frame, [cell for cell in scope if _is_in(cell, key)], ())), None),
        bars=_bars(frame, scope),
        breaks=tuple(breaks),
    )


def _assemble(frame: Frame, cut: _Cut, slice_key: str) -> Figure:
    indicator, parts = frame.indicator, _parts(frame, cut, slice_key)
    return Figure(
        code=indicator.code,
        title=indicator.title,
        question=indicator.question,
        theme=indicator.theme,
        unit=indicator.unit,
        decimals=indicator.decimals,
        is_share=frame.is_share,
        is_demo=indicator.is_demo,
        overlaps=indicator.choices_overlap,
        method=indicator.method,
        source=indicator.source_text,
        release=release_ref(frame.release),
        period=cut.period,
        periods=cut.periods,
        level=cut.level,
        levels=frame.levels,
        slice=parts.slice,
        slices=parts.slices,
        rows=parts.rows,
        reference=parts.reference,
        bars=parts.bars,
        legend=_legend(frame, parts.rows, parts.breaks),
        breaks=parts.breaks,
        words=_words(frame, parts, cut.period),
    )


def _is_in(cell: PublishedCell, key: str) -> bool:
    return cell.slice_key == key or (cell.slice_key == TOTAL and cell.status != "V" and key != TOTAL)


def is_scope(cell: PublishedCell, release: Release) -> bool:
    return cell.level_code == release.scope_level and cell.territory_code == release.scope_code


def _slices(
    at_level: list[PublishedCell], cells: list[PublishedCell], frame: Frame
) -> tuple[SliceChoice, ...]:
    """Choices published at the level; where it is withheld, those of the whole place, so that words remain.

    A count of events can be read whole, or for one of its reasons where the level shows them.
    """
    if not frame.is_share:
        reasons = {cell.slice_key: cell.slice_label for cell in at_level if cell.slice_key != TOTAL}
        if not frame.indicator.counts_events:
            reasons = {}
        return (SliceChoice(TOTAL, ""), *(SliceChoice(key, label) for key, label in reasons.items()))
    for source in (at_level, cells):
        found = {cell.slice_key: cell.slice_label for cell in source if cell.slice_key != TOTAL}
        if found:
            return tuple(SliceChoice(key, label) for key, label in found.items())
    return (SliceChoice(TOTAL, ""),)


def rows_of(frame: Frame, cells: list[PublishedCell], breaks: Sequence[float]) -> tuple[Row, ...]:
    unique: dict[tuple[str, str], PublishedCell] = {}
    for cell in cells:
        place = (cell.level_code, cell.territory_code)
        if place not in unique or cell.slice_key != TOTAL:
            unique[place] = cell
    values = sorted(
        (
            value
            for cell in unique.values()
            if (value := cell.display_value(is_share=frame.is_share)) is not None
        ),
        reverse=True,
    )
    return tuple(_row(frame, cell, values, breaks) for cell in unique.values())


def _row(frame: Frame, cell: PublishedCell, values: list[float], breaks: Sequence[float]) -> Row:
    value = cell.display_value(is_share=frame.is_share)
    words = wording.status_words(cell.status)
    if value is None and not words:
        words = wording.status_words("M")
    css = {"V": "ca", "M": "ca"}.get(cell.status, "cs")
    return Row(
        level=cell.level_code,
        code=cell.territory_code,
        name=cell.territory_name,
        value=value,
        text=words if value is None else shown_value(value, frame.indicator),
        words=words,
        count=None if cell.value is None else int(cell.value),
        base=cell.base_count,
        status=cell.status,
        rank=None if value is None else 1 + values.index(value),
        css_class=css if value is None else f"c{class_of(value, list(breaks))}",
        easy=wording.out_of_ten(value) if value is not None and frame.is_share else "",
    )


def shown_value(value: float, indicator: Indicator) -> str:
    """A value with its unit, rounded as the indicator says."""
    return wording.amount(value, indicator.unit, indicator.decimals)


def _bars(frame: Frame, scope: list[PublishedCell]) -> tuple[Bar, ...]:
    found = []
    for cell in scope:
        value = cell.display_value(is_share=frame.is_share)
        if value is not None and cell.slice_key != TOTAL:
            count = None if cell.value is None else int(cell.value)
            text = shown_value(value, frame.indicator)
            found.append(Bar(cell.slice_key, cell.slice_label, value, text, count, "+" in cell.slice_key))
    return tuple(found)


def _legend(frame: Frame, rows: tuple[Row, ...], breaks: tuple[float, ...]) -> tuple[LegendClass, ...]:
    entries = []
    if any(row.value is not None for row in rows):
        bounds = [None, *breaks, None]
        for index, (lower, upper) in enumerate(pairwise(bounds), start=1):
            entries.append(LegendClass(f"c{index}", _legend_words(frame, lower, upper), lower, upper))
    if any(row.css_class == "cs" for row in rows):
        entries.append(LegendClass("cs", wording.status_words("N")))
    if any(row.css_class == "ca" for row in rows):
        entries.append(LegendClass("ca", wording.status_words("M")))
    return tuple(entries)


def _legend_words(frame: Frame, lower: float | None, upper: float | None) -> str:
    decimals = frame.indicator.decimals
    if lower is None and upper is None:
        return _("published")
    if lower is None:
        return _("under %(upper)s") % {"upper": wording.amount(upper or 0, frame.indicator.unit, decimals)}
    if upper is None:
        return _("%(lower)s and more") % {"lower": wording.amount(lower, frame.indicator.unit, decimals)}
    return _("%(lower)s to %(upper)s") % {
        "lower": wording.number(lower, decimals),
        "upper": wording.amount(upper, frame.indicator.unit, decimals),
    }


def _words(frame: Frame, parts: _Parts, period: str) -> Words:
    reference, chosen = parts.reference, parts.slice
    ranked = sorted((row for row in parts.rows if row.rank), key=lambda row: (row.rank or 0, row.name))
    details = wording.extremes_sentence([(row.name, row.text) for row in ranked])
    if reference is not None and reference.status == MISSING and frame.is_share:
        sentence = wording.nobody_sentence(reference.name)
        return Words(sentence, "", sentence)
    if reference is None or reference.value is None:
        return Words(details, "", "")
    if not frame.is_share:
        sentence = wording.amount_sentence(
            place=reference.name, text=reference.text, period=period, choice=chosen.label
        )
        return Words(sentence, details, sentence)
    sentence = wording.share_sentence(
        place=reference.name,
        share=reference.value,
        base=reference.base or 0,
        choice=chosen.label,
        came=frame.indicator.people == Indicator.People.CAME,
    )
    easy = _("%(easy)s: %(choice)s.") % {"easy": reference.easy.capitalize(), "choice": chosen.label}
    return Words(sentence, details, easy)


def release_ref(release: Release) -> ReleaseRef:
    """The citation of a release."""
    return ReleaseRef(
        id=str(release.pk),
        number=release.number,
        slug=release.slug,
        title=release.title,
        released_on=release.released_on,
        base_count=release.base_count,
        is_latest=release.is_latest,
        subject_kind=release.subject_kind,
        geography_on=release.geography_on,
    )
