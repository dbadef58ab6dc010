"""From facts to the cells of a release: which levels are published, kept as they were, or withheld."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from observatory.disclosure import Area, Earlier, Group, Key, LevelDecision, Protection, Reason, protect
from observatory.indicators.areas import Geography
from observatory.indicators.legends import breaks_of
from observatory.indicators.models import Indicator, PublishedCell, Release, Slice
from observatory.indicators.tables import (
    Delivery,
    StoredFact,
    choice_of,
    choices_of,
    counts_of,
    delivery_of,
    rule_of,
    table_of,
)
from territories.models import Territory

Status = PublishedCell.Status
PUBLISHED, KEPT, WITHHELD = "published", "kept", "withheld"


@dataclass
class Draft:
    """The cells and the report of a release being made."""

    release: Release
    geography: Geography
    cells: list[PublishedCell] = field(default_factory=list)
    report: dict[str, Any] = field(default_factory=lambda: {"indicators": {}, "breaks": {}})

    def add(self, indicator: Indicator, area: Area, period: str, **values: Any) -> None:
        """Append one cell of `area`."""
        self.cells.append(
            PublishedCell(
                release=self.release,
                indicator_code=indicator.code,
                level_code=area.level,
                territory_code=area.code,
                territory_name=self.geography.names[area],
                period=period,
                **values,
            )
        )


@dataclass(frozen=True)
class Derived:
    """A figure computed from the published cells of another one and from nothing else: it tells no more than they.

    `figure` gives the value and how many people it is about, from the count of each slice; None when it cannot.
    """

    code: str
    of: str
    figure: Callable[[Mapping[str, int]], tuple[float, int] | None]


@dataclass(frozen=True)
class Past:
    """An earlier release with the facts it was made of."""

    release: Release
    delivery: Delivery

    def levels(self, code: str) -> dict[str, dict[str, Any]]:
        """What it says of each level of an indicator."""
        found: dict[str, dict[str, Any]] = self.release.report.get("indicators", {}).get(code, {})
        return found


def past_of(releases: Iterable[Release], indicators: Sequence[Indicator]) -> list[Past]:
    """Earlier releases, oldest first; a withdrawn one was seen too."""
    ordered = sorted(releases, key=lambda one: one.number)
    return [Past(one, delivery_of(one.parameters["dataset_version"], indicators)) for one in ordered]


def add_protected(draft: Draft, indicator: Indicator, facts: list[StoredFact], past: Sequence[Past]) -> None:
    """Add the cells of an indicator about persons or services, protected."""
    if not facts:
        return
    table = table_of(indicator, facts, draft.geography)
    protection = protect(
        table,
        rule=rule_of(indicator),
        earlier=[one for one in (_earlier(one, indicator) for one in past) if one.shown],
        is_conditional=indicator.is_conditional,
        choices_at=draft.release.scope_level if indicator.counts_events else "",
    )
    labels = {choice_of(one): one for one in choices_of(facts)}
    period = facts[0].period
    states: dict[str, Any] = {}
    told = frozenset(str(fact.territory_id) for fact in facts) if indicator.counts_events else frozenset()
    for level, decision in protection.levels.items():
        kept = None if decision.is_published else _last_shown(past, indicator.code, level)
        if kept and decision.reason is Reason.EARLIER_RELEASE:
            states[level] = {**kept.levels(indicator.code)[level], "state": KEPT}
            states[level].setdefault("release", kept.release.number)
            _copy_cells(draft, kept.release, indicator.code, level)
            continue
        states[level] = _state_of(decision)
        for key in _keys_of(draft.geography, table.areas, decision):
            value = _cell_values(key, table, protection, draft.geography, told)
            draft.add(indicator, key.area, period, **value, **_slice_of(key.group, labels))
    draft.report["indicators"][indicator.code] = states


def add_open(draft: Draft, indicator: Indicator, facts: list[StoredFact]) -> None:
    """Add the cells of figures that are already public: as they are."""
    wanted = {fact.territory_id for fact in facts}
    places = Territory.objects.filter(pk__in=wanted).values_list("pk", "level_id", "code", "name")
    areas = {pk: (Area(level, code), name) for pk, level, code, name in places}
    for fact in facts:
        area, name = areas[fact.territory_id]
        draft.geography.names.setdefault(area, name)
        status = Status.MISSING if fact.value is None else Status.PUBLISHED
        base = fact.base_count if status is Status.PUBLISHED else None
        draft.add(
            indicator, area, fact.period,
            status=status, value=fact.value, base_count=base, **_slice_of((), {}),
        )  # fmt: skip
    levels = {area.level for area, _name in areas.values()}
    draft.report["indicators"][indicator.code] = {
        level: {"state": PUBLISHED, "reason": ""} for level in levels
    }


def add_derived(draft: Draft, derived: Derived) -> None:
    """Add the figure wherever every cell it reads is published; elsewhere it is as secret or as absent as they."""
    places: dict[tuple[str, str, str], list[PublishedCell]] = {}
    for cell in draft.cells:
        if cell.indicator_code == derived.of:
            places.setdefault((cell.level_code, cell.territory_code, cell.period), []).append(cell)
    shown: set[str] = set()
    for (level, code, period), cells in places.items():
        unseen = next((one.status for one in cells if one.status != Status.PUBLISHED), None)
        counts = {one.slice_key: int(one.value or 0) for one in cells if one.slice_key != Slice.TOTAL}
        found = None if unseen else derived.figure(counts)
        if found:
            shown.add(level)
        draft.cells.append(
            PublishedCell(
                release=draft.release, indicator_code=derived.code, level_code=level, territory_code=code,
                territory_name=cells[0].territory_name, period=period, slice_key=Slice.TOTAL,
                status=Status.PUBLISHED if found else unseen or Status.WITHHELD,
                value=found[0] if found else None, base_count=found[1] if found else None,
            )
        )  # fmt: skip
    states = draft.report["indicators"].get(derived.of, {})
    withheld = {"state": WITHHELD, "reason": Reason.SMALL_COUNT.value}
    draft.report["indicators"][derived.code] = {
        level: {**state, "groups": []} if level in shown or state["state"] == WITHHELD else withheld
        for level, state in states.items()
    }


def add_breaks(draft: Draft, indicators: Sequence[Indicator]) -> None:
    """Precompute the classes of every map of the release, from published values only."""
    shares = {one.code: one.aggregation == Indicator.Aggregation.RATIO for one in indicators}
    decimals = {one.code: one.decimals for one in indicators}
    values: dict[tuple[str, str, str], list[float]] = {}
    for cell in draft.cells:
        value = cell.display_value(is_share=shares[cell.indicator_code])
        if value is not None:
            values.setdefault((cell.indicator_code, cell.level_code, cell.slice_key), []).append(value)
    for (code, level, slice_key), found in values.items():
        place = draft.report["breaks"].setdefault(code, {}).setdefault(level, {})
        place[slice_key] = breaks_of(found, decimals=decimals[code])


def _earlier(past: Past, indicator: Indicator) -> Earlier:
    shown = {
        level: tuple(tuple(group) for group in state["groups"])
        for level, state in past.levels(indicator.code).items()
        if state["state"] == PUBLISHED and "groups" in state
    }
    return Earlier(counts_of(past.delivery.facts.get(indicator.pk, ())), shown)


def _last_shown(past: Sequence[Past], code: str, level: str) -> Past | None:
    """The last release that shows this level, unless it was withdrawn."""
    for one in reversed(past):
        if one.release.withdrawn_on is None and one.levels(code).get(level, {}).get("state") in (
            PUBLISHED,
            KEPT,
        ):
            return one
    return None


def _copy_cells(draft: Draft, release: Release, code: str, level: str) -> None:
    for cell in PublishedCell.objects.filter(release=release, indicator_code=code, level_code=level):
        cell.pk, cell.release = None, draft.release
        cell._state.adding = True
        draft.cells.append(cell)


def _state_of(decision: LevelDecision) -> dict[str, Any]:
    if decision.is_published:
        return {"state": PUBLISHED, "reason": "", "groups": [list(group) for group in decision.groups]}
    return {"state": WITHHELD, "reason": decision.reason.value}


def _keys_of(geography: Geography, areas: Iterable[Area], decision: LevelDecision) -> Iterator[Key]:
    absent = [area for area in geography.incomplete if area.level == decision.level]
    for area in [*(area for area in areas if area.level == decision.level), *sorted(absent)]:
        for group in ((), *decision.groups):
            yield Key(area, group)


def _cell_values(
    key: Key, table: Any, protection: Protection, geography: Geography, told: frozenset[str]
) -> dict[str, Any]:
    """`told` are the parts where a zero is a figure: elsewhere nobody answered, or nothing is counted."""
    hidden = {"value": None, "base_count": None}
    if key.area in geography.incomplete:
        return {"status": Status.MISSING, **hidden}
    status = Status(protection.status[key].value)
    if status is not Status.PUBLISHED:
        return {"status": status, **hidden}
    base = table.value(Key(key.area, ()))
    if not base and not table.areas[key.area] & told:
        return {"status": Status.MISSING, **hidden}
    return {"status": status, "value": float(table.value(key)), "base_count": base}


def _slice_of(group: Group, labels: dict[str, Slice]) -> dict[str, Any]:
    """Key, words and place of a choice, or of choices published together."""
    if not group:
        return {"slice_key": Slice.TOTAL, "slice_label": "", "slice_order": 0}
    key = "+".join(group)
    words = " / ".join(labels[one].label for one in group)
    order = labels[group[0]].order + 1 + (500 if len(group) > 1 else 0)
    return {"slice_key": key[:200], "slice_label": words[:300], "slice_order": order}
