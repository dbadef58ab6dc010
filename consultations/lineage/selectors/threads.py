"""The thread through one object: where it comes from and what became of it, for whoever reads.

What one person gave is never in it, and no thread passes through it: those links are left out by the query.
Objects that are not public are crossed and not shown, but to those who work on them.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Visitor
from consultations.lineage.models import Link, Relation
from consultations.lineage.registries import Item, LineageKind, lineage_kinds, thread_notes
from consultations.lineage.selectors.stories import around, resolve

Node = tuple[str, str]
MAX_HOPS = 4
MOST_LINKS = 200  # by hop and by way: what is left out is said
MOST_SHOWN = 12  # by kind and by way: the rest is counted
LEAST_TOLD = 11  # how many objects that are not public may be counted: under it, the number is not said
BEFORE, AFTER = -1, 1

FOLLOWED: Mapping[str, str | Promise] = {
    Relation.RAISED_IN: _("came out of it"),
    Relation.CODED_AS: _("a need it speaks of"),
    Relation.RELEASED_IN: _("published"),
    Relation.MERGED_INTO: _("gathered with others"),
    Relation.SUPPORTS: _("rests on it"),
    Relation.CONTRADICTS: _("says the contrary"),
    Relation.ANSWERED_BY: _("answers it"),
    Relation.IMPLEMENTED_BY: _("carries it out"),
    Relation.EVALUATED_BY: _("evaluates it"),
    Relation.MEASURED_BY: _("measures it"),
}
LED: Mapping[str, str | Promise] = {
    Relation.RAISED_IN: _("where it was said"),
    Relation.CODED_AS: _("speaks of this need"),
    Relation.RELEASED_IN: _("is published there"),
    Relation.MERGED_INTO: _("is part of it"),
    Relation.SUPPORTS: _("what it rests on"),
    Relation.CONTRADICTS: _("says the contrary"),
    Relation.ANSWERED_BY: _("what it answers"),
    Relation.IMPLEMENTED_BY: _("what it carries out"),
    Relation.EVALUATED_BY: _("what it evaluates"),
    Relation.MEASURED_BY: _("what it measures"),
}
"""What an object is to the next one towards the start: one that followed, one that led to it."""


@dataclass(frozen=True)
class Entry:
    """One object of the thread: when and how it was joined, and to what (`near`, towards the start)."""

    kind: str
    key: str
    item: Item
    day: datetime.date
    relation: str
    hop: int
    near: Node

    @property
    def words(self) -> str:
        """What it is to the object it was joined to."""
        return str((FOLLOWED if self.hop > 0 else LED).get(self.relation, ""))


@dataclass(frozen=True)
class Group:
    """The objects of one kind on one side of the start, oldest first; `more` others are only counted."""

    kind: str
    hop: int
    entries: tuple[Entry, ...]
    more: int = 0
    hidden: int = 0

    @property
    def registered(self) -> LineageKind:
        return lineage_kinds[self.kind]

    @property
    def count(self) -> int:
        """How many can be seen."""
        return len(self.entries) + self.more

    @property
    def hidden_told(self) -> int:
        """How many cannot be seen, or zero when too few to say."""
        return self.hidden if self.hidden >= LEAST_TOLD else 0


@dataclass(frozen=True)
class Thread:
    """The start, what led to it (nearest last) and what followed (nearest first). `is_cut`: there is more."""

    kind: str
    key: str
    item: Item
    before: tuple[Group, ...]
    after: tuple[Group, ...]
    joins: frozenset[tuple[tuple[str, int], tuple[str, int]]]
    is_cut: bool
    notes: tuple[str, ...] = ()

    @property
    def registered(self) -> LineageKind:
        return lineage_kinds[self.kind]

    @property
    def is_alone(self) -> bool:
        """True when nothing led to it and nothing followed that this reader may see."""
        return not self.before and not self.after


@dataclass
class _Walk:
    """Nodes met on one way from the start, each once, by the hop where it was met."""

    way: int
    met: dict[Node, tuple[int, Link, Node]] = field(default_factory=dict)
    is_cut: bool = False


def thread_of(kind: str, key: str, user: Visitor | None = None) -> Thread | None:
    """The thread through an object, or None when there is none this reader may see."""
    start = (kind, key)
    item = _start(start, user)
    if item is None:
        return None
    back, ahead = _walk(start, BEFORE), _walk(start, AFTER)
    back.met = {node: found for node, found in back.met.items() if node not in ahead.met}
    items = _names({*back.met, *ahead.met})
    _keep_place(ahead, items, item)
    seen = _seen(items, user)
    groups = {walk.way: _groups(walk, items, seen) for walk in (back, ahead)}
    return Thread(
        kind=kind,
        key=key,
        item=item,
        before=groups[BEFORE],
        after=groups[AFTER],
        joins=_joins(start, back, ahead, seen),
        is_cut=back.is_cut or ahead.is_cut,
        notes=tuple(note for make in thread_notes if (note := make(kind, key))),
    )


def consequences(kind: str, key: str) -> tuple[Item | None, tuple[Entry, ...]]:
    """An object anyone may read and all that followed from it, each with the days of its own life."""
    start = (kind, key)
    item = _start(start, None)
    if item is None:
        return None, ()
    ahead = _walk(start, AFTER)
    items = resolve(ahead.met)
    _keep_place(ahead, items, item)
    found = [
        Entry(*node, items[node], link.linked_on, link.relation, hop, near)
        for node, (hop, link, near) in ahead.met.items()
        if node in items and items[node].is_public
    ]
    return item, tuple(sorted(found, key=lambda one: (one.day, one.hop, one.kind, one.key)))


def _start(start: Node, user: Visitor | None) -> Item | None:
    kind, key = start
    if kind not in lineage_kinds or lineage_kinds[kind].is_personal:
        return None
    item = lineage_kinds[kind].resolve(key)
    if item is not None and not item.is_public:
        inside = lineage_kinds[kind].inside
        return inside(user, [key]).get(key) if inside and user is not None else None
    return item


def _walk(start: Node, way: int) -> _Walk:
    """Hop after hop, one query each; then each object takes its place after everything that leads to it."""
    walk, frontier, found = _Walk(way), {start}, list[tuple[Node, Node, Link]]()
    for hop in range(1, MAX_HOPS + 1):
        links = list(_links(frontier, way)[: MOST_LINKS + 1])
        walk.is_cut = walk.is_cut or len(links) > MOST_LINKS
        reached: set[Node] = set()
        for link in links[:MOST_LINKS]:
            near, far = _ends(link, way)
            found.append((near, far, link))
            if far not in walk.met and far != start:
                walk.met[far] = (hop, link, near)
                reached.add(far)
        if not reached:
            break
        frontier = reached
    _settle(walk, start, found)
    return walk


def _settle(walk: _Walk, start: Node, found: Iterable[tuple[Node, Node, Link]]) -> None:
    """What a short cut reached too early moves after what leads to it; a circle ends with the hops."""
    for _pass in range(MAX_HOPS):
        for near, far, link in found:
            if far == start or near == start:
                continue
            after = walk.met[near][0] + 1
            if walk.met[far][0] < after <= MAX_HOPS:
                walk.met[far] = (after, link, near)


def _links(frontier: Collection[Node], way: int) -> QuerySet[Link]:
    """The links that leave these objects on one way. What is raised in an object comes after it in time."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, key in frontier:
        by_kind[kind].append(key)
    known = [name for name, kind in lineage_kinds.items() if not kind.is_personal]
    here, there = ("source", "target") if way == AFTER else ("target", "source")
    asked = Q()
    for kind, keys in sorted(by_kind.items()):
        # the kinds are asked in each branch: a need voiced a million times is read by its index
        ahead = Q(**{f"{here}_kind": kind, f"{here}_id__in": keys, f"{there}_kind__in": known})
        raised = Q(**{f"{there}_kind": kind, f"{there}_id__in": keys, f"{here}_kind__in": known})
        asked |= ahead & ~Q(relation=Relation.RAISED_IN) | raised & Q(relation=Relation.RAISED_IN)
    return Link.objects.filter(asked).order_by("linked_on", "pk")


