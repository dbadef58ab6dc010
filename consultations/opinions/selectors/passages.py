"""The way of an opinion: the joint ones it went into, those it came from, each with its own vote."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from consultations.councils.models import Council
from consultations.councils.selectors import federations_of
from consultations.lineage.models import Link, Relation
from consultations.opinions.merging import above, below
from consultations.opinions.models import Forwarding, ForwardPermission, Opinion
from consultations.opinions.wording import vote_words, votes_by_constituency

OPINION = "opinion"
Edge = tuple[UUID, UUID]


def edges_around(keys: Collection[UUID]) -> list[Edge]:
    """Every edge that can be reached from these opinions, up or down: one query a step."""
    found: set[Edge] = set()
    seen: set[UUID] = set()
    frontier = set(keys)
    while frontier:
        seen |= frontier
        rows = Forwarding.objects.filter(Q(opinion__in=frontier) | Q(joint__in=frontier), joint__isnull=False)
        fresh = {(low, high) for low, high in rows.values_list("opinion_id", "joint_id") if high is not None}
        found |= fresh
        frontier = {key for edge in fresh for key in edge} - seen
    return sorted(found, key=str)


def receivers_of(joint: Opinion) -> list[Opinion]:
    """The opinions directly joined in this one, withdrawn ones too: an answer comes back to each."""
    return list(Opinion.objects.filter(forwardings__joint=joint).select_related("council").order_by("pk"))


@dataclass(frozen=True)
class Family:
    """Lineage of an opinion: parents it was made from, every ancestor, every joint opinion that follows."""

    parents: list[Opinion]
    ancestors: list[Opinion]
    descendants: list[Opinion]


def family_of(opinion: Opinion) -> Family:
    """Read from the lineage's links, so that what a receipt tells and what a page shows are one thing."""
    edges = _links_around(opinion)
    up, down = above(edges, str(opinion.pk)), below(edges, str(opinion.pk))
    nearest = {low for low, high in edges if high == str(opinion.pk)}
    rows = Opinion.objects.filter(pk__in=[*up, *down]).select_related("council")
    known = {str(one.pk): one for one in rows}
    return Family(
        [known[key] for key in down if key in nearest and key in known],
        [known[key] for key in down if key in known],
        [known[key] for key in up if key in known],
    )


def _links_around(opinion: Opinion) -> list[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    seen: set[str] = set()
    frontier = {str(opinion.pk)}
    links = Link.objects.filter(relation=Relation.MERGED_INTO, source_kind=OPINION, target_kind=OPINION)
    while frontier:
        seen |= frontier
        fresh = set(
            links.filter(Q(source_id__in=frontier) | Q(target_id__in=frontier)).values_list(
                "source_id", "target_id"
            )
        )
        found |= fresh
        frontier = {key for edge in fresh for key in edge} - seen
    return sorted(found)


@dataclass(frozen=True)
class CouncilVote:
    """What one council decided for itself, as the joint opinion carries it."""

    opinion: Opinion
    words: str
    lines: list[tuple[str, str]]

    @property
    def council(self) -> Council:
        return self.opinion.council

    @property
    def is_withdrawn(self) -> bool:
        return self.opinion.state == Opinion.State.WITHDRAWN

    @property
    def is_read_back(self) -> bool:
        """The answer was read to this council."""
        answers = list(self.opinion.answers.all())
        return bool(answers) and answers[-1].read_back_on is not None


@dataclass(frozen=True)
class WayUp:
    """A federation of the council, and how far the opinion has gone there."""

    federation: Council
    permission: ForwardPermission | None
    forwarded_on: datetime.date | None
    joint: Opinion | None


@dataclass(frozen=True)
class Passage:
    """Both sides of an opinion: where it may go or went, and the councils it came from."""

    ways: list[WayUp]
    votes: list[CouncilVote]

    @property
    def joints(self) -> list[Opinion]:
        return [way.joint for way in self.ways if way.joint is not None]


def votes_in(joint: Opinion) -> list[CouncilVote]:
    """Each council's own vote, by name; a joint opinion inside it gives the votes it carries too."""
    keys = below(edges_around([joint.pk]), joint.pk)
    rows = Opinion.objects.filter(pk__in=keys).select_related("council", "decision__item__meeting")
    found = [one for one in rows.prefetch_related("answers") if not one.council.is_federation]
    return [vote_of(one) for one in sorted(found, key=lambda one: one.council.name)]


def vote_of(opinion: Opinion) -> CouncilVote:
    return CouncilVote(opinion, vote_words(opinion), votes_by_constituency(opinion))


def passage_of(opinion: Opinion) -> Passage:
    """What its page shows of its way."""
    permissions = {one.federation_id: one for one in opinion.forward_permissions.filter(withdrawn_on=None)}
    passed = {
        one.federation_id: one for one in opinion.forwardings.select_related("joint__council", "federation")
    }
    listed = {one.pk: one for one in federations_of(opinion.council, timezone.localdate())}
    listed |= {one.federation_id: one.federation for one in passed.values()}
    ways = [
        WayUp(one, permissions.get(key), passed[key].forwarded_on if key in passed else None,
              passed[key].joint if key in passed else None)
        for key, one in listed.items()
    ]  # fmt: skip
    return Passage(ways, votes_in(opinion) if opinion.council.is_federation else [])


def councils_of(votes: Iterable[CouncilVote]) -> list[Council]:
    """Each council once."""
    return list({one.council.pk: one.council for one in votes}.values())
