"""What a receipt tells: from what was given to what became of it, in words and by day."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from consultations.lineage.models import Link, Relation
from consultations.lineage.registries import Item, Milestone, lineage_kinds

MAX_HOPS = 4
Node = tuple[str, str]


@dataclass(frozen=True)
class StoryStep:
    """One link of the story: what happened, to what, on which day."""

    relation: str
    kind: str
    item: Item
    day: datetime.date

    @property
    def reached(self) -> str:
        """What happened, in the words of the kind it came to; empty when the relation says it."""
        return str(lineage_kinds[self.kind].reached)


@dataclass(frozen=True)
class Story:
    """Everything that followed from one object. Nothing in it leads back to a person."""

    kind: str
    item: Item
    steps: tuple[StoryStep, ...]

    def of(self, *relations: Relation) -> tuple[StoryStep, ...]:
        """The steps of these relations, oldest first."""
        return tuple(step for step in self.steps if step.relation in relations)

    @property
    def spoke(self) -> str:
        """How the story begins, in the words of its kind; empty when it begins with answers."""
        return str(lineage_kinds[self.kind].spoke) % {"title": self.item.title}

    @property
    def heard(self) -> str:
        return str(lineage_kinds[self.kind].heard)

    @property
    def reading(self) -> str:
        return str(lineage_kinds[self.kind].reading)

    @property
    def given(self) -> StoryStep | None:
        """Where it was said: the nearest object it was raised in."""
        return next(iter(self.of(Relation.RAISED_IN)), None)

    @property
    def needs(self) -> tuple[Item, ...]:
        return tuple(step.item for step in self.of(Relation.CODED_AS))

    @property
    def outcomes(self) -> tuple[StoryStep, ...]:
        """What was published, decided or done since."""
        silent = {Relation.RAISED_IN, Relation.CODED_AS}
        return tuple(step for step in self.steps if step.relation not in silent)

    @property
    def milestones(self) -> tuple[Milestone, ...]:
        """The stages of what it was raised in; what it led to tells its own steps on its own page."""
        return next(
            (step.item.milestones for step in self.of(Relation.RAISED_IN) if step.item.milestones), ()
        )


def story(kind: str, object_id: str) -> Story | None:
    """The story of one object, or None when it no longer exists."""
    if kind not in lineage_kinds:
        return None
    item = lineage_kinds[kind].resolve(object_id)
    if item is None:
        return None
    links = list(follow((kind, object_id)))
    items = resolve({(link.target_kind, link.target_id) for link in links})
    steps = [
        StoryStep(link.relation, link.target_kind, items[target], link.linked_on)
        for link in links
        if (target := (link.target_kind, link.target_id)) in items
    ]
    return Story(kind, item, tuple(steps))


def follow(start: Node) -> Iterator[Link]:
    """Every link reached from `start`, nearest first, each object once: one query by hop."""
    seen, frontier = {start}, {start}
    for _hop in range(MAX_HOPS):
        found = [link for link in links_from(frontier) if (link.target_kind, link.target_id) not in seen]
        frontier = set()
        for link in found:
            target = (link.target_kind, link.target_id)
            if target not in seen:
                seen.add(target)
                frontier.add(target)
                yield link
        if not frontier:
            return


def links_from(nodes: Iterable[Node]) -> list[Link]:
    """The links that start at these objects. A need starts nothing: it belongs to everyone who spoke."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, key in nodes:
        if kind != "need":
            by_kind[kind].append(key)
    if not by_kind:
        return []
    rows = Link.objects.none()
    for kind, keys in sorted(by_kind.items()):
        rows = rows | Link.objects.filter(source_kind=kind, source_id__in=keys)
    return list(rows.order_by("linked_on", "pk"))


def resolve(nodes: Iterable[Node]) -> dict[Node, Item]:
    """The objects that exist, read kind by kind."""
    by_kind: dict[str, set[str]] = defaultdict(set)
    for kind, key in nodes:
        by_kind[kind].add(key)
    return {
        (kind, key): item
        for kind, keys in by_kind.items()
        if kind in lineage_kinds
        for key, item in lineage_kinds[kind].resolve_many(keys).items()
    }


@dataclass(frozen=True)
class DeadLink:
    """A link one end of which no longer exists, or is of an unknown kind."""

    link_id: int
    kind: str
    object_id: str


def dead_links(batch_size: int = 2000) -> Iterator[DeadLink]:
    """Every end of a link that does not resolve."""
    batch: list[Link] = []
    for each in Link.objects.order_by("pk").iterator(chunk_size=batch_size):
        batch.append(each)
        if len(batch) == batch_size:
            yield from _dead(batch)
            batch = []
    yield from _dead(batch)


def _dead(links: list[Link]) -> Iterator[DeadLink]:
    ends = [(link.pk, link.source_kind, link.source_id) for link in links]
    ends += [(link.pk, link.target_kind, link.target_id) for link in links]
    alive = resolve({(kind, key) for _pk, kind, key in ends})
    for pk, kind, key in ends:
        if (kind, key) not in alive:
            yield DeadLink(pk, kind, key)
