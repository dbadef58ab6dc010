"""Decides what may be published of a table: whole levels, whole or with choices grouped, or nothing.

The rule: nobody can learn anything about a group of fewer than `rule.minimum` persons, neither from a cell
nor by adding and subtracting cells, of any levels, nested or not, and of earlier publications. A level
where any cell would have to be hidden is withheld whole; to lose less, rare choices are first grouped,
identically in all areas of the level, so that nothing is hidden in what is shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from observatory.disclosure.groups import Known, finds_small_group, finds_small_mix
from observatory.disclosure.rules import Rule
from observatory.disclosure.tables import Counts, Group, Key, Quantity, Table, quantities_of


class Status(StrEnum):
    """Letters of INSEE's manual on table protection; N is our own, for a level withheld whole."""

    PUBLISHED = "V"
    SMALL_COUNT = "A"
    DOMINANCE = "B"
    SECONDARY = "D"
    WITHHELD = "N"


class Reason(StrEnum):
    """Why a level is withheld or kept as it was."""

    NONE = ""
    SMALL_COUNT = "small_count"
    DOMINANCE = "dominance"
    DIFFERENCE = "difference"
    EARLIER_RELEASE = "earlier_release"


@dataclass(frozen=True)
class Earlier:
    """What was already published of the same table: its counts then, and the groups shown at each level."""

    counts: Counts
    shown: Mapping[str, tuple[Group, ...]]


@dataclass(frozen=True)
class LevelDecision:
    """`groups` is what the level shows; empty when it is withheld."""

    level: str
    is_published: bool
    reason: Reason
    groups: tuple[Group, ...] = ()

    @property
    def is_grouped(self) -> bool:
        return any(len(group) > 1 for group in self.groups)


@dataclass(frozen=True)
class Protection:
    """The decision for every level and the status of every cell, with the report a release keeps."""

    levels: Mapping[str, LevelDecision]
    status: Mapping[Key, Status]
    report: Mapping[str, object] = field(default_factory=dict)


def protect(
    table: Table,
    *,
    rule: Rule,
    earlier: Sequence[Earlier] = (),
    is_conditional: bool = False,
    choices_at: str = "",
) -> Protection:
    """What may be published of `table` by `rule`, given what was already published. Deterministic.

    `choices_at` names the only level that shows choices, the others showing totals alone. It must be one area that
    holds all the others: then sums of totals and of choices isolate nobody whom neither isolates by itself.
    """
    if choices_at and not _holds_all(table, choices_at):
        raise ValueError(f"{choices_at!r} is not one area that holds all the others")
    desk = _Desk(table, rule, tuple(earlier), is_conditional, choices_at)
    decisions = {level: desk.decide(level) for level in table.levels}
    status = {
        Key(area, group): Status.PUBLISHED if decision.is_published else Status.WITHHELD
        for level, decision in decisions.items()
        for area in table.areas_of(level)
        for group in ((), *decision.groups)
    }
    reasons: dict[str, int] = {}
    for decision in decisions.values():
        if decision.reason:
            reasons[decision.reason.value] = reasons.get(decision.reason.value, 0) + 1
    report = {
        "rule": rule.parameters(),
        "levels_published": sum(decision.is_published for decision in decisions.values()),
        "levels_withheld": reasons,
        "cells_published": sum(one is Status.PUBLISHED for one in status.values()),
        "cells_withheld": sum(one is Status.WITHHELD for one in status.values()),
    }
    return Protection(decisions, status, report)


def _holds_all(table: Table, level: str) -> bool:
    """True when the level is one area, and every part of the others is in it."""
    whole = list(table.areas_of(level).values())
    return len(whole) == 1 and all(parts <= whole[0] for parts in table.areas.values())


def _nest(one: tuple[Group, ...], other: tuple[Group, ...]) -> bool:
    """True when one grouping only merges groups of the other: then no choice shows by comparing them."""
    fine, coarse = sorted((one, other), key=len, reverse=True)
    return all(any(set(group) <= set(larger) for larger in coarse) for group in fine)


