"""Steps on a line of time: pure geometry, and the sentence that says the same. Nothing here reads the database."""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from consultations.actions.lateness import Status

WIDTH, ROW, TOP, BAR = 720.0, 46.0, 30.0, 14.0  # units of the drawing
LEAST_BAR = 6.0
MOST_TICKS = 12
TICK_LABEL = 58.0  # its room: a label at the edge would be cut


@dataclass(frozen=True)
class Span:
    """A step, or a whole sheet, between two days; `starts_on` None is a single day."""

    label: str
    starts_on: datetime.date | None
    ends_on: datetime.date
    status: Status
    done_on: datetime.date | None = None
    who: str = ""
    url: str = ""
    days_late: int = 0

    @property
    def first(self) -> datetime.date:
        return min(self.starts_on or self.ends_on, self.ends_on)


@dataclass(frozen=True)
class Bar:
    """A span where it is drawn; `overrun` is how far a late one goes past its end, up to today."""

    span: Span
    x: float
    y: float
    width: float
    overrun_x: float = 0.0
    overrun: float = 0.0

    @property
    def text_y(self) -> float:
        return self.y - 6

    @property
    def text_x(self) -> float:
        """Its label begins at the bar, and ends before the edge of the drawing for a bar near it."""
        return self.x if self.x < WIDTH * 0.6 else WIDTH

    @property
    def anchor(self) -> str:
        return "start" if self.x < WIDTH * 0.6 else "end"


@dataclass(frozen=True)
class Tick:
    """The first day of a month."""

    x: float
    label: str


@dataclass(frozen=True)
class Gantt:
    """The drawing, its sentence, and the spans for the table."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    today_x: float | None
    height: float
    sentence: str
    width: float = WIDTH

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(bar.span for bar in self.bars)

    @property
    def viewbox(self) -> str:
        return f"0 0 {self.width:.0f} {self.height:.0f}"


def draw(spans: Sequence[Span], today: datetime.date) -> Gantt | None:
    """Every span on one scale of days; None without spans."""
    if not spans:
        return None
    first = min(span.first for span in spans).replace(day=1)
    ends = [span.done_on or span.ends_on for span in spans] + [span.ends_on for span in spans]
    if any(span.status == Status.LATE for span in spans):
        ends.append(today)
    last = max(ends)
    scale = WIDTH / max((last - first).days + 1, 1)
    bars = tuple(_bar(span, number, first, scale, today) for number, span in enumerate(spans))
    is_in = first <= today <= last
    return Gantt(
        bars=bars,
        ticks=tuple(_ticks(first, last, scale)),
        today_x=_tenth((today - first).days * scale) if is_in else None,
        height=TOP + ROW * len(spans),
        sentence=sentence(spans),
    )


def _bar(span: Span, number: int, first: datetime.date, scale: float, today: datetime.date) -> Bar:
    start = (span.first - first).days * scale
    end = ((min(span.done_on, span.ends_on) if span.done_on else span.ends_on) - first).days + 1
    width = min(max(end * scale - start, LEAST_BAR), WIDTH)
    start = min(start, WIDTH - width)
    overrun = 0.0
    if span.status == Status.LATE:
        overrun = max(((today - first).days + 1) * scale - (start + width), 0.0)
    return Bar(
        span, _tenth(start), _tenth(TOP + ROW * number + 24), _tenth(width), _tenth(start + width), _tenth(overrun)
    )  # fmt: skip


def _tenth(number: float) -> float:
    return round(number, 1)


def _ticks(first: datetime.date, last: datetime.date, scale: float) -> Iterable[Tick]:
    """At most twelve months, evenly chosen; `first` is the first day of one."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = -(-months // MOST_TICKS)
    for offset in range(0, months, step):
        index = first.month - 1 + offset
        day = datetime.date(first.year + index // 12, index % 12 + 1, 1)
        x = _tenth((day - first).days * scale)
        label = date_format(day, "M Y" if step < 12 else "Y")
        yield Tick(x, label if x <= WIDTH - TICK_LABEL else "")


def sentence(spans: Sequence[Span]) -> str:
    """How many, from when to when, where they stand, and what comes next."""
    counts = Counter(span.status for span in spans)
    first, last = min(span.first for span in spans), max(span.ends_on for span in spans)
    words = {
        "first": date_format(first, "j F Y"),
        "last": date_format(last, "j F Y"),
        "count": len(spans),
    }
    whole = (
        ngettext(
            "%(count)s line, from %(first)s to %(last)s:",
            "%(count)s lines, from %(first)s to %(last)s:",
            len(spans),
        )
        % words
    )
    stands = ", ".join(f"{label} ({counts[status]})" for status, label in labels() if counts[status])
    following = min(
        (span for span in spans if span.status in {Status.UNDER_WAY, Status.TO_COME}),
        key=lambda span: (span.ends_on, span.label),
        default=None,
    )
    parts = [f"{whole} {stands}."]
    if following is not None:
        parts.append(
            _("Next: “%(label)s”, expected on %(day)s.")
            % {"label": following.label, "day": date_format(following.ends_on, "j F Y")}
        )
    return " ".join(parts)


def labels() -> tuple[tuple[Status, str], ...]:
    """Each status in words, in the order they are told."""
    return (
        (Status.DONE, pgettext("in a calendar", "done")),
        (Status.LATE, pgettext("in a calendar", "late")),
        (Status.UNDER_WAY, pgettext("in a calendar", "under way")),
        (Status.TO_COME, pgettext("in a calendar", "to come")),
        (Status.STOPPED, pgettext("in a calendar", "stopped")),
    )
