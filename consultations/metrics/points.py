"""Scores and dots: points given to options by people who may leave some out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Total:
    """Points an option received and from how many; the mean is None when nobody gave it any."""

    count: int
    points: int

    @property
    def mean(self) -> float | None:
        return self.points / self.count if self.count else None


def totals(ballots: Iterable[Mapping[str, int]], options: Sequence[str]) -> dict[str, Total]:
    """Each option's points and how many people gave some, in the order of `options`.

    An option left out of a ballot is not a zero: a zero is given. Codes that are not options are ignored.
    """
    counts, points = dict.fromkeys(options, 0), dict.fromkeys(options, 0)
    for ballot in ballots:
        for code, given in ballot.items():
            if code in counts:
                counts[code] += 1
                points[code] += given
    return {code: Total(counts[code], points[code]) for code in options}
