"""What there is to tell of something followed."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from consultations.following.registries import held_items
from consultations.lineage.registries import Item, lineage_kinds
from consultations.lineage.selectors import Entry, consequences

SILENT = frozenset({"need", "indicator"})  # they were there before: naming them is no news


@dataclass(frozen=True, order=True)
class News:
    """One thing that happened on a day; `url` leads to it, or is empty."""

    day: datetime.date
    label: str
    title: str
    url: str


def followed_item(kind: str, key: str) -> Item | None:
    """What may be followed: an object of lineage that has a public page."""
    item = lineage_kinds[kind].resolve(key) if kind in lineage_kinds else None
    return item if item is not None and item.is_public and item.url else None


def news_of(kind: str, key: str, *, after: datetime.date, until: datetime.date) -> list[News]:
    """What became of it after a day and until another, in order: its own steps, what it led to, and
    their steps; then those of what it holds.

    Days are whole: `until` is a day that is over, so that nothing written later the same day is missed.
    """
    item, entries = consequences(kind, key)
    if item is None:
        return []
    found = set(_steps(item))
    for one in entries:
        if one.kind not in SILENT:
            found.add(News(one.day, _label(one), one.item.title, one.item.url))
            found.update(_steps(one.item))
    for held in held_items:
        if held.kind == kind:
            found.update(news for one in held.read(key) if one.is_public for news in _steps(one))
    return sorted(one for one in found if after < one.day <= until)


def _label(entry: Entry) -> str:
    kind = lineage_kinds[entry.kind]
    return str(kind.reached) or str(kind.label)


def _steps(item: Item) -> Iterator[News]:
    for step in item.milestones:
        if step.day is not None and step.status != "to_come":
            yield News(step.day, step.label, item.title, item.url)
