"""What a person may be living, in their words, and the needs each situation leads to propose. A closed list."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory.codes import Audience

MOST_NEEDS = 8
"""Needs one request may name: beyond, nobody could answer them all."""


@dataclass(frozen=True)
class Situation:
    """One line of the question: its words, and the codes of the needs proposed after it."""

    code: str
    label: str | Promise
    easy: str | Promise
    icon: str
    needs: tuple[str, ...]
    audience: str = ""


@dataclass(frozen=True)
class AgeBand:
    """An age is asked as a band: a birth date would say more than anyone needs."""

    code: str
    label: str | Promise
    low: int
    high: int


SITUATIONS = (
    Situation("home", _("Daily life at home has become difficult"), _("It is hard for me at home."), "house",
              ("1.2.1.1", "1.3.2.2", "1.2.1.4")),
    Situation("hospital", _("Coming home after the hospital"), _("I leave the hospital."), "bed", ("1.E.4", "1.1.10")),
    Situation("carer", _("I look after a relative and I am tired"), _("I help someone. I am tired."), "heart-handshake",
              ("1.E.1", "1.E.8"), str(Audience.FAMILIES)),
    Situation("alone", _("I feel alone"), _("I am alone."), "users", ("1.E.2", "1.3.4.1")),
    Situation("disability", _("Living with a disability"), _("I have a disability."), "accessibility",
              ("1.3.1.1", "1.3.2.1", "1.3.3.2"), str(Audience.DISABLED)),
    Situation("memory", _("Memory, health or morale worry me"), _("I forget things. I am not well."), "brain",
              ("1.1.1", "1.1.10")),
    Situation("rights", _("A file, papers, a right to ask for"), _("I need help with papers."), "file-text",
              ("1.3.1.1", "1.E.3")),
    Situation("money", _("Making ends meet"), _("I do not have enough money."), "wallet", ("1.3.5.1",)),
    Situation("moving", _("Getting about"), _("I cannot get about."), "bus", ("1.3.4.2", "1.2.1.3")),
    Situation("housing", _("A home that no longer suits, or a place to find"), _("I need another home."), "building",
              ("1.3.2.1", "1.E.7")),
    Situation("digital", _("The internet and the telephone are a problem"), _("The internet is hard for me."),
              "laptop", ("1.E.6",)),
    Situation("youth", _("School, training or work"), _("I want to study or work."), "graduation-cap",
              ("1.3.3.1", "1.3.3.2", "1.E.5")),
)  # fmt: skip
AGES = (
    AgeBand("child", _("Under 18"), 0, 17),
    AgeBand("young", _("18 to 25"), 18, 25),
    AgeBand("adult", _("26 to 59"), 26, 59),
    AgeBand("senior", _("60 or over"), 60, 120),
)
SITUATION_BY_CODE = {one.code: one for one in SITUATIONS}
AGE_BY_CODE = {one.code: one for one in AGES}
ALWAYS = ("1.E.3",)
"""Proposed whatever the situation: to know whom to turn to."""


def proposed_needs(situations: Iterable[str]) -> tuple[str, ...]:
    """The needs these situations lead to, each once, in the order of the list; every one when none was said."""
    chosen = set(situations) & SITUATION_BY_CODE.keys()
    lines = [one for one in SITUATIONS if not chosen or one.code in chosen]
    return tuple(dict.fromkeys([*(need for one in lines for need in one.needs), *ALWAYS]))


def audiences_of(situations: Iterable[str], age: str) -> frozenset[str]:
    """For whom the services should be, as far as the answers say; empty when they say nothing."""
    said = {SITUATION_BY_CODE[one].audience for one in situations if one in SITUATION_BY_CODE} - {""}
    if age == "senior":
        said.add(str(Audience.SENIORS))
    if age in {"child", "young"}:
        said.add(str(Audience.YOUNG))
    return frozenset(said)