def _ends(link: Link, way: int) -> tuple[Node, Node]:
    """The end towards the start, then the other."""
    source, target = (link.source_kind, link.source_id), (link.target_kind, link.target_id)
    leads_on = (way == AFTER) != (link.relation == Relation.RAISED_IN)
    return (source, target) if leads_on else (target, source)


def _names(nodes: Iterable[Node]) -> dict[Node, Item]:
    """What exists among these objects, one call by kind."""
    by_kind: dict[str, set[str]] = defaultdict(set)
    for kind, key in nodes:
        by_kind[kind].add(key)
    found: dict[Node, Item] = {}
    for kind, keys in sorted(by_kind.items()):
        read = lineage_kinds[kind].name_many or lineage_kinds[kind].resolve_many
        found |= {(kind, key): item for key, item in read(sorted(keys)).items()}
    return found


def _keep_place(ahead: _Walk, items: Mapping[Node, Item], start: Item) -> None:
    """A need belongs to everyone: of what answers it, keep what holds where the start was said."""
    asked = {
        node: items[node].territory_id
        for node, (_hop, _link, near) in ahead.met.items()
        if near[0] == "need" and node in items and items[node].territory_id
    }
    if not asked or start.territory_id is None:
        return
    near_it = around(start.territory_id)
    for node, territory in asked.items():
        if territory not in near_it:
            del ahead.met[node]


