"""Classes of a map: four steps between the published values, hidden ones left out."""

from collections.abc import Iterable
from statistics import quantiles

CLASS_COUNT = 4


def breaks_of(values: Iterable[float], *, decimals: int = 0) -> list[float]:
    """Upper bounds of the classes but the last, from quantiles, rounded so that they can be read.

    Fewer values or ties give fewer classes; rounding never lets a class disappear.
    """
    known = sorted(values)
    if len(set(known)) < 2:
        return []
    count = min(CLASS_COUNT, len(set(known)))
    cuts = quantiles(known, n=count, method="inclusive")
    rounded = sorted({_readable(cut, known[-1] - known[0], decimals) for cut in cuts})
    return [cut for cut in rounded if known[0] < cut <= known[-1]]


def class_of(value: float, breaks: list[float]) -> int:
    """The class of a value, from 1; a value equal to a bound is in the class above."""
    return 1 + sum(value >= cut for cut in breaks)


def _readable(value: float, spread: float, decimals: int) -> float:
    """`value` rounded to two significant digits of the spread."""
    step = 10.0**-decimals
    while step * 50 < spread:
        step *= 10
        if step * 5 < spread / 8:
            continue
        step /= 2
    return round(round(value / step) * step, 6)
