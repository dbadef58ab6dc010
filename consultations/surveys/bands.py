"""How numbers and dates are read in figures: fixed bands that belong to the questionnaire, never to the answers.

A bound taken from the answers (a lowest or highest value, a quantile) is the answer of one person: output
checking rules refuse them (ESSnet, *Guidelines for the checking of output based on microdata research*,
2010, "maxima, minima and percentiles"). So bands come from the definition alone: those the organiser
wrote, else even ones drawn from the bounds an answer may have; without either there is no figure.
"""

import datetime
import itertools
import math
from dataclasses import dataclass
from enum import StrEnum

from consultations.surveys.structure import Question, QuestionType

MAX_BANDS, MAX_PERIODS = 10, 24
DERIVED_BANDS = 6
"""Bands nobody wrote are as many as can be read at a glance; a scale is read in as many at most."""
ROUND_STEPS = (1, 2, 5, 10)
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
    "novembre", "décembre",
)  # fmt: skip


class Grouping(StrEnum):
    """What the dates of a question are counted by."""

    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"


@dataclass(frozen=True, slots=True)
class Band:
    """A part of the possible answers: its code never changes, its label is content, in French."""

    code: str
    label: str


def edges_of(question: Question) -> tuple[float, ...]:
    """Where each band of a number but the first begins; empty when the question has no bands."""
    if question.type != QuestionType.NUMBER:
        return ()
    return question.bands or derived_edges(question)


def derived_edges(question: Question) -> tuple[float, ...]:
    """Even bands of 1, 2 or 5 times a power of ten between the lowest and the highest value.

    At either end, what is less than half a band joins its neighbour.
    """
    low, high = question.minimum, question.maximum
    if low is None or high is None or high <= low:
        return ()
    end = high + is_whole(question)
    width = (end - low) / DERIVED_BANDS
    power = 10.0 ** math.floor(math.log10(width))
    step = next(one * power for one in ROUND_STEPS if one * power >= width - 1e-9)
    step = max(step, 1.0) if is_whole(question) else step
    every = (round(index * step, 9) for index in range(math.floor(low / step), math.ceil(end / step) + 1))
    return tuple(edge for edge in every if low + step / 2 <= edge <= end - step / 2)


def is_whole(question: Question) -> bool:
    """True when every answer is a whole number."""
    step, low = question.step, question.minimum or 0.0
    return step is not None and step > 0 and step == int(step) and low == int(low)


def grouping_of(question: Question) -> Grouping | None:
    """How dates are counted: as chosen, else the finest that gives at most 24 periods; None without a range."""
    if question.type != QuestionType.DATE or question.first_day is None or question.last_day is None:
        return None
    if question.group_by:
        return Grouping(question.group_by)
    return next((one for one in Grouping if _period_count(question, one) <= MAX_PERIODS), Grouping.DECADE)


def _period_count(question: Question, grouping: Grouping) -> int:
    first, last = question.first_day, question.last_day
    if first is None or last is None:
        return 0
    return _index(last, grouping) - _index(first, grouping) + 1


def has_too_many_periods(question: Question) -> bool:
    """True when the grouping chosen gives more periods than can be read."""
    grouping = grouping_of(question)
    return grouping is not None and _period_count(question, grouping) > MAX_PERIODS


def _index(day: datetime.date, grouping: Grouping) -> int:
    if grouping is Grouping.MONTH:
        return day.year * 12 + day.month - 1
    return day.year if grouping is Grouping.YEAR else day.year // 10


def bands_of(question: Question) -> tuple[Band, ...]:
    """Every band of the question, in order, those nobody chose included."""
    if question.type == QuestionType.NUMBER:
        edges = edges_of(question)
        ends = [None, *edges, None] if edges else []
        return tuple(_number_band(question, low, high) for low, high in itertools.pairwise(ends))
    grouping, first = grouping_of(question), question.first_day
    if grouping is None or first is None:
        return ()
    start = _index(first, grouping)
    return tuple(
        _period(index, grouping) for index in range(start, start + _period_count(question, grouping))
    )


def band_of(question: Question, answer: float | str) -> str | None:
    """The code of the band an answer is in; None for a date out of the range."""
    if isinstance(answer, str):
        grouping, first, last = grouping_of(question), question.first_day, question.last_day
        if grouping is None or first is None or last is None:
            return None
        index = _index(datetime.date.fromisoformat(answer), grouping)
        inside = _index(first, grouping) <= index <= _index(last, grouping)
        return _period(index, grouping).code if inside else None
    edges = edges_of(question)
    position = sum(answer >= edge for edge in edges)
    low = edges[position - 1] if position else None
    return _code(low, edges[position] if position < len(edges) else None) if edges else None


def _code(low: float | None, high: float | None) -> str:
    below = "" if high is None else f"lt{_digits(high)}"
    above = "" if low is None else f"ge{_digits(low)}"
    return "-".join(part for part in (above, below) if part)


def _digits(value: float) -> str:
    return f"{value:.9f}".rstrip("0").rstrip(".")


def _number_band(question: Question, low: float | None, high: float | None) -> Band:
    start = question.minimum if low is None else low
    unit = f" {question.unit.say()}" if question.unit else ""
    if high is None and is_whole(question) and question.maximum == low:
        words = f"{_said(low or 0.0)}{unit}"
    elif high is None:
        words = f"{_said(low or 0.0)}{unit} et plus"
    elif start is None:
        words = f"moins de {_said(high)}{unit}"
    elif not is_whole(question):
        words = f"de {_said(start)} à moins de {_said(high)}{unit}"
    elif start >= high - 1:
        words = f"{_said(start)}{unit}"
    else:
        words = f"{_said(start)} à {_said(high - 1)}{unit}"
    return Band(_code(low, high), words)


def _said(value: float) -> str:
    """`1 234,5`, as it is written in French."""
    whole, _point, decimals = _digits(abs(value)).partition(".")
    text = f"{int(whole):,}".replace(",", "\u202f") + (f",{decimals}" if decimals else "")
    return f"\u2212{text}" if value < 0 else text


def _period(index: int, grouping: Grouping) -> Band:
    if grouping is Grouping.MONTH:
        year, month = divmod(index, 12)
        return Band(f"{year}-{month + 1:02d}", f"{MONTHS[month]} {year}")
    if grouping is Grouping.YEAR:
        return Band(str(index), str(index))
    return Band(f"{index}0s", f"de {index}0 à {index}9")


def keeps_bands(old: Question, new: Question) -> bool:
    """Whether figures of both versions can be compared and none be had by subtraction.

    Bands of a number stay; dates keep what they are counted by and lose no period. What had no figure may
    begin to have one.
    """
    before = bands_of(old)
    if not before:
        return True
    if old.type == QuestionType.NUMBER:
        return _identity(old) == _identity(new)
    kept = {band.code for band in bands_of(new)}
    return grouping_of(old) == grouping_of(new) and kept.issuperset(band.code for band in before)


def _identity(question: Question) -> tuple[object, ...]:
    edges = edges_of(question)
    return edges, question.minimum, is_whole(question), question.maximum == edges[-1] if edges else None
