"""What a receipt tells: from what was given to what became of it, in words and by day."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q
from django.utils import timezone

from consultations.lineage.models import Link, Relation
from consultations.lineage.registries import Item, Milestone, lineage_kinds
from territories.models import TerritoryRelation

MAX_HOPS = 4
MOST_ANSWERS = 60
MOST_WORKS = 6
MOST_DAYS = 8
MOST_COMING = 3
Node = tuple[str, str]


@dataclass(frozen=True)
class StoryStep:
    """One link of the story: what happened, to what, on which day."""

    relation: str
    kind: str
    item: Item
    day: datetime.date
    key: str = ""

    @property
    def reached(self) -> str:
        """What happened, in the words of the kind it came to; empty when the relation says it."""
        return str(lineage_kinds[self.kind].reached)

    @property
    def reached_easy(self) -> str:
        """The same in easy words."""
        return str(lineage_kinds[self.kind].reached_easy) or self.reached

    @property
    def past(self) -> tuple[Milestone, ...]:
        """The days of its own life that are behind, the latest ones, oldest first."""
        return tuple(one for one in self.item.milestones if one.status == "done" and one.day)[-MOST_DAYS:]

    @property
    def coming(self) -> tuple[Milestone, ...]:
        """What is under way or comes next."""
        return tuple(one for one in self.item.milestones if one.status != "done")[:MOST_COMING]


@dataclass(frozen=True)
class Story:
    """Everything that followed from one object. Nothing in it leads back to a person."""

    kind: str
    item: Item
    steps: tuple[StoryStep, ...]
    answers: tuple[StoryStep, ...] = ()
    """What answers the needs that were heard, for everyone who voiced them."""

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
    def works(self) -> tuple[StoryStep, ...]:
        """What is being done of it, by name: what was taken up, then what answers its needs."""
        taken = (one for one in self.of(Relation.IMPLEMENTED_BY) if one.item.is_public)
        return (*taken, *self.answers)[:MOST_WORKS]

    @property
    def more_works(self) -> int:
        """How many others there are."""
        taken = [one for one in self.of(Relation.IMPLEMENTED_BY) if one.item.is_public]
        return max(0, len(taken) + len(self.answers) - MOST_WORKS)

    @property
    def told(self) -> tuple[tuple[StoryStep, ...], ...]:
        """What happened before anything was done of it: what came together, of one kind on one day, is told once."""
        done = {(one.kind, one.key) for one in self.works}
        left = [one for one in self.outcomes if (one.kind, one.key) not in done]
        left.sort(key=lambda one: one.day)
        return tuple(
            tuple(steps) for _key, steps in groupby(left, lambda one: (one.day, one.kind, one.relation))
        )

    @property
    def followed(self) -> tuple[StoryStep, ...]:
        """What one may be told of by e-mail: where it was said, and what is being done. Never the receipt."""
        said = [
            one
            for one in self.of(Relation.RAISED_IN)
            if one.item.is_public and one.item.url and one.item.milestones
        ]
        return (*said[-1:], *self.works)

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
    answers = list(_answers(links))
    items = resolve({(link.target_kind, link.target_id) for link in [*links, *answers]})
    steps = [_step(link, items) for link in links if (link.target_kind, link.target_id) in items]
    told = {(one.kind, one.key) for one in steps}
    place = next(
        (
            one.item.territory_id
            for one in steps
            if one.relation == Relation.RAISED_IN and one.item.territory_id
        ),
        None,
    )
    found = [_step(link, items) for link in answers if (link.target_kind, link.target_id) in {*items} - told]
    return Story(kind, item, tuple(steps), tuple(_of_the_place(found, place)))


def _step(link: Link, items: Mapping[Node, Item]) -> StoryStep:
    target = (link.target_kind, link.target_id)
    return StoryStep(link.relation, link.target_kind, items[target], link.linked_on, link.target_id)


def _answers(links: Iterable[Link]) -> Iterable[Link]:
    """What answers the needs that were heard: it answers everyone who voiced them."""
    codes = {link.target_id for link in links if link.relation == Relation.CODED_AS}
    if not codes:
        return ()
    found = Link.objects.filter(source_kind="need", source_id__in=codes, relation=Relation.ANSWERED_BY)
    return found.order_by("linked_on", "pk")[:MOST_ANSWERS]


def _of_the_place(steps: Iterable[StoryStep], territory_id: int | None) -> list[StoryStep]:
    """Those anyone may read that hold where it was said; each once."""
    public = {(one.kind, one.key): one for one in steps if one.item.is_public}
    if not public or territory_id is None:
        return list(public.values())
    near = around(territory_id)
    return [one for one in public.values() if one.item.territory_id is None or one.item.territory_id in near]


def around(territory_id: int) -> set[int]:
    """The territory, those that hold it and those it holds, today."""
    pairs = TerritoryRelation.objects.full().valid_on(timezone.localdate())
    rows = pairs.filter(Q(child=territory_id) | Q(parent=territory_id)).values_list("child", "parent")
    return {territory_id, *(one for pair in rows for one in pair)}


def follow(start: Node) -> Iterator[Link]:
    """Every link reached from `start`, nearest first, each object once: one query by hop."""
    seen, frontier, own = {start}, {start}, {start}
    for _hop in range(MAX_HOPS):
        found = [link for link in links_from(frontier) if (link.target_kind, link.target_id) not in seen]
        found = [one for one in found if one.relation != Relation.CODED_AS or _source(one) in own]
        own |= {(one.target_kind, one.target_id) for one in found if _is_own(one, own)}
        frontier = set()
        for link in found:
            target = (link.target_kind, link.target_id)
            if target not in seen:
                seen.add(target)
                frontier.add(target)
                yield link
        if not frontier:
            return


def _source(link: Link) -> Node:
    return link.source_kind, link.source_id


def _is_own(link: Link, own: set[Node]) -> bool:
    """What one person gave is made of several pieces, cards for example: the needs of each are theirs."""
    return (
        link.relation == Relation.SUPPORTS
        and _source(link) in own
        and lineage_kinds[link.source_kind].is_personal
    )


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
