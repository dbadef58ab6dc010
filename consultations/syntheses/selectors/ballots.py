"""Votes on the cards and groups a line rests on, by college, never about too few people."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from consultations.live.models import Participant
from consultations.syntheses.models import Synthesis
from consultations.workshops.models import College, Rank, Stage, Vote
from observatory.disclosure.rules import Rule

POINTS = (Stage.Kind.DOTS, Stage.Kind.SCORES)
VOTED = (*POINTS, Stage.Kind.RANK)


@dataclass(frozen=True)
class CollegeVotes:
    """How many people of a college chose the target, out of those of the college who voted."""

    code: str
    label: str
    supporters: int
    voters: int

    @property
    def others(self) -> int:
        return self.voters - self.supporters


@dataclass(frozen=True)
class StageVotes:
    """The votes of one stage: all, then college by college unless that would tell about too few people."""

    stage: str
    supporters: int
    voters: int
    is_open: bool
    is_withheld: bool
    colleges: tuple[CollegeVotes, ...] = ()
    sentence: str = ""

    @property
    def others(self) -> int:
        return self.voters - self.supporters

    def as_json(self) -> dict[str, Any]:
        """JSON values, for a version."""
        colleges = [asdict(college) | {"others": college.others} for college in self.colleges]
        return asdict(self) | {"others": self.others, "colleges": colleges}


@dataclass
class Count:
    """Votes of one stage while they are counted: people by college, those for, those who voted."""

    stage: Stage
    is_open: bool = True
    voters: dict[UUID, tuple[str, int]] = field(default_factory=dict)
    supporters: dict[str, dict[UUID, int]] = field(default_factory=lambda: defaultdict(dict))


@dataclass(frozen=True)
class VotesOf:
    """The counted stages of a workshop; asked target by target."""

    counts: Mapping[UUID, Count]
    rule: Rule

    def on(self, targets: Collection[str]) -> tuple[StageVotes, ...]:
        """What each stage says of these targets together; a person counts once."""
        told = []
        for count in self.counts.values():
            asked = [count.supporters[target] for target in targets if target in count.supporters]
            if asked:
                told.append(_stage_votes(count, asked, self.rule))
        return tuple(told)


def votes_of(synthesis: Synthesis, *, rule: Rule) -> VotesOf:
    """Every vote of the workshop, counted once. Three queries."""
    stages = Stage.objects.filter(workshop=synthesis.workshop_id, kind__in=VOTED).order_by("order", "pk")
    counts = {stage.pk: Count(stage) for stage in stages}
    votes = Vote.objects.filter(stage__in=[pk for pk, count in counts.items() if count.stage.kind in POINTS])
    ranks = Rank.objects.filter(stage__in=list(counts))
    for vote in votes.select_related("participant"):
        _count(counts[vote.stage_id], vote)
    for rank in ranks.select_related("participant"):
        _count(counts[rank.stage_id], rank)
    return VotesOf(counts, rule)


def _count(count: Count, given: Vote | Rank) -> None:
    person = given.participant
    count.voters[person.pk] = (person.college, max(1, person.headcount))
    # hands counted in the room by the facilitator are public acts; what is typed on a device is personal
    count.is_open = count.is_open and person.device == Participant.Device.FACILITATOR
    chosen = count.supporters[str(given.target_id)]
    if is_support(count.stage, given):
        chosen[person.pk] = _supporting(count.stage, given)


def _supporting(stage: Stage, given: Vote | Rank) -> int:
    """How many of those around a device: all of them, but never more people than they put dots."""
    heads = max(1, given.participant.headcount)
    is_dots = stage.kind == Stage.Kind.DOTS and isinstance(given, Vote)
    return min(heads, given.points) if is_dots else heads  # type: ignore[union-attr]


def is_support(stage: Stage, given: Vote | Rank) -> bool:
    """Any dot, any place in a ranking, a score in the upper half."""
    if isinstance(given, Rank):
        return True
    if stage.kind == Stage.Kind.SCORES:
        return given.points * 2 > int(stage.settings.get("highest", 5))
    return given.points > 0


def _stage_votes(count: Count, asked: Sequence[Mapping[UUID, int]], rule: Rule) -> StageVotes:
    people: dict[UUID, int] = {}
    for each in asked:
        people |= {person: max(heads, people.get(person, 0)) for person, heads in each.items()}
    colleges = _colleges(count, people)
    supporters = sum(each.supporters for each in colleges)
    voters = sum(each.voters for each in colleges)
    name = count.stage.title
    # two targets shown apart elsewhere, and together here, would tell how many people chose both
    both = sum(sum(each.values()) for each in asked) - supporters
    if not count.is_open and (_is_small([(supporters, voters)], rule) or rule.is_small(both)):
        text = _("%(stage)s: too few votes to be shown.") % {"stage": name}
        return StageVotes(name, 0, 0, is_open=False, is_withheld=True, sentence=text)
    pairs = [(each.supporters, each.voters) for each in colleges]
    shown = len(colleges) > 1 and (count.is_open or not _is_small(pairs, rule))
    text = _sentence(name, supporters, voters, colleges if shown else ())
    return StageVotes(
        name, supporters, voters, count.is_open, False, colleges if shown else (), text
    )  # fmt: skip


def _sentence(stage: str, supporters: int, voters: int, colleges: tuple[CollegeVotes, ...]) -> str:
    text = _("%(stage)s: %(supporters)s of the %(voters)s people who voted chose it.") % {
        "stage": stage,
        "supporters": supporters,
        "voters": voters,
    }
    parts = [
        _("%(college)s: %(supporters)s of %(voters)s")
        % {"college": each.label, "supporters": each.supporters, "voters": each.voters}
        for each in colleges
    ]
    return f"{text} {' ; '.join(parts)}." if parts else text


def _colleges(count: Count, people: Mapping[UUID, int]) -> tuple[CollegeVotes, ...]:
    voters: dict[str, int] = defaultdict(int)
    supporters: dict[str, int] = defaultdict(int)
    for person, (college, heads) in count.voters.items():
        voters[college] += heads
        supporters[college] += people.get(person, 0)
    return tuple(
        CollegeVotes(code, str(label), supporters[code], voters[code])
        for code, label in College.choices
        if voters[code]
    )


def _is_small(pairs: Iterable[tuple[int, int]], rule: Rule) -> bool:
    """True when one figure, those for or those not, is about too few people."""
    return any(rule.is_small(part) for support, total in pairs for part in (support, total - support))
