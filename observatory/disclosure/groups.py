"""Looks for a small group of persons that published sums would isolate: exactly, over all of them at once.

Persons are put in the same class when every published sum counts them together; only whole classes can be
isolated. A group isolated by sums is a set of classes whose indicator is a combination of the published
rows. As counts are not negative, a small group is made of small classes only, plus empty ones; so the
search is short. An attacker is granted the knowledge of which classes are empty.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from observatory.disclosure.rowspace import RowSpace
from observatory.disclosure.rules import Rule
from observatory.disclosure.tables import Counts, Group, Part, Quantity, Table

SEARCH_LIMIT = 5_000
"""Sets of classes tried before giving up and calling the publication unsafe."""

Class = tuple[int, frozenset[int]]


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
    space = RowSpace()
    for index in range(len(sums)):
        space.add({one: 1 for one in full if index in one[1]})
    return _isolates(space, small, rule.minimum)


def _tells(known: Known, name: Quantity) -> bool:
    """Whether a level published with its groups lets `name` be computed in each of its areas."""
    if not name.group:
        return True
    wanted = set(name.group)
    inside = [group for group in known.groups if wanted.issuperset(group)]
    return {one for group in inside for one in group} == wanted


def _class_weights(
    sums: Sequence[tuple[int, frozenset[Part]]], counts: Sequence[dict[Part, int]]
) -> dict[Class, int]:
    """How many persons each class holds: those who came between two moments, in parts summed together."""
    holding: dict[Part, list[int]] = defaultdict(list)
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


def _isolates(space: RowSpace, small: dict[Class, int], minimum: int) -> bool:
    """True when a set of small classes, together fewer than `minimum`, is a combination of rows."""
    ordered = sorted(small, key=lambda one: (abs(small[one]), one[0], sorted(one[1])))
    for tried, group in enumerate(_sets_under(ordered, small, minimum)):
        if tried >= SEARCH_LIMIT or space.contains(dict.fromkeys(group, 1)):
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
