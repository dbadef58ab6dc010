"""Maps and bars drawn on the server, so that everything is seen without JavaScript. Pure geometry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from observatory.indicators.figures import Bar, Row
from territories.selectors import Outlines

BAR_WIDTH = 100.0
HIDDEN_CLASS = "cs"


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
    css_class: str
    width: float = 0.0
    start: float = 0.0


def draw_map(outlines: Outlines, rows: Iterable[Row], *, focus: str = "") -> DrawnMap:
    """Colour the outlines of a level by the classes of the rows; a place without row is absent."""
    by_code = {row.code: row for row in rows}
    shapes = []
    for shape in outlines.shapes:
        row = by_code.get(shape.code)
        css = (row.css_class if row else "ca") + (" focus" if focus and shape.code == focus else "")
        title = f"{row.name} : {row.text}" if row else shape.name
        shapes.append((shape.code == focus, DrawnShape(shape.path, css, title)))
    shapes.sort(key=lambda one: one[0])  # the outline in focus is drawn above its neighbours
    return DrawnMap(
        outlines.viewbox,
        tuple(shape for _is_focus, shape in shapes),
        outlines.source,
        outlines.vintage,
    )


def draw_rows(rows: Sequence[Row]) -> list[DrawnBar]:
    """Places as bars, the highest first; secret ones after them, without a bar; absent ones are in the table."""
    valued = [(row.value, row) for row in rows if row.value is not None]
    scale = _scale([value for value, _row in valued])
    ordered = sorted(valued, key=lambda one: (-one[0], one[1].name))
    bars = [DrawnBar(row.name, row.text, row.css_class, *_stretch(value, scale)) for value, row in ordered]
    hidden = [DrawnBar(row.name, row.text, row.css_class) for row in rows if row.css_class == HIDDEN_CLASS]
    return bars + sorted(hidden, key=lambda one: one.label)


def draw_bars(bars: Sequence[Bar], *, overlaps: bool, is_share: bool = True) -> list[DrawnBar]:
    """Choices as bars in their order, or the most given first when a person may give several.

    Shares are drawn out of a hundred, counts out of the highest.
    """
    ordered = sorted(bars, key=lambda bar: -bar.value) if overlaps else bars
    scale = (0.0, 100.0) if is_share else _scale([bar.value for bar in bars])
    return [DrawnBar(bar.label, bar.text, "c3", *_stretch(bar.value, scale)) for bar in ordered]


def _scale(values: Sequence[float]) -> tuple[float, float]:
    """The lowest value, zero included, and how far the highest is from it."""
    low, high = min([0.0, *values]), max([0.0, *values])
    return low, high - low or 1.0


def _stretch(value: float, scale: tuple[float, float]) -> tuple[float, float]:
    """Width and start of a bar."""
    low, spread = scale
    return round(BAR_WIDTH * abs(value) / spread, 2), round(BAR_WIDTH * (min(value, 0.0) - low) / spread, 2)
