"""Orders of preference added up: points (Borda), rounds (instant runoff), duels (Condorcet).

A ballot lists options from the preferred one; it may stop early. Options come out in an order that does not
depend on the order of ballots, and a tie is said, never broken by chance or by the alphabet.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

Ranked = Sequence[str]


@dataclass(frozen=True)
class Standing:
    """An option's points and its place; options with the same points share the same place."""

    code: str
    points: float
    place: int


@dataclass(frozen=True)
class Round:
    """First choices among the options still in, and who leaves; `exhausted` ballots name none of them."""

    counts: dict[str, int]
    eliminated: tuple[str, ...]
    exhausted: int


@dataclass(frozen=True)
class Runoff:
    """The rounds and the winners: one, or several when they cannot be told apart."""

    rounds: tuple[Round, ...]
    winners: tuple[str, ...]


def borda(ballots: Iterable[Ranked], options: Sequence[str]) -> tuple[Standing, ...] | None:
    """Points by place: with k options the first gets k-1, the last 0. None when nobody ranked anything.

    Borda, *Mémoire sur les élections au scrutin*, 1781. Options a ballot leaves out share equally the points
    of the places that are left, so that ranking few of them gives no advantage.
    """
    points, voters = _borda_points(ballots, options)
    if not voters:
        return None
    ordered = sorted(options, key=lambda code: (-points[code], options.index(code)))
    return tuple(
        Standing(code, float(points[code]), 1 + sum(points[other] > points[code] for other in options))
        for code in ordered
    )


def _borda_points(ballots: Iterable[Ranked], options: Sequence[str]) -> tuple[dict[str, Fraction], int]:
    points = dict.fromkeys(options, Fraction(0))
    voters = 0
    for ballot in ballots:
        ranked = _clean(ballot, options)
        if not ranked:
            continue
        voters += 1
        for place, code in enumerate(ranked):
            points[code] += len(options) - 1 - place
        left = [code for code in options if code not in ranked]
        for code in left:
            points[code] += Fraction(len(left) - 1, 2)
    return points, voters


def instant_runoff(ballots: Iterable[Ranked], options: Sequence[str]) -> Runoff | None:
    """The option that keeps a majority once the least preferred leave one by one. None without a ballot.

    Preferential voting as in Hare's and Ware's rule. When several share the fewest first choices, the one with
    the fewest Borda points leaves; still equal, they leave together; when all that remain are equal, all win.
    """
    kept = [ranked for ballot in ballots if (ranked := _clean(ballot, options))]
    if not kept:
        return None
    points, _voters = _borda_points(kept, options)
    remaining = list(options)
    rounds: list[Round] = []
    while True:
        counts = _first_choices(kept, remaining)
        exhausted = len(kept) - sum(counts.values())
        best = max(counts.values())
        leaders = tuple(code for code in remaining if counts[code] == best)
        if 2 * best > sum(counts.values()):
            return Runoff((*rounds, Round(counts, (), exhausted)), leaders)
        leaving = _last(remaining, counts, points)
        if len(leaving) == len(remaining):
            return Runoff((*rounds, Round(counts, (), exhausted)), tuple(remaining))
        rounds.append(Round(counts, leaving, exhausted))
        remaining = [code for code in remaining if code not in leaving]


def _first_choices(ballots: Sequence[Ranked], remaining: Sequence[str]) -> dict[str, int]:
    counts = dict.fromkeys(remaining, 0)
    for ballot in ballots:
        first = next((code for code in ballot if code in counts), None)
        if first is not None:
            counts[first] += 1
    return counts


def _last(remaining: Sequence[str], counts: dict[str, int], points: dict[str, Fraction]) -> tuple[str, ...]:
    fewest = min(counts.values())
    tied = [code for code in remaining if counts[code] == fewest]
    least = min(points[code] for code in tied)
    return tuple(code for code in tied if points[code] == least)


def condorcet_winner(ballots: Iterable[Ranked], options: Sequence[str]) -> str | None:
    """The option preferred to each other one by more ballots than the reverse, when there is one.

    Condorcet, *Essai sur l'application de l'analyse…*, 1785. A ranked option beats those left out.
    """
    kept = [_clean(ballot, options) for ballot in ballots]

    def wins(one: str, other: str) -> int:
        return sum(_prefers(ballot, one, other) for ballot in kept)

    for code in options:
        if all(wins(code, other) > wins(other, code) for other in options if other != code):
            return code if any(kept) else None
    return None


def _prefers(ballot: Ranked, one: str, other: str) -> bool:
    return one in ballot and (other not in ballot or ballot.index(one) < ballot.index(other))


def _clean(ballot: Ranked, options: Sequence[str]) -> list[str]:
    """Known options, each at its first place."""
    return list(dict.fromkeys(code for code in ballot if code in options))
