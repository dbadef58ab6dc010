"""Where a room put each idea on the grid of effort and effect: means by college, never about too few people."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from consultations.live.models import Participant
from consultations.syntheses.models import Synthesis
from consultations.workshops.models import Card, College, Group, Stage, Vote
from observatory.disclosure.rules import Rule
from observatory.indicators.wording import number

STEPS = 5


@dataclass(frozen=True)
class CollegePlace:
    """Where the people of a college put an idea, on average."""

    label: str
    people: int
    effort: float
    effect: float


@dataclass(frozen=True)
class GridPlace:
    """Where an idea stands in one stage: all, then college by college unless that would tell about too few."""

    stage: str
    idea: str
    steps: int
    people: int
    effort: float
    effect: float
    is_open: bool
    is_withheld: bool
    colleges: tuple[CollegePlace, ...] = ()
    sentence: str = ""

    def as_json(self) -> dict[str, Any]:
        """JSON values, for a version."""
        return asdict(self)


@dataclass(frozen=True)
class GridsOf:
    """The placements of a workshop by stage and idea; asked line by line."""

    votes: Mapping[Stage, Mapping[str, Sequence[Vote]]]
    names: Mapping[str, str]
    rule: Rule

    def on(self, targets: Collection[str]) -> tuple[GridPlace, ...]:
        """Each idea of a line on its own: a mean of two ideas would say nothing."""
        return tuple(
            _place(stage, self.names.get(target, ""), votes, self.rule)
            for stage, by_target in self.votes.items()
            for target, votes in by_target.items()
            if target in targets
        )


def grids_of(synthesis: Synthesis, *, rule: Rule) -> GridsOf:
    """Every placement of the workshop, read once. Four queries."""
    stages = Stage.objects.filter(workshop=synthesis.workshop_id, kind=Stage.Kind.GRID).order_by(
        "order", "pk"
    )
    by_key = {stage.pk: stage for stage in stages}
    found: dict[Stage, dict[str, list[Vote]]] = {stage: defaultdict(list) for stage in by_key.values()}
    placed = Vote.objects.filter(stage__in=list(by_key), effort__isnull=False).order_by("pk")
    for vote in placed.select_related("participant"):
        found[by_key[vote.stage_id]][str(vote.target_id)].append(vote)
    return GridsOf(found, _names({UUID(key) for by_target in found.values() for key in by_target}), rule)


def _names(keys: set[UUID]) -> dict[str, str]:
    cards = Card.objects.filter(pk__in=keys).order_by("pk").values_list("pk", "text")
    groups = Group.objects.filter(pk__in=keys).order_by("pk").values_list("pk", "name")
    return {str(pk): name for pk, name in (*cards, *groups)}


def _heads(vote: Vote) -> int:
    return max(1, vote.participant.headcount)


def _place(stage: Stage, idea: str, votes: Sequence[Vote], rule: Rule) -> GridPlace:
    # placed by the facilitator as the room says it aloud: a public act
    is_open = all(vote.participant.device == Participant.Device.FACILITATOR for vote in votes)
    steps, people = int(stage.settings.get("steps", STEPS)), sum(map(_heads, votes))
    if not is_open and rule.is_small(people):
        text = _("%(stage)s: too few people placed it to be shown.") % {"stage": stage.title}
        return GridPlace(stage.title, idea, steps, 0, 0, 0, is_open=False, is_withheld=True, sentence=text)
    colleges = _colleges(votes)
    shown = len(colleges) > 1 and (is_open or not any(rule.is_small(one.people) for one in colleges))
    effort, effect = _means(votes)
    return GridPlace(
        stage=stage.title,
        idea=idea,
        steps=steps,
        people=people,
        effort=effort,
        effect=effect,
        is_open=is_open,
        is_withheld=False,
        colleges=colleges if shown else (),
        sentence=_sentence(stage.title, steps, people, (effort, effect)),
    )


def _means(votes: Sequence[Vote]) -> tuple[float, float]:
    """Mean effort and mean effect, to one decimal; a shared tablet counts for its people."""
    people = sum(map(_heads, votes))
    effort = sum(_heads(vote) * (vote.effort or 0) for vote in votes) / people
    effect = sum(_heads(vote) * vote.points for vote in votes) / people
    return round(effort, 1), round(effect, 1)


def _colleges(votes: Sequence[Vote]) -> tuple[CollegePlace, ...]:
    by_college: dict[str, list[Vote]] = defaultdict(list)
    for vote in votes:
        by_college[vote.participant.college].append(vote)
    return tuple(
        CollegePlace(str(label), sum(map(_heads, by_college[code])), *_means(by_college[code]))
        for code, label in College.choices
        if code in by_college
    )


def _sentence(stage: str, steps: int, people: int, means: tuple[float, float]) -> str:
    effort, effect = means
    middle = (1 + steps) / 2
    words = {
        (True, False): _("useful, and easy to do"),
        (True, True): _("useful, and asks for much effort"),
        (False, False): _("easy to do, with little effect"),
        (False, True): _("asks for much effort, with little effect"),
    }[effect > middle, effort > middle]
    return _(
        "%(stage)s: %(words)s (effort %(effort)s out of %(steps)s, effect %(effect)s out of %(steps)s, on average "
        "for %(people)s people)."
    ) % {
        "stage": stage,
        "words": words,
        "effort": number(effort, 1),
        "effect": number(effect, 1),
        "steps": steps,
        "people": people,
    }
