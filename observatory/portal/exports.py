"""Files for spreadsheets and programs: the same published cells as the pages, row by row.

Column names follow SDMX-CSV; OBS_STATUS and CONF_STATUS its code lists (A normal, M missing, Q suppressed;
F free, N not for publication).
"""

import csv
from collections.abc import Iterable, Iterator
from uuid import UUID

from core.spreadsheet import BOM, guard_cell
from observatory.indicators.figures import ReleaseRef
from observatory.indicators.models import Indicator, PublishedCell, Release

COLUMNS = (
    "INDICATOR", "TITLE", "REF_AREA_TYPE", "REF_AREA", "REF_AREA_NAME", "TIME_PERIOD", "ANSWER", "ANSWER_LABEL",
    "OBS_VALUE", "UNIT_MEASURE", "NUMERATOR", "DENOMINATOR", "OBS_STATUS", "CONF_STATUS", "RELEASE",
)  # fmt: skip
OBS_STATUS = {"V": "A", "M": "M"}
CONF_STATUS = {"V": "F", "M": "F"}


class _Echo:
    """A file that gives back what is written, so that rows are streamed."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Iterable[list[str]], *, bom: bool = False) -> Iterator[str]:
    """The header and the rows as lines of CSV, safe to open in a spreadsheet."""
    writer = csv.writer(_Echo(), delimiter=",", lineterminator="\r\n")
    if bom:
        yield BOM
    yield writer.writerow(COLUMNS)
    for row in rows:
        yield writer.writerow(row)


def cell_rows(release: ReleaseRef | Release, *, indicator: str = "", level: str = "") -> Iterator[list[str]]:
    """Every cell of a release, or of one of its indicators, or of one of its levels, in a stable order."""
    key = release.id if isinstance(release, ReleaseRef) else str(release.pk)
    cells = PublishedCell.objects.filter(release=UUID(key))
    if indicator:
        cells = cells.filter(indicator_code=indicator)
    if level:
        cells = cells.filter(level_code=level)
    indicators = {
        one.code: one for one in Indicator.objects.filter(code__in=cells.values("indicator_code").distinct())
    }
    ordered = cells.order_by(
        "indicator_code", "level_code", "territory_code", "period", "slice_order", "slice_key"
    )
    for cell in ordered.filter(indicator_code__in=list(indicators)).iterator(chunk_size=2_000):
        yield _row(cell, indicators[cell.indicator_code], key)


def _row(cell: PublishedCell, indicator: Indicator, release: str) -> list[str]:
    is_share = indicator.aggregation == Indicator.Aggregation.RATIO
    value = cell.display_value(is_share=is_share)
    if is_share and cell.status == "V" and value is None:  # the base itself: everyone who answered
        value = 100.0
    return [
        indicator.code,
        guard_cell(indicator.title),
        cell.level_code,
        cell.territory_code,
        guard_cell(cell.territory_name),
        cell.period,
        "_T" if cell.slice_key == "total" else guard_cell(cell.slice_key),
        guard_cell(cell.slice_label),
        "" if value is None else f"{value:.{max(indicator.decimals, 1 if is_share else 0)}f}",
        guard_cell(indicator.unit),
        "" if cell.value is None or not is_share else f"{cell.value:.0f}",
        "" if cell.base_count is None else str(cell.base_count),
        OBS_STATUS.get(cell.status, "Q"),
        CONF_STATUS.get(cell.status, cell.status),
        release,
    ]