class _Desk:
    """Takes the levels one by one, in order of priority, remembering what was accepted."""

    def __init__(
        self,
        table: Table,
        rule: Rule,
        earlier: tuple[Earlier, ...],
        is_conditional: bool,
        choices_at: str,
    ) -> None:
        self.table, self.rule, self.is_conditional = table, rule, is_conditional
        self.choices_at = choices_at
        self.moments = [*(one.counts for one in earlier), table.counts]
        self.known = [
            Known(moment, level, self._completed(groups))
            for moment, one in enumerate(earlier)
            for level, groups in one.shown.items()
        ]
        self.now = len(earlier)

    def _completed(self, groups: tuple[Group, ...]) -> tuple[Group, ...]:
        """Earlier groups with the choices added since, which everyone knows nobody could make then."""
        if not self.table.is_partition or not groups:
            return groups
        shown = {one for group in groups for one in group}
        return (*groups, *((one,) for one in self.table.slices if one not in shown))

    def decide(self, level: str) -> LevelDecision:
        reason = Reason.NONE
        for groups in self._candidates(level):
            refusal = self._refusal(level, groups)
            if not refusal:
                self.known.append(Known(self.now, level, groups))
                return LevelDecision(level, True, Reason.NONE, groups)
            reason = reason or refusal
        return LevelDecision(level, False, reason)

    def _candidates(self, level: str) -> list[tuple[Group, ...]]:
        """What may be tried, the most telling first."""
        if not self.choices_at:
            return self._with_choices(level)
        return [*(self._with_choices(level) if level == self.choices_at else ()), ()]

    def _with_choices(self, level: str) -> list[tuple[Group, ...]]:
        """All choices apart; then with the rare ones grouped (or, where choices overlap, left out)."""
        alone: tuple[Group, ...] = tuple((one,) for one in self.table.slices)
        if not self.table.is_partition:
            fit = self._fit(level, alone)
            return [alone] if len(fit) == len(alone) or not fit else [alone, fit]
        shown = {one.groups for one in self.known if one.groups} - {alone}
        units = [alone, *sorted(shown, key=lambda groups: (-len(groups), groups))]
        found = [one for unit in units for one in (unit, *self._grouped(unit, self._fit(level, unit)))]
        return [one for one in dict.fromkeys(found) if all(_nest(one, past) for past in shown)]

    def _fit(self, level: str, groups: tuple[Group, ...]) -> tuple[Group, ...]:
        return tuple(
            group
            for group in groups
            if not self._is_small(level, Quantity("chosen", group))
            and not self._is_small(level, Quantity("rest", group))
        )

    def _grouped(self, units: tuple[Group, ...], fit: tuple[Group, ...]) -> list[tuple[Group, ...]]:
        """The rare choices grouped together, then with the least chosen of the others, and so on.

        The choice most given is never hidden in a group: the level is withheld instead.
        """

        def size(group: Group) -> int:
            return sum(self.table.counts.quantity(Quantity("chosen", group)).values())

        rare = [group for group in units if group not in fit]
        others = sorted(fit, key=size, reverse=True)
        main = max(units, key=size)
        candidates = []
        while others and rare and main not in rare:
            if len(rare) > 1:
                kept = tuple(group for group in units if group in others)
                candidates.append((*kept, tuple(sorted(one for group in rare for one in group))))
            rare.append(others.pop())
        return candidates

    def _refusal(self, level: str, groups: tuple[Group, ...]) -> Reason:
        names = quantities_of(groups, is_conditional=self.is_conditional)
        if any(self._is_small(level, name) for name in names):
            return Reason.SMALL_COUNT
        if self._is_dominated(level):
            return Reason.DOMINANCE
        candidate = Known(self.now, level, groups)
        today = [one for one in self.known if one.moment == self.now]
        if self._leaks([*today, candidate], names):
            return Reason.DIFFERENCE
        if self.now and self._leaks([*self.known, candidate], names):
            return Reason.EARLIER_RELEASE
        return Reason.NONE

    def _leaks(self, known: list[Known], names: list[Quantity]) -> bool:
        """True when some quantity, of this candidate or of what is known already, isolates a small group."""
        if len(known) == 1:
            return False
        every = {*names}
        for one in known:
            every.update(quantities_of(one.groups, is_conditional=self.is_conditional))
        return any(
            finds_small_group(self.table, self.moments, known, name=name, rule=self.rule)
            for name in sorted(every)
        ) or finds_small_mix(self.table, self.moments, known, rule=self.rule)

    def _is_small(self, level: str, name: Quantity) -> bool:
        counts = self.table.counts.quantity(name)
        return any(
            self.rule.is_small(sum(counts.get(part, 0) for part in parts))
            for parts in self.table.areas_of(level).values()
        )

    def _is_dominated(self, level: str) -> bool:
        return any(
            self.rule.is_dominated([one for part in parts for one in self.table.amounts.get(part, ())] or [0])
            for parts in self.table.areas_of(level).values()
        )