def _seen(items: Mapping[Node, Item], user: Visitor | None) -> dict[Node, Item]:
    """What this reader may see: what is public, and what they work on."""
    seen = {node: item for node, item in items.items() if item.is_public}
    if user is None or not user.is_authenticated:
        return seen
    hidden: dict[str, list[str]] = defaultdict(list)
    for kind, key in items:
        if (kind, key) not in seen:
            hidden[kind].append(key)
    for kind, keys in sorted(hidden.items()):
        if (inside := lineage_kinds[kind].inside) is not None:
            seen |= {(kind, key): item for key, item in inside(user, keys).items()}
    return seen


def _groups(walk: _Walk, items: Mapping[Node, Item], seen: Mapping[Node, Item]) -> tuple[Group, ...]:
    """By kind and nearness; what led to the start is told from the farthest, what followed from the nearest."""
    found: dict[tuple[int, str], list[Entry]] = defaultdict(list)
    hidden: dict[tuple[int, str], int] = defaultdict(int)
    for node, (hop, link, near) in walk.met.items():
        place = (walk.way * hop, node[0])
        if node in seen:
            entry = Entry(*node, seen[node], link.linked_on, link.relation, walk.way * hop, near)
            found[place].append(entry)
        elif node in items:
            hidden[place] += 1
    groups = []
    for place in sorted({*found, *hidden}):
        entries = sorted(found[place], key=lambda one: (one.day, one.item.title, one.key))
        shown = tuple(entries[:MOST_SHOWN])
        groups.append(Group(place[1], place[0], shown, len(entries) - len(shown), hidden[place]))
    return tuple(groups)


def _joins(
    start: Node, back: _Walk, ahead: _Walk, seen: Mapping[Node, Item]
) -> frozenset[tuple[tuple[str, int], tuple[str, int]]]:
    """Which groups are joined in the picture, the earlier first; what is not shown is drawn across."""
    joined = set()
    for walk in (back, ahead):
        for node, (hop, _link, near) in walk.met.items():
            if node not in seen:
                continue
            while near != start and near not in seen and near in walk.met:
                near = walk.met[near][2]
            here = (node[0], walk.way * hop)
            there = (near[0], 0) if near == start else (near[0], walk.way * walk.met[near][0])
            joined.add((there, here) if walk.way == AFTER else (here, there))
    return frozenset(joined)
