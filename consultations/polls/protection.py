"""What may be shown of a question about persons, now and after every other time it was shown.

What is shown is a state that only moves by whole parcels: between two states, each option shown (and, where
several can be chosen, those who did not choose it) grew by nobody or by `minimum` ballots at least. So
everything that can be computed by comparing options, the total, and any two moments is about nobody or about
`minimum` ballots at least. When rare answers hold a state back for long, or at the end, they are joined with
others, for ever; when that is not enough nothing moves.

A state of an open poll is shown late: once each option has grown by another parcel (`is_followed`). So the last
state, at closing, can count every ballot and still differ from the one before by whole parcels: what is shown
while people vote never costs a vote at the end.

There are two states: what organisers see (5), and what everyone sees (11), which is made of the organisers'
own parcels, so that comparing both tells nothing more.

Points and places (`points`) are sums over the ballots of such parcels. Pure: takes counts, gives counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from consultations.polls.tally import Tally
from observatory.disclosure import INTERNAL, PUBLIC

ORGANISERS, EVERYONE = INTERNAL.minimum, PUBLIC.minimum
PATIENCE = 3
"""How many times the minimum is waited for before rare answers are joined while the poll is open."""
SPACING = 10
"""A state moves after a tenth more ballots at least, so that few states are ever shown."""


@dataclass(frozen=True)
class Group:
    """Options shown together (usually one), the ballots that chose them, and the points they received."""

    codes: tuple[str, ...]
    chosen: int
    points: float | None = None


@dataclass(frozen=True)
class Shown:
    """What may be read. An option in no group is secret. `seen` keeps when each overlapping option was last
    shown: ballots that chose it, ballots in all."""

    count: int = 0
    groups: tuple[Group, ...] = ()
    winners: tuple[str, ...] = ()
    leaving: tuple[tuple[str, ...], ...] = ()
    seen: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    colleges: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Self:
        if not raw:
            return cls()
        return cls(
            count=raw["count"],
            groups=tuple(Group(tuple(one["codes"]), one["chosen"], one["points"]) for one in raw["groups"]),
            winners=tuple(raw["winners"]),
            leaving=tuple(tuple(codes) for codes in raw["leaving"]),
            seen={code: (pair[0], pair[1]) for code, pair in raw["seen"].items()},
            colleges=raw["colleges"],
        )


@dataclass(frozen=True)
class Rule:
    """`is_bound`: all options or none. `bands` are the first way to join rare steps of a scale; `within` are
    the parcels of those who see more."""

    minimum: int
    is_partition: bool
    is_bound: bool = False
    is_final: bool = False
    bands: tuple[tuple[str, ...], ...] = ()
    within: tuple[tuple[str, ...], ...] | None = None

    def is_whole(self, count: int) -> bool:
        """Nobody, or enough ballots."""
        return count == 0 or count >= self.minimum


def advance(shown: Shown, counted: Tally, rule: Rule) -> Shown:
    """The state moved to these counts if that is safe, or as it was."""
    grown = counted.count - shown.count
    spacing = rule.minimum if rule.is_final else max(rule.minimum, shown.count // SPACING)
    if grown < spacing:
        return shown
    may_join = rule.is_final or grown >= PATIENCE * rule.minimum
    if rule.is_partition:
        return _advance_partition(shown, counted, rule, may_join)
    return _advance_overlap(shown, counted, rule, may_join)


def _advance_partition(shown: Shown, counted: Tally, rule: Rule, may_join: bool) -> Shown:
    before = {code: group for group in shown.groups for code in group.codes}
    parts = tuple(group.codes for group in shown.groups) or tuple((code,) for code in counted.chosen)
    if rule.within is not None:
        parts = join(parts, rule.within)

    def growth(codes: tuple[str, ...]) -> int:
        old = {before[code].codes: before[code].chosen for code in codes if code in before}
        return sum(counted.chosen[code] for code in codes) - sum(old.values())

    candidates = [parts]
    if may_join:
        candidates += [join(parts, rule.bands)] if rule.bands else []
        candidates += [
            merged for base in list(candidates) if (merged := _merge_rare(base, growth, counted, rule))
        ]
    for found in candidates:
        if len(found) > 1 and all(rule.is_whole(growth(codes)) for codes in found):
            groups = (Group(codes, sum(counted.chosen[code] for code in codes)) for codes in found)
            return replace(shown, count=counted.count, groups=tuple(groups), colleges={})
    return shown


def _merge_rare(
    parts: Sequence[tuple[str, ...]], growth: Any, counted: Tally, rule: Rule
) -> tuple[tuple[str, ...], ...]:
    """The rare answers joined together, then with the least given of the others; never with the most given."""

    def size(codes: tuple[str, ...]) -> int:
        return sum(counted.chosen[code] for code in codes)

    rare = [codes for codes in parts if not rule.is_whole(growth(codes))]
    others = sorted((codes for codes in parts if codes not in rare), key=size)
    while others and rare and (len(rare) < 2 or not rule.is_whole(sum(growth(codes) for codes in rare))):
        rare.append(others.pop(0))
    if not others or max(parts, key=size) in rare:
        return ()
    joined = {code for codes in rare for code in codes}
    return join(parts, (tuple(code for code in counted.chosen if code in joined),))


def join(parts: Sequence[tuple[str, ...]], others: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """The finest grouping coarser than both, in the order of `parts`."""
    found = [set(codes) for codes in parts]
    for codes in others:
        touched = [each for each in found if each & set(codes)]
        if touched:
            together = set().union(*touched)
            found = [together if each is touched[0] else each for each in found if each not in touched[1:]]
    order = [code for codes in parts for code in codes]
    return tuple(tuple(code for code in order if code in each) for each in found)


def _advance_overlap(shown: Shown, counted: Tally, rule: Rule, may_join: bool) -> Shown:
    allowed = (
        counted.chosen.keys() if rule.within is None else {code for codes in rule.within for code in codes}
    )
    fits = []
    for code in counted.chosen:
        chosen, count = shown.seen.get(code, (0, 0))
        up = counted.chosen[code] - chosen
        if code in allowed and rule.is_whole(up) and rule.is_whole(counted.count - count - up):
            fits.append(code)
    are_all = len(fits) == len(counted.chosen)
    if not fits or (not are_all and (rule.is_bound or not may_join)):
        return shown
    return Shown(
        count=counted.count,
        groups=tuple(Group((code,), counted.chosen[code], counted.points.get(code)) for code in fits),
        winners=counted.winners if are_all else (),
        leaving=counted.leaving if are_all else (),
        seen={**shown.seen, **{code: (counted.chosen[code], counted.count) for code in fits}},
    )


def is_followed(state: Shown, counted: Tally, rule: Rule) -> bool:
    """True when what came since this state is whole for each option, whatever comes next. An option nobody has
    chosen so far does not count: at the end it is joined with others if it is rare."""

    def is_enough(before: int, now: int) -> bool:
        return now == before == 0 or now - before >= rule.minimum

    for group in state.groups:
        now = sum(counted.chosen[code] for code in group.codes)
        if not is_enough(group.chosen, now):
            return False
        if not rule.is_partition and not is_enough(state.count - group.chosen, counted.count - now):
            return False
    return True


def as_tally(state: Shown) -> Tally:
    """What a state tells, as counts: options shown together are all under the first one."""
    chosen = {code: 0 for group in state.groups for code in group.codes}
    chosen |= {group.codes[0]: group.chosen for group in state.groups}
    points = {group.codes[0]: group.points for group in state.groups if group.points is not None}
    return Tally(state.count, chosen, points, state.winners, state.leaving)


def with_colleges(shown: Shown, by_college: Mapping[str, Tally], rule: Rule) -> Shown:
    """The state with each group of people's own counts, only where all of them may be shown at once.

    For a question nothing of which was shown before its end: earlier moments could be subtracted.
    """
    found: dict[str, dict[str, int]] = {}
    for college, counted in by_college.items():
        cells = {"+".join(one.codes): sum(counted.chosen[code] for code in one.codes) for one in shown.groups}
        rest = [] if rule.is_partition else [counted.count - cell for cell in cells.values()]
        if not all(rule.is_whole(number) for number in [counted.count, *cells.values(), *rest]):
            return shown
        found[college] = {"count": counted.count, **cells}
    return replace(shown, colleges=found) if len(found) > 1 else shown
