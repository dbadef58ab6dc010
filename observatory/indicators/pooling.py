"""How many people voiced each need, from published cells and from nothing else: it tells no more than they.

The figure is a floor: in one question whose answers exclude each other the cells of one need are added up, and the
highest figure among questions is kept. A need heard only in words, or under the threshold, has none.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from observatory.disclosure import PUBLIC
from observatory.indicators.models import PublishedCell, Slice

SUFFIX = "besoins"


@dataclass(frozen=True)
class Pooled:
    """Which slices of which indicators speak of which needs; `overlapping` ones are never added up."""

    code: str
    needs: Mapping[str, Mapping[str, frozenset[str]]]  # indicator code → choice → codes of needs
    labels: Mapping[str, str]
    overlapping: frozenset[str]


def pooled_code(slug: str) -> str:
    """The code of the cells that count the needs of a subject."""
    return f"{slug}--{SUFFIX}"


def pooled_cells(cells: Iterable[PublishedCell], pooled: Pooled) -> list[PublishedCell]:
    """One cell by place and need, from the cells of one release."""
    found: dict[tuple[str, str, str, str], dict[str, list[PublishedCell]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for cell in cells:
        for need in _needs_of(cell, pooled):
            place = (cell.level_code, cell.territory_code, cell.period, need)
            found[place][cell.indicator_code].append(cell)
    order = {code: place for place, code in enumerate(sorted(pooled.labels))}
    made = []
    for (level, code, period, need), questions in sorted(found.items()):
        voices, base, name = max(_count(one, name in pooled.overlapping) for name, one in questions.items())
        if voices < PUBLIC.minimum:
            continue
        model = next(iter(questions.values()))[0]
        made.append(
            PublishedCell(
                release=model.release, indicator_code=pooled.code, level_code=level, territory_code=code,
                territory_name=name, period=period, slice_key=need, slice_label=pooled.labels[need][:300],
                slice_order=order[need], value=float(voices), base_count=base,
                status=PublishedCell.Status.PUBLISHED,
            )
        )  # fmt: skip
    return made


def _needs_of(cell: PublishedCell, pooled: Pooled) -> frozenset[str]:
    """The needs every answer of this cell speaks of; none for a hidden cell or a total."""
    choices = pooled.needs.get(cell.indicator_code)
    if choices is None or cell.value is None or cell.slice_key == Slice.TOTAL:
        return frozenset()
    named = [choices.get(part, frozenset()) for part in cell.slice_key.split("+")]
    return frozenset.intersection(*named)


def _count(cells: list[PublishedCell], overlaps: bool) -> tuple[int, int, str]:
    values = [int(cell.value or 0) for cell in cells]
    return (max(values) if overlaps else sum(values)), cells[0].base_count or 0, cells[0].territory_name
