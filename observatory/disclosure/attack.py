"""The attacker's side: what can be computed from what is published. Used to prove protections, not to make them."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

from observatory.disclosure.control import Earlier, Protection, Status
from observatory.disclosure.rowspace import RowSpace
from observatory.disclosure.rules import Rule
from observatory.disclosure.tables import TOTAL, Area, Counts, Group, Key, Part, Table

Column = tuple[int, Part, str]
"""The persons who came between two moments, in a part, in a slice: what an attacker wants to know."""


def columns_of(table: Table, parts: Iterable[Part], group: Group, moment: int) -> dict[Hashable, int]:
    """The sum behind a cell as a row: the persons of these parts and slices, of every moment so far."""
    names = group or (table.slices if table.is_partition else (TOTAL,))
    return {(past, part, name): 1 for past in range(moment + 1) for part in parts for name in names}


def known_space(table: Table, protection: Protection, earlier: Sequence[Earlier] = ()) -> RowSpace[Hashable]:
    """Everything that is published, now and earlier, as rows."""
    space: RowSpace[Hashable] = RowSpace()
    for moment, one in enumerate(earlier):
        for level, groups in one.shown.items():
            for parts in table.areas_of(level).values():
                for group in ((), *groups):
                    space.add(columns_of(table, parts, group, moment))
    for key, status in protection.status.items():
        if status is Status.PUBLISHED:
            space.add(columns_of(table, table.areas[key.area], key.group, len(earlier)))
    return space


def recovered_cells(
    table: Table, protection: Protection, *, rule: Rule, earlier: Sequence[Earlier] = ()
) -> list[Key]:
    """The cells about too few persons, at any level or in a single part, that an attacker can compute."""
    space = known_space(table, protection, earlier)
    moment = len(earlier)
    return [
        key
        for key, count, parts, group in _small_cells(table, rule)
        if count and space.contains(_target(table, parts, group, moment, complement=key.group != group))
    ]


def _target(
    table: Table, parts: Iterable[Part], group: Group, moment: int, *, complement: bool
) -> Mapping[Hashable, int]:
    if not complement:
        return columns_of(table, parts, group, moment)
    parts = tuple(parts)
    row = dict(columns_of(table, parts, (), moment))
    for column, factor in columns_of(table, parts, group, moment).items():
        row[column] = row.get(column, 0) - factor
    return row


def _small_cells(table: Table, rule: Rule) -> Iterator[tuple[Key, int, frozenset[Part], Group]]:
    everywhere = {part for parts in table.areas.values() for part in parts}
    areas: dict[Area, frozenset[Part]] = {
        **table.areas,
        **{Area("part", part): frozenset({part}) for part in everywhere},
    }
    for area, parts in areas.items():
        base = _sum(table.counts, (), parts)
        if rule.is_small(base):
            yield Key(area, ()), base, parts, ()
        for slice_ in table.slices:
            chosen = _sum(table.counts, (slice_,), parts)
            if rule.is_small(chosen):
                yield Key(area, (slice_,)), chosen, parts, (slice_,)
            if rule.is_small(base - chosen):
                yield Key(area, ("not", slice_)), base - chosen, parts, (slice_,)


def _sum(counts: Counts, group: Group, parts: Iterable[Part]) -> int:
    if not group:
        return sum(counts.base.get(part, 0) for part in parts)
    return sum(counts.slices.get(one, {}).get(part, 0) for one in group for part in parts)
