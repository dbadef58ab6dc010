"""Ordered answers: how many are favourable, the mean with its base, the net score."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Counts = Mapping[int, int]


@dataclass(frozen=True)
class Scale:
    """Steps from the least to the most favourable; `top` and `bottom` are the boxes read in figures."""

    code: str
    steps: tuple[int, ...]
    bottom: frozenset[int]
    top: frozenset[int]

    def band(self, step: int) -> str:
        """`top`, `bottom` or `middle`."""
        if step in self.top:
            return "top"
        return "bottom" if step in self.bottom else "middle"


FOUR_LEVELS = Scale("four_levels", (1, 2, 3, 4), frozenset({1, 2}), frozenset({3, 4}))
CSAT = Scale("csat", (1, 2, 3, 4, 5), frozenset({1, 2}), frozenset({4, 5}))
NPS = Scale("nps", tuple(range(11)), frozenset(range(7)), frozenset({9, 10}))
CES = Scale("ces", tuple(range(1, 8)), frozenset({1, 2, 3}), frozenset({5, 6, 7}))
SCALES: Mapping[str, Scale] = {one.code: one for one in (FOUR_LEVELS, CSAT, NPS, CES)}


@dataclass(frozen=True)
class Summary:
    """A distribution summed up; shares are between 0 and 1, `net` between -100 and 100."""

    count: int
    mean: float
    top_share: float
    bottom_share: float

    @property
    def net(self) -> float:
        """Favourable minus unfavourable, in points."""
        return 100 * (self.top_share - self.bottom_share)


def share(part: int, whole: int) -> float | None:
    """A part of a whole, or None when the whole is empty."""
    return part / whole if whole else None


def likert(counts: Counts, scale: Scale) -> Summary | None:
    """Mean, top box and bottom box of an ordered scale, or None when nobody answered.

    Likert, "A Technique for the Measurement of Attitudes", Archives of Psychology 140, 1932. The mean
    supposes equal steps: it is always given with its base, beside the distribution. Raises ValueError for
    a step that is not in the scale or a negative count.
    """
    unknown = set(counts) - set(scale.steps)
    if unknown or any(count < 0 for count in counts.values()):
        raise ValueError(f"Not counts on the scale {scale.code}: {dict(counts)}")
    total = sum(counts.values())
    if not total:
        return None
    return Summary(
        count=total,
        mean=sum(step * count for step, count in counts.items()) / total,
        top_share=sum(counts.get(step, 0) for step in scale.top) / total,
        bottom_share=sum(counts.get(step, 0) for step in scale.bottom) / total,
    )


def _percent(value: float | None) -> float | None:
    return None if value is None else 100 * value


def four_levels(counts: Counts) -> float | None:
    """Per cent satisfied (very or rather) on the scale of four levels, which has no middle to hide in."""
    found = likert(counts, FOUR_LEVELS)
    return _percent(found.top_share if found else None)


def csat(counts: Counts) -> float | None:
    """Per cent of 4 and 5 on a scale of 1 to 5: the "top two boxes".

    Farris, Bendle, Pfeifer, Reibstein, *Marketing Metrics*, 2010, chapter 2.
    """
    found = likert(counts, CSAT)
    return _percent(found.top_share if found else None)


def nps(counts: Counts) -> float | None:
    """Net promoter score, -100 to 100: share of 9 and 10 minus share of 0 to 6, in points.

    Reichheld, "The One Number You Need to Grow", Harvard Business Review, December 2003.
    """
    found = likert(counts, NPS)
    return found.net if found else None


def ces(counts: Counts) -> float | None:
    """Per cent who agree (5 to 7 of 7) that it was easy.

    Dixon, Freeman, Toman, "Stop Trying to Delight Your Customers", Harvard Business Review, July 2010,
    in its later wording by agreement on seven steps.
    """
    found = likert(counts, CES)
    return _percent(found.top_share if found else None)


def summed_up(scale: Scale, counts: Counts) -> float | None:
    """The one figure of a scale, whoever asks: a questionnaire, a poll, the end of a workshop."""
    return {"four_levels": four_levels, "csat": csat, "nps": nps, "ces": ces}[scale.code](counts)


def by_band(scale: Scale, groups: Iterable[tuple[Sequence[int], int]]) -> dict[int, int] | None:
    """Answers shown together counted at one of their steps; None when some straddle two bands.

    What a figure reads is the band, so that answers joined to protect people give the same figure.
    """
    counts: dict[int, int] = {}
    for steps, count in groups:
        if len({scale.band(step) for step in steps}) != 1:
            return None
        counts[steps[0]] = counts.get(steps[0], 0) + count
    return counts
