"""Counting the ballots of an election: pure, so that anyone can count again from the exported ballots.

One round, those with the most votes are elected; each ballot names at most as many people as there are seats, or
as many as there are seats of substitutes when only they are elected
(CASF D311-13 and following for staff: secret ballot, one round, a tie goes to the longest in the establishment;
D311-9 for the president: a tie goes to the oldest, read in a poor copy only, so that the rule stays a bylaw).
Blank ballots are counted apart from void ones and neither is among votes cast for someone, as in article L65 of the
electoral code, which we follow by analogy: no text read says it for these councils.
"""

import datetime
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

OLDEST, SENIORITY, LOTS = "oldest", "longest_seniority", "lots"
TIE_RULES = (OLDEST, SENIORITY, LOTS)

Ballot = tuple[str, ...] | None
"""Keys of candidates; empty when blank, None when void."""


@dataclass(frozen=True)
class Standing:
    """A candidate as the count sees them; `lot` is the place drawn when nothing else decides."""

    key: str
    born_on: datetime.date | None = None
    seniority_from: datetime.date | None = None
    lot: int | None = None


@dataclass(frozen=True)
class Tie:
    """People with as many votes between whom a seat had to be given, in the order they were put in, and by what."""

    votes: int
    keys: tuple[str, ...]
    decided_by: str

    @property
    def is_open(self) -> bool:
        """True while lots have to be drawn."""
        return not self.decided_by


@dataclass(frozen=True)
class Count:
    """What the ballots give. Substitutes are those who come next; nobody is elected without a vote."""

    votes: Mapping[str, int]
    elected: tuple[str, ...]
    substitutes: tuple[str, ...]
    ballots: int
    blank: int
    void: int
    ties: tuple[Tie, ...]

    @property
    def expressed(self) -> int:
        """Ballots that name someone."""
        return self.ballots - self.blank - self.void

    @property
    def is_decided(self) -> bool:
        """False while lots have to be drawn between some."""
        return not any(tie.is_open for tie in self.ties)

    @property
    def to_draw(self) -> tuple[str, ...]:
        """Everyone between whom lots have to be drawn."""
        return tuple(key for tie in self.ties if tie.is_open for key in tie.keys)


def count_ballots(
    ballots: Iterable[Ballot],
    candidates: Sequence[Standing],
    *,
    seats: int,
    substitutes: int = 0,
    tie_rule: str = LOTS,
) -> Count:
    """Count; the order of ballots and of candidates changes nothing. A ballot that breaks the rules is void."""
    if tie_rule not in TIE_RULES:
        raise ValueError(f"Unknown tie rule: {tie_rule}")
    known = {one.key: one for one in candidates}
    votes, blank, void, total = Counter[str](), 0, 0, 0
    for ballot in ballots:
        total += 1
        if not is_valid(ballot, known, seats or substitutes):
            void += 1
        elif not ballot:
            blank += 1
        else:
            votes.update(ballot)
    chosen = [known[key] for key in known if votes[key]]
    order, ties = _ordered(chosen, votes, (seats, seats + substitutes), tie_rule)
    return Count(
        votes={key: votes[key] for key in sorted(known)},
        elected=tuple(order[:seats]),
        substitutes=tuple(order[seats : seats + substitutes]),
        ballots=total,
        blank=blank,
        void=void,
        ties=tuple(ties),
    )


def is_valid(ballot: Ballot, known: Mapping[str, object], most: int) -> bool:
    """Names only candidates, each once, and not more than `most`."""
    if ballot is None:
        return False
    return len(set(ballot)) == len(ballot) <= most and all(key in known for key in ballot)


def _ordered(
    chosen: list[Standing], votes: Mapping[str, int], borders: tuple[int, int], rule: str
) -> tuple[list[str], list[Tie]]:
    """Everyone with a vote, first to last; and the ties that a border falls in."""
    order: list[str] = []
    ties: list[Tie] = []
    ranked = sorted(chosen, key=lambda one: (-votes[one.key], one.key))
    for number, group in groupby(ranked, key=lambda one: votes[one.key]):
        tied = list(group)
        if not _splits(len(order), len(tied), borders):
            order += [one.key for one in tied]
            continue
        keys, decided = _broken(tied, rule, len(order), borders)
        order += keys
        ties.append(Tie(number, tuple(keys), decided))
    return order, ties


def _splits(start: int, size: int, borders: Iterable[int]) -> bool:
    return any(start < border < start + size for border in borders)


def _broken(tied: list[Standing], rule: str, start: int, borders: tuple[int, int]) -> tuple[list[str], str]:
    """In the order of the rule; lots where it does not decide; nothing decided when they are not drawn yet."""
    order: list[str] = []
    decided = rule
    for same in _classes(tied, rule):
        if _splits(start + len(order), len(same), borders):
            lots = [one.lot for one in same if one.lot is not None]
            decided = LOTS if len(set(lots)) == len(same) else ""
        order += [one.key for one in sorted(same, key=lambda one: (one.lot or 0, one.key))]
        if not decided:
            return [*order, *sorted({one.key for one in tied} - set(order))], ""
    return order, decided


def _classes(tied: list[Standing], rule: str) -> Iterator[list[Standing]]:
    """Those the rule puts first, then the others; one class when it cannot compare them all."""
    days = {one.key: deciding_day(one, rule) for one in tied}
    if rule == LOTS or None in days.values():
        yield tied
        return
    ranked = sorted(tied, key=lambda one: (days[one.key] or datetime.date.max, one.key))
    for _day, same in groupby(ranked, key=lambda one: days[one.key]):
        yield list(same)


def deciding_day(one: Standing, rule: str) -> datetime.date | None:
    """The earliest wins: of birth for the oldest, of arrival for the longest in the establishment."""
    return {OLDEST: one.born_on, SENIORITY: one.seniority_from}.get(rule)


def fingerprint(ballots: Iterable[Ballot]) -> str:
    """SHA-256 of the ballots whatever their order: what the record quotes, and what an export must give again."""
    lines = sorted(json.dumps(None if one is None else sorted(one)) for one in ballots)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
