"""Looks for a small group of persons that published sums would isolate: exactly, over all of them at once.

Persons are put in the same class when every published sum counts them together; only whole classes can be
isolated. A group isolated by sums is a set of classes whose indicator is a combination of the published
rows. As counts are not negative, a small group is made of small classes only, plus empty ones; so the
search is short. An attacker is granted the knowledge of which classes are empty.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple, TypeVar

from observatory.disclosure.rowspace import PRIME, RowSpace
from observatory.disclosure.rules import Rule
from observatory.disclosure.tables import Counts, Group, Quantity, Table

SEARCH_LIMIT = 5_000
"""Sets of classes tried before giving up and calling the publication unsafe."""

Class = tuple[int, frozenset[int]]
Cell = TypeVar("Cell", bound=Hashable)
LARGE, SMALL, EMPTY = range(3)


class Known(NamedTuple):
    """A level published at one moment (an index into the successive counts) with these groups."""

    moment: int
    level: str
    groups: tuple[Group, ...]


def finds_small_group(
    table: Table, moments: Sequence[Counts], known: Sequence[Known], *, name: Quantity, rule: Rule
) -> bool:
    """True when the levels in `known` let anyone compute `name` for fewer than `rule.minimum` persons."""
    sums = [
        (one.moment, parts)
        for one in known
        if _tells(one, name)
        for parts in table.areas_of(one.level).values()
    ]
    if not sums:
        return False
    weights = _class_weights(sums, [counts.quantity(name) for counts in moments])
    full = {one for one, weight in weights.items() if weight}
    small = {one: weight for one, weight in weights.items() if rule.is_small(weight)}
    if not small:
        return False
    space = _space([{one: 1 for one in full if index in one[1]} for index in range(len(sums))])
    return _isolates(space, small, rule.minimum)


def finds_small_mix(table: Table, moments: Sequence[Counts], known: Sequence[Known], *, rule: Rule) -> bool:
    """True when the levels in `known` isolate a small group whose choice is not the same in every part.

    Levels that all group the choices alike cannot: what they tell of each group is told by sums of that group
    alone. A level that merges two choices, subtracted from one that tells them apart, can. Persons are a choice in
    a part here. An attacker is granted the classes that published sums let him find empty, not the others.
    """
    if not table.is_partition or len({one.groups for one in known}) < 2:
        return False
    sums = [
        (one.moment, frozenset(product(parts, group)))
        for one in known
        for group in one.groups or (table.slices,)
        for parts in table.areas_of(one.level).values()
    ]
    cells = [
        {(part, choice): count for choice, row in one.slices.items() for part, count in row.items()}
        for one in moments
    ]
    weights = _class_weights(sums, cells)

    def rank(one: Class) -> int:
        weight = weights[one]
        return LARGE if abs(weight) >= rule.minimum else SMALL if weight else EMPTY

    rows = [{one: 1 for one in weights if index in one[1]} for index in range(len(sums))]
    told_empty = _space(rows, rank).columns_alone(EMPTY)
    space = _space([{one: 1 for one in row if one not in told_empty} for row in rows], rank)
    small = {one: weights[one] for one in space.columns_alone(SMALL) if rank(one) == SMALL}
    return _isolates(space, small, rule.minimum, lambda one: rank(one) == EMPTY)


def _space(
    rows: Iterable[Mapping[Class, int]], rank: Callable[[Class], int] = lambda _one: LARGE
) -> RowSpace[Class]:
    space = RowSpace(rank)
    for row in rows:
        space.add(row)
    return space


def _tells(known: Known, name: Quantity) -> bool:
    """Whether a level published with its groups lets `name` be computed in each of its areas."""
    if not name.group:
        return True
    wanted = set(name.group)
    inside = [group for group in known.groups if wanted.issuperset(group)]
    return {one for group in inside for one in group} == wanted


def _class_weights(
    sums: Sequence[tuple[int, frozenset[Cell]]], counts: Sequence[Mapping[Cell, int]]
) -> dict[Class, int]:
    """How many persons each class holds: those who came between two moments, in parts summed together."""
    holding: dict[Cell, list[int]] = defaultdict(list)
    for index, (_moment, parts) in enumerate(sums):
        for part in parts:
            holding[part].append(index)
    weights: dict[Class, int] = defaultdict(int)
    for part, indexes in holding.items():
        before = 0
        for moment, count in enumerate(counts):
            after = count.get(part, 0)
            seen = frozenset(index for index in indexes if sums[index][0] >= moment)
            if seen:
                weights[moment, seen] += after - before
            before = after
    return weights


def _isolates(
    space: RowSpace[Class],
    small: dict[Class, int],
    minimum: int,
    is_empty: Callable[[Class], bool] = lambda _one: False,
) -> bool:
    """True when a set of small classes, together fewer than `minimum`, is a combination of rows.

    Empty classes may be in the set with them.
    """
    ordered = sorted(small, key=lambda one: (abs(small[one]), one[0], sorted(one[1])))
    for tried, group in enumerate(_sets_under(ordered, small, minimum)):
        missing = space.remainder(dict.fromkeys(group, 1))
        if tried >= SEARCH_LIMIT or all(
            is_empty(one) and factor == PRIME - 1 for one, factor in missing.items()
        ):
            return True
    return False


def _sets_under(ordered: Sequence[Class], small: dict[Class, int], minimum: int) -> Iterator[Iterable[Class]]:
    """Every non-empty set of classes whose persons together are fewer than `minimum`, the small sets first."""
    waiting: list[tuple[tuple[Class, ...], int, int]] = [((), 0, 0)]
    while waiting:
        following = []
        for group, start, weight in waiting:
            for index in range(start, len(ordered)):
                heavier = weight + abs(small[ordered[index]])
                if heavier >= minimum:
                    break
                larger = (*group, ordered[index])
                yield larger
                following.append((larger, index + 1, heavier))
        waiting = following
