"""What a page, a table, a chart or a file is given to show: frozen, formatted, already protected."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class ReleaseRef:
    """How a release is cited."""

    id: str
    number: int
    slug: str
    title: str
    released_on: datetime.date
    base_count: int
    is_latest: bool
    subject_kind: str
    geography_on: datetime.date


@dataclass(frozen=True)
class Row:
    """One place in the chosen slice. Without a value, `words` says why there is none."""

    level: str
    code: str
    name: str
    value: float | None
    text: str
    words: str
    count: int | None
    base: int | None
    status: str
    rank: int | None
    css_class: str
    easy: str = ""


@dataclass(frozen=True)
class Bar:
    """One choice of a question, for one place."""

    key: str
    label: str
    value: float
    text: str
    count: int | None
    is_grouped: bool


@dataclass(frozen=True)
class LevelChoice:
    """A level that can be asked for; `state` is published, kept, withheld or absent."""

    code: str
    name: str
    state: str
    reason: str
    kept_from: int | None
    is_grouped: bool


@dataclass(frozen=True)
class LegendClass:
    """One entry of a legend."""

    css_class: str
    label: str
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True)
class SliceChoice:
    key: str
    label: str


@dataclass(frozen=True)
class Words:
    """The figure said in words, plainly, then in easy words."""

    sentence: str
    details: str
    easy: str


@dataclass(frozen=True)
class Figure:
    """One indicator at one level in one slice of one release, ready to be shown in any form."""

    code: str
    title: str
    question: str
    theme: str
    unit: str
    decimals: int
    is_share: bool
    is_demo: bool
    overlaps: bool
    method: str
    source: str
    release: ReleaseRef
    period: str
    periods: tuple[str, ...]
    level: LevelChoice
    levels: tuple[LevelChoice, ...]
    slice: SliceChoice
    slices: tuple[SliceChoice, ...]
    rows: tuple[Row, ...]
    reference: Row | None
    bars: tuple[Bar, ...]
    legend: tuple[LegendClass, ...]
    breaks: tuple[float, ...]
    words: Words

    @property
    def is_withheld(self) -> bool:
        return self.level.state == "withheld"

    @property
    def published_rows(self) -> list[Row]:
        """Rows with a value, the highest first."""
        return sorted(
            (one for one in self.rows if one.value is not None), key=lambda one: (one.rank or 0, one.name)
        )


@dataclass(frozen=True)
class LeftOut:
    """A question without figure and why: a code of `wording.left_out_reason`, its words once read."""

    label: str
    reason: str


@dataclass(frozen=True)
class FigureCard:
    """An indicator in a list."""

    code: str
    title: str
    theme: str
    question: str
    release: ReleaseRef
    is_demo: bool
    levels: tuple[str, ...]
    says_a_need: bool
