"""The kinds of objects that links join, filled by the apps that own them from `AppConfig.ready()`."""

import datetime
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from core.registry import Registry


@dataclass(frozen=True)
class Milestone:
    """A dated step of an object's life, shown in the story of whatever led to it."""

    label: str
    status: str  # done, under_way, to_come
    day: datetime.date | None = None
    note: str = ""


@dataclass(frozen=True)
class Item:
    """An object as a story tells it. `url` is empty when no public page shows it."""

    title: str
    url: str = ""
    easy_read: str = ""
    pictogram: str = ""
    is_public: bool = True
    milestones: tuple[Milestone, ...] = ()


Resolver = Callable[[Collection[str]], Mapping[str, Item]]


@dataclass(frozen=True)
class LineageKind:
    """A kind of object: how to name it, and how to read several at once; an absent id is a dead link.

    `reached` says in a receipt what happened when something said came to an object of this kind. A receipt for
    an object of this kind begins with `spoke` (`%(title)s`), then `heard`, or `reading` until it is linked.
    """

    label: str | Promise
    resolve_many: Resolver
    reached: str | Promise = ""
    spoke: str | Promise = ""
    heard: str | Promise = ""
    reading: str | Promise = ""

    def resolve(self, object_id: str) -> Item | None:
        """One object, or None when it no longer exists."""
        return self.resolve_many([object_id]).get(object_id)


lineage_kinds: Registry[LineageKind] = Registry("kinds of lineage objects")
