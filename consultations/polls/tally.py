"""Counting ballots: each option on its own, never combinations of options. Pure: no query."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from consultations.metrics import borda, instant_runoff, totals
from consultations.polls.definition import ABSTAIN, Definition, Kind

Ballot = Mapping[str, int]


@dataclass(frozen=True)
class Tally:
    """`chosen` counts ballots by option (those that chose, ranked or gave points to it), `points` adds what
    they gave (Borda points for a ranking); `winners` and `leaving` tell the rounds of a ranking."""

    count: int
    chosen: Mapping[str, int]
    points: Mapping[str, float] = field(default_factory=dict)
    winners: tuple[str, ...] = ()
    leaving: tuple[tuple[str, ...], ...] = ()


def tally(definition: Definition, ballots: Sequence[Ballot]) -> Tally:
    """Counts by option. The order of ballots changes nothing."""
    chosen = dict.fromkeys((option.code for option in definition.figures()), 0)
    for ballot in ballots:
        for code in ballot:
            chosen[_figure(definition, code)] += 1
    if not definition.has_points:
        return Tally(len(ballots), chosen)
    if definition.kind == Kind.RANKING:
        return _ranked(definition, ballots, chosen)
    points = {code: float(one.points) for code, one in totals(ballots, definition.codes).items()}
    return Tally(len(ballots), chosen, points)


def _figure(definition: Definition, code: str) -> str:
    """The figure a choice counts in: itself, or its band for recommendation."""
    if definition.kind != Kind.NPS or definition.scale is None or code == ABSTAIN:
        return code
    return definition.scale.band(int(code))


def _ranked(definition: Definition, ballots: Iterable[Ballot], chosen: Mapping[str, int]) -> Tally:
    orders = [sorted(ballot, key=lambda code: ballot[code]) for ballot in ballots]
    standings = borda(orders, definition.codes) or ()
    runoff = instant_runoff(orders, definition.codes)
    return Tally(
        count=len(orders),
        chosen=chosen,
        points={one.code: one.points for one in standings},
        winners=runoff.winners if runoff else (),
        leaving=tuple(one.eliminated for one in runoff.rounds if one.eliminated) if runoff else (),
    )


def add_hands(counted: Tally, hands: Mapping[str, int]) -> Tally:
    """The same with hands counted in the room, each hand being one choice of one person."""
    chosen = {code: count + hands.get(code, 0) for code, count in counted.chosen.items()}
    return Tally(
        counted.count + sum(hands.values()), chosen, counted.points, counted.winners, counted.leaving
    )
