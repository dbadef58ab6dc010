"""Ways of seeing in a room: people who vote alike, found as Polis does, told without naming anyone.

Votes become a table of people by ideas; its two main directions (principal components) keep what divides
most; people close to one another on them form a group (k-means), and the number of groups is the one whose
groups are the most distinct (silhouette). The same votes always give the same groups. A group smaller than
the minimum is never shown: nothing is, then.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from consultations.syntheses.clustering import Clustering, cluster
from consultations.syntheses.models import Synthesis
from consultations.syntheses.selectors.ballots import is_support
from consultations.workshops.models import Card, Group, Stage, Vote
from observatory.disclosure.rules import Rule

MAX_IDEAS = 3
BANDS = ((0.9, "nearly_all"), (0.6, "most"), (0.4, "half"), (0.1, "some"))
DISTINCT = 0.25  # share of a group more, or less, than the others before an idea is said to mark it


class Share(StrEnum):
    """How many of a group, in words: a percentage of a small group would tell a count of people."""

    NEARLY_ALL = "nearly_all"
    MOST = "most"
    HALF = "half"
    SOME = "some"
    FEW = "few"


@dataclass(frozen=True)
class Idea:
    """An idea, and how many of a group, then of the others, support it."""

    text: str
    inside: Share
    outside: Share = Share.FEW


@dataclass(frozen=True)
class OpinionGroup:
    """People who vote alike: how many, what they support more than others, and less."""

    people: int
    more: tuple[Idea, ...]
    less: tuple[Idea, ...]


@dataclass(frozen=True)
class Opinions:
    """The groups, and what nearly everyone in each supports."""

    people: int
    groups: tuple[OpinionGroup, ...]
    shared: tuple[Idea, ...]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Ballots:
    """People by ideas: 1 supports, 0 does not."""

    ideas: tuple[str, ...]
    rows: tuple[tuple[float, ...], ...]
    heads: tuple[int, ...]


def opinions_of(synthesis: Synthesis, *, rule: Rule) -> Opinions | None:
    """The ways of seeing of a workshop, or None when votes do not part into groups that may be shown."""
    ballots = _ballots(synthesis)
    if ballots is None or len(ballots.ideas) < 2 or rule.is_small(sum(ballots.heads)):
        return None
    found = cluster(ballots.rows, smallest=max(rule.minimum, 2), heads=ballots.heads)
    return _told(ballots, found, rule) if found else None


def _ballots(synthesis: Synthesis) -> Ballots | None:
    """The votes of the stage in which most people voted."""
    stages = Stage.objects.filter(
        workshop=synthesis.workshop_id, kind__in=(Stage.Kind.DOTS, Stage.Kind.SCORES)
    )
    tables = [table for stage in stages.order_by("order") if (table := _table(stage))]
    return max(tables, key=lambda table: sum(table.heads), default=None)


def _table(stage: Stage) -> Ballots | None:
    votes = list(stage.votes.select_related("participant").order_by("participant_id", "pk"))
    supported: dict[UUID, set[UUID]] = {}
    heads: dict[UUID, int] = {}
    for vote in votes:
        chosen = supported.setdefault(vote.participant_id, set())
        heads[vote.participant_id] = max(1, vote.participant.headcount)
        if vote.target_id and is_support(stage, vote):
            chosen.add(vote.target_id)
    ideas = _names(votes)
    if not ideas:
        return None
    people = sorted(supported, key=str)
    rows = tuple(tuple(float(key in supported[person]) for key in ideas) for person in people)
    return Ballots(tuple(ideas.values()), rows, tuple(heads[person] for person in people))


def _names(votes: Sequence[Vote]) -> dict[UUID, str]:
    keys = {vote.target_id for vote in votes if vote.target_id}
    cards = Card.objects.kept().filter(pk__in=keys).order_by("pk").values_list("pk", "text")
    groups = Group.objects.filter(pk__in=keys, removed=False).order_by("pk").values_list("pk", "name")
    return dict(sorted({**dict(cards), **dict(groups)}.items(), key=lambda pair: str(pair[0])))


def _told(ballots: Ballots, found: Clustering, rule: Rule) -> Opinions | None:
    shares = [_shares(ballots, [label == group for label in found.labels]) for group in range(found.count)]
    sizes = [
        sum(heads for heads, label in zip(ballots.heads, found.labels, strict=True) if label == group)
        for group in range(found.count)
    ]
    if any(size < rule.minimum for size in sizes):
        return None
    told = _told_ideas(ballots, rule)
    order = sorted(range(found.count), key=lambda group: (-sizes[group], group))
    groups = tuple(_group(ballots, found, group, sizes[group], told) for group in order)
    lowest = {position: min(each[position] for each in shares) for position in told}
    shared = sorted((position for position in told if lowest[position] >= 0.5), key=lambda one: -lowest[one])
    return Opinions(
        sum(ballots.heads),
        groups,
        tuple(Idea(ballots.ideas[one], _band(lowest[one])) for one in shared[:MAX_IDEAS]),
    )


def _told_ideas(ballots: Ballots, rule: Rule) -> list[int]:
    """The ideas that may be named: neither those who chose them nor those who did not are too few."""
    people = sum(ballots.heads)
    for_each = [
        sum(heads for heads, row in zip(ballots.heads, ballots.rows, strict=True) if row[position])
        for position in range(len(ballots.ideas))
    ]
    return [
        position
        for position, count in enumerate(for_each)
        if not rule.is_small(count) and not rule.is_small(people - count)
    ]


def _group(ballots: Ballots, found: Clustering, group: int, size: int, told: list[int]) -> OpinionGroup:
    inside = _shares(ballots, [label == group for label in found.labels])
    outside = _shares(ballots, [label != group for label in found.labels])
    gaps = sorted(((inside[one] - outside[one], one) for one in told), key=lambda pair: (-pair[0], pair[1]))

    def idea(position: int) -> Idea:
        return Idea(ballots.ideas[position], _band(inside[position]), _band(outside[position]))

    more = tuple(idea(one) for gap, one in gaps if gap >= DISTINCT)[:MAX_IDEAS]
    less = tuple(idea(one) for gap, one in reversed(gaps) if gap <= -DISTINCT)[:MAX_IDEAS]
    return OpinionGroup(size, more, less)


def _band(share: float) -> Share:
    return next((Share(name) for least, name in BANDS if share >= least), Share.FEW)


def _shares(ballots: Ballots, among: list[bool]) -> list[float]:
    """For each idea, the share of these people who support it."""
    weights = [heads if is_in else 0 for heads, is_in in zip(ballots.heads, among, strict=True)]
    total = sum(weights) or 1
    return [
        sum(weight * row[position] for weight, row in zip(weights, ballots.rows, strict=True)) / total
        for position in range(len(ballots.ideas))
    ]
