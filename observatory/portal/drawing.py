"""Maps and bars drawn on the server, so that everything is seen without JavaScript. Pure geometry."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from observatory.indicators.figures import Bar, Row

BAR_WIDTH = 100.0


@dataclass(frozen=True)
class DrawnShape:
    """One territory of a map: its outline, the class of its colour and what a pointer reads."""

    path: str
    css_class: str
    title: str


@dataclass(frozen=True)
class DrawnMap:
    """A map ready for the template."""

    viewbox: str
    shapes: tuple[DrawnShape, ...]
    source: str
    vintage: int


@dataclass(frozen=True)
class DrawnBar:
    """One bar: its width in hundredths of the longest possible one, from `start`."""

    label: str
    text: str
    width: float
    start: float
    css_class: str
    note: str = ""
    code: str = ""


def draw_map(outlines: object, rows: Iterable[Row], *, focus: str = "") -> DrawnMap:
    """Colour the outlines of a level by the classes of the rows; a place without row is absent."""
    by_code = {row.code: row for row in rows}
    shapes = []
    for shape in outlines.shapes:  # type: ignore[attr-defined]
        row = by_code.get(shape.code)
        css = (row.css_class if row else "ca") + (" focus" if focus and shape.code == focus else "")
        title = f"{row.name} : {row.text}" if row else shape.name
        shapes.append((shape.code == focus, DrawnShape(shape.path, css, title)))
    shapes.sort(key=lambda one: one[0])  # the outline in focus is drawn above its neighbours
    return DrawnMap(
        outlines.viewbox,  # type: ignore[attr-defined]
        tuple(shape for _is_focus, shape in shapes),
        outlines.source,  # type: ignore[attr-defined]
        outlines.vintage,  # type: ignore[attr-defined]
    )


def draw_rows(
    rows: Sequence[Row], *, full: float | None = None, reference: Row | None = None
) -> list[DrawnBar]:
    """Places as bars, the highest first; those without a value after them, without a bar."""
    valued = sorted(
        (row for row in rows if row.value is not None), key=lambda row: (-(row.value or 0), row.name)
    )
    scale = _scale([row.value or 0 for row in valued], full)
    bars = [
        _bar(row.name, row.text, row.value or 0, scale, {"css": row.css_class, "code": row.code})
        for row in valued
    ]
    hidden = [
        DrawnBar(row.name, row.text, 0, 0, row.css_class, "", row.code) for row in rows if row.value is None
    ]
    return bars + sorted(hidden, key=lambda one: one.label)


def draw_bars(bars: Sequence[Bar], *, overlaps: bool) -> list[DrawnBar]:
    """Choices as bars in their order, or the most given first when a person may give several."""
    ordered = sorted(bars, key=lambda bar: -bar.value) if overlaps else bars
    scale = _scale([bar.value for bar in bars], 100.0)
    return [_bar(bar.label, bar.text, bar.value, scale, {"css": "c3", "code": bar.key}) for bar in ordered]


def _scale(values: Sequence[float], full: float | None) -> tuple[float, float]:
    low, high = min([0.0, *values]), max([0.0, *values])
    return low, (full if full is not None and high <= full else high) - low or 1.0


def _bar(
    label: str, text: str, value: float, scale: tuple[float, float], marks: Mapping[str, str]
) -> DrawnBar:
    low, spread = scale
    start = round(BAR_WIDTH * (min(value, 0.0) - low) / spread, 2)
    width = round(BAR_WIDTH * abs(value) / spread, 2)
    return DrawnBar(label, text, width, start, marks["css"], "", marks["code"])
