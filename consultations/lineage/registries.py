"""The kinds of objects that links join, filled by the apps that own them from `AppConfig.ready()`."""

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from accounts.permissions import Visitor
from core.registry import Registry


@dataclass(frozen=True)
class Milestone:
    """A dated step of an object's life, shown in the story of whatever led to it."""

    label: str
    status: str  # done, under_way, to_come
    day: datetime.date | None = None
    note: str = ""
    is_measure: bool = False


@dataclass(frozen=True)
class Item:
    """An object as a story tells it. `url` is empty when no public page shows it.

    `note` says in a word where it stands; `territory_id` is where it holds, when it holds somewhere.
    """

    title: str
    url: str = ""
    easy_read: str = ""
    pictogram: str = ""
    is_public: bool = True
    milestones: tuple[Milestone, ...] = ()
    note: str = ""
    territory_id: int | None = None


@dataclass(frozen=True)
class ThreadLink:
    """A link under the title of a thread, to what an app above offers about the same object."""

    label: str
    url: str
    icon: str


Resolver = Callable[[Collection[str]], Mapping[str, Item]]
InsideResolver = Callable[[Visitor, Collection[str]], Mapping[str, Item]]


@dataclass(frozen=True)
class LineageKind:
    """A kind of object: how to name it, and how to read several at once; an absent id is a dead link.

    `reached` says in a receipt what happened when something said came to an object of this kind. A receipt for
    an object of this kind begins with `spoke` (`%(title)s`), then `heard`, or `reading` until it is linked.

    `reached_easy` says the same in easy words. `is_personal`: what one person gave; only its own receipt leads to it, and no thread passes through it.
    `name_many` names several in one query, without their milestones, where `resolve_many` costs more.
    `inside` gives those that are not public to the people who work on them.
    """

    label: str | Promise
    resolve_many: Resolver
    reached: str | Promise = ""
    reached_easy: str | Promise = ""
    spoke: str | Promise = ""
    heard: str | Promise = ""
    reading: str | Promise = ""
    icon: str = "circle-dot"
    is_personal: bool = False
    name_many: Resolver | None = None
    inside: InsideResolver | None = None

    def resolve(self, object_id: str) -> Item | None:
        """One object, or None when it no longer exists."""
        return self.resolve_many([object_id]).get(object_id)


@dataclass(frozen=True)
class Gap:
    """What an app's own records say and no link does, or the other way round: `source` and `target` are nodes."""

    source: tuple[str, str]
    relation: str
    target: tuple[str, str]
    is_missing: bool = True


lineage_kinds: Registry[LineageKind] = Registry("kinds of lineage objects")
lineage_checks: Registry[Callable[[], Iterable[Gap]]] = Registry("links that must exist, by app")
receipt_pages: Registry[Callable[[str], str]] = Registry("pages that tell a receipt themselves, by kind")
thread_notes: Registry[Callable[[str, str], str]] = Registry("a sentence on top of the thread of an object")
thread_links: Registry[Callable[[str, str], ThreadLink | None]] = Registry(
    "links of threads, by kind and key"
)
