"""The scenarios one starts from. `source` is the place, in the list, of the stage it works on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consultations.workshops.models import Stage

Words = str | Promise
Kind = Stage.Kind


@dataclass(frozen=True)
class StagePlan:
    """One stage of a template."""

    kind: str
    title: Words
    minutes: int
    instruction: Words = ""
    easy_read: Words = ""
    settings: dict[str, Any] = field(default_factory=dict)
    source: int | None = None


@dataclass(frozen=True)
class Scenario:
    """A built-in template: what it is for, and its stages."""

    key: str
    title: Words
    about: Words
    stages: Sequence[StagePlan]

    @property
    def minutes(self) -> int:
        return sum(stage.minutes for stage in self.stages)


ONE_IDEA = _("One idea per card, in your own words.")
EASY_WRITE = _("Write one idea on each card. You can ask for help.")
WELCOME = StagePlan(
    Kind.TALK,
    _("Welcome"),
    10,
    _("Who is here, what we will do, what will become of what you say."),
    _("We explain what we will do today."),
)
SORT = _("Put together the cards that say the same thing, then name each group.")
EASY_SORT = _("We put together the cards that are alike.")
CLOSE = StagePlan(
    Kind.FEEDBACK,
    _("What do you take home from today?"),
    10,
    _("One word or one sentence on how it went."),
    _("Say how it went for you."),
    {"most_cards": 1, "private_first": False},
)


def write(title: Words, minutes: int = 10, **settings: Any) -> StagePlan:
    return StagePlan(Kind.WRITE, title, minutes, ONE_IDEA, EASY_WRITE, settings)


def group(source: int | None, minutes: int = 15) -> StagePlan:
    return StagePlan(Kind.GROUP, _("Put the cards together"), minutes, SORT, EASY_SORT, {}, source)


def dots(source: int | None, count: int = 5, targets: str = "groups") -> StagePlan:
    return StagePlan(
        Kind.DOTS,
        _("What matters most to you?"),
        10,
        _("Share your dots between what matters most."),
        _("Put your dots on what is most important for you."),
        {"dots": count, "targets": targets},
        source,
    )


SCENARIOS: dict[str, Scenario] = {
    scenario.key: scenario
    for scenario in (
        Scenario(
            "shared_diagnosis",
            _("Shared diagnosis"),
            _("What is wrong, what works, what to do: the full workshop, in about two hours."),
            (
                WELCOME,
                write(_("What keeps you from living as you wish?"), 12, asks_need=True, asks_level=True),
                group(1),
                dots(2),
                write(_("What works already, and what should be done?"), 12, asks_level=True),
                group(4),
                dots(5),
                StagePlan(Kind.TALK, _("What we keep"), 15, _("Read aloud what comes first, and why.")),
                CLOSE,
            ),
        ),
        Scenario(
            "strengths_weaknesses",
            _("Strengths and weaknesses"),
            _("Two rounds of cards, then what to keep and what to improve."),
            (
                WELCOME,
                write(_("What works well?")),
                group(1, 10),
                write(_("What should be better?")),
                group(3, 10),
                dots(None),
                CLOSE,
            ),
        ),
        Scenario(
            "problem_tree",
            _("Problem tree"),
            _("One problem, its causes, its effects, then the causes to act on."),
            (
                WELCOME,
                write(_("What is the problem, in one sentence?"), 10),
                dots(1, 3, "cards"),
                write(_("Where does it come from?"), 10),
                group(3, 15),
                write(_("What does it lead to?"), 10),
                dots(4),
                CLOSE,
            ),
        ),
        Scenario(
            "dot_vote",
            _("Vote with dots"),
            _("Write, put together, share dots: one hour."),
            (write(_("What should we do?")), group(0), dots(1), CLOSE),
        ),
        Scenario(
            "world_cafe",
            _("World café"),
            _("Three questions by tables, one shared tablet per table, then all together."),
            (
                WELCOME,
                write(_("First table: what do we see?"), 20, private_first=False),
                write(_("Second table: why is it so?"), 20, private_first=False),
                write(_("Third table: what could we try?"), 20, private_first=False),
                group(None),
                dots(4),
                CLOSE,
            ),
        ),
        Scenario(
            "priority_grid",
            _("Effort and effect"),
            _("Place each idea by the effort it asks and the effect it has."),
            (
                write(_("What could we do?")),
                group(0, 10),
                StagePlan(
                    Kind.GRID,
                    _("Which effort, which effect?"),
                    20,
                    _("For each idea, say the effort it asks and the effect it would have."),
                    _("Is it hard to do? Does it help a lot?"),
                    {},
                    1,
                ),
                StagePlan(
                    Kind.RANK,
                    _("Where do we start?"),
                    10,
                    _("Choose the three ideas to start with, in order."),
                    _("Choose three ideas. Put them in order."),
                    {"places": 3},
                    1,
                ),
                CLOSE,
            ),
        ),
        Scenario(
            "feedback_round",
            _("Round of feedback"),
            _("What was useful, what was missing: twenty minutes at the end of a meeting."),
            (
                StagePlan(
                    Kind.FEEDBACK, _("What was useful?"), 7, ONE_IDEA, EASY_WRITE, {"private_first": True}
                ),
                StagePlan(
                    Kind.FEEDBACK, _("What was missing?"), 7, ONE_IDEA, EASY_WRITE, {"private_first": True}
                ),
                StagePlan(Kind.TALK, _("What we change next time"), 6),
            ),
        ),
    )
}


def plan_as_json(plan: StagePlan) -> dict[str, Any]:
    """A plan as a template saved by a facilitator keeps it, in the language of the moment."""
    return {
        "kind": str(plan.kind),
        "title": str(plan.title),
        "minutes": plan.minutes,
        "instruction": str(plan.instruction),
        "easy_read": str(plan.easy_read),
        "settings": dict(plan.settings),
        "source": plan.source,
    }


def plan_from_json(given: dict[str, Any]) -> StagePlan:
    """The plan written by `plan_as_json`."""
    return StagePlan(**given)
