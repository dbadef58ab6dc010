"""Invented answers for the demo: drawn by quotas from a fixed seed, so that they are the same everywhere.

Within an EPCI each closed answer is given by at least `FLOOR` people where there are enough of them:
the demo's maps then hold without hiding. Nothing here is about a real person.
"""

import datetime
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from consultations.surveys.structure import Definition, Question, QuestionType
from territories.models import Population, Territory, TerritoryRelation

FLOOR = 12
NAMESPACE = uuid.UUID("5b0f6a1e-47aa-5c47-9d1b-3f5d8e4a4700")
Shares = Mapping[str, float]


@dataclass(frozen=True)
class Area:
    """An EPCI and its communes with their inhabitants."""

    territory: Territory
    communes: tuple[tuple[Territory, int], ...]

    @property
    def population(self) -> int:
        return sum(count for _commune, count in self.communes)


@dataclass(frozen=True)
class Plan:
    """How the answers of one survey are drawn."""

    slug: str
    counts: Mapping[str, int]
    shares: Mapping[str, Shares]
    first_day: int
    last_day: int
    words: Sequence[str]
    words_share: float = 0.06
    fixed_communes: Mapping[str, int] = field(default_factory=dict)
    unfloored: frozenset[str] = frozenset()
    tilts: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Draw:
    """One invented response."""

    key: uuid.UUID
    commune: Territory
    answers: dict[str, Any]
    day_offset: int
    language: str


def areas() -> list[Area]:
    """The EPCI wholly in the département, with the last known population of their communes."""
    people = dict(Population.objects.order_by("year").values_list("territory_id", "municipal_count"))
    inside = TerritoryRelation.objects.full().filter(
        child__level_id="epci", child__valid_to=None, parent__level_id="departement", valid_to=None
    )
    epcis = Territory.objects.filter(pk__in=inside.values("child")).order_by("code")
    relations = TerritoryRelation.objects.filter(
        parent__in=epcis, child__level_id="commune", child__valid_to=None, valid_to=None
    ).select_related("child")
    members: dict[int, list[tuple[Territory, int]]] = {}
    for relation in relations.order_by("child__code"):
        members.setdefault(relation.parent_id, []).append(
            (relation.child, people.get(relation.child_id, 100))
        )
    return [Area(epci, tuple(members.get(epci.pk, ()))) for epci in epcis]


def spread(total: int, base: int, found: Sequence[Area]) -> dict[str, int]:
    """`base` responses everywhere, the rest by population."""
    rest, everyone = total - base * len(found), sum(area.population for area in found)
    counts = quotas({area.territory.code: area.population / everyone for area in found}, rest, floor=0)
    return {code: base + count for code, count in counts.items()}


def quotas(shares: Shares, total: int, *, floor: int = FLOOR) -> dict[str, int]:
    """Whole counts that add up to `total`, none below `floor` when there is room for it."""
    least = floor if floor * len(shares) <= total else 0
    rest, scale = total - least * len(shares), sum(shares.values())
    exact = {key: rest * share / scale for key, share in shares.items()}
    counts = {key: int(value) for key, value in exact.items()}
    by_remainder = sorted(exact, key=lambda key: (counts[key] - exact[key], key))
    for key in by_remainder[: rest - sum(counts.values())]:
        counts[key] += 1
    return {key: counts[key] + least for key in shares}


def draw(plan: Plan, definition: Definition, found: Sequence[Area]) -> Iterator[Draw]:
    """Every response of the plan, EPCI after EPCI."""
    for area in found:
        total = plan.counts.get(area.territory.code, 0)
        if total:
            yield from _draw_area(plan, definition, area, total)


def _draw_area(plan: Plan, definition: Definition, area: Area, total: int) -> Iterator[Draw]:
    rng = Random(f"{plan.slug}:{area.territory.code}")  # noqa: S311 - a seed, not a secret
    communes = _communes(plan, area, total, rng)
    people: list[dict[str, Any]] = [{"commune": commune.code} for commune in communes]
    for question in definition.questions:
        if question.code != "commune":
            _answer(plan, question, people, area, rng)
    for index, (commune, answers) in enumerate(zip(communes, people, strict=True)):
        key = uuid.uuid5(NAMESPACE, f"{plan.slug}:{area.territory.code}:{index}")
        day = int(rng.triangular(plan.first_day, plan.last_day, plan.first_day + 6))
        yield Draw(key, commune, answers, day, "en" if rng.random() < 0.02 else "fr")


def _communes(plan: Plan, area: Area, total: int, rng: Random) -> list[Territory]:
    by_code = {commune.code: commune for commune, _count in area.communes}
    fixed = {code: count for code, count in plan.fixed_communes.items() if code in by_code}
    weights = {commune.code: float(count) for commune, count in area.communes if commune.code not in fixed}
    counts = {**quotas(weights, total - sum(fixed.values()), floor=0), **fixed}
    found = [by_code[code] for code, count in counts.items() for _n in range(count)]
    rng.shuffle(found)
    return found


def _answer(plan: Plan, question: Question, people: list[dict[str, Any]], area: Area, rng: Random) -> None:
    """Give one question's answers to those who are asked it."""
    asked = [answers for answers in people if _is_asked(question.code, answers)]
    shares = dict(plan.shares.get(question.code, {}))
    for choice, tilt in plan.tilts.get(question.code, {}).items():
        shares[choice] *= 1 + tilt * (Random(area.territory.code).random() - 0.4)  # noqa: S311
    if question.type == QuestionType.MULTIPLE:
        _tick(question, asked, shares, rng)
    elif question.type in {QuestionType.SINGLE, QuestionType.SCALE}:
        _choose(question, asked, shares, rng, floor=0 if question.code in plan.unfloored else FLOOR)
    elif question.type == QuestionType.TEXT:
        for answers in rng.sample(asked, round(len(asked) * plan.words_share)):
            answers[question.code] = rng.choice(plan.words)
    elif question.type == QuestionType.NUMBER:
        _count(question, asked, shares, rng)
    elif question.type == QuestionType.DATE:
        _date(question, rng.sample(asked, len(asked) // 2), rng)


def _count(question: Question, asked: list[dict[str, Any]], shares: Shares, rng: Random) -> None:
    """Numbers by quotas of ranges written `low-high`."""
    _choose(question, asked, shares, rng, floor=FLOOR)
    for answers in asked:
        low, high = answers[question.code].split("-")
        answers[question.code] = rng.randint(int(low), int(high))


def _date(question: Question, asked: list[dict[str, Any]], rng: Random) -> None:
    """Any day of the range, as many in its first half as in its second."""
    if question.first_day is None or question.last_day is None:
        return
    days = (question.last_day - question.first_day).days + 1
    for index, answers in enumerate(asked):
        offset = rng.randrange(days // 2) + (days // 2) * (index % 2)
        answers[question.code] = (question.first_day + datetime.timedelta(days=offset)).isoformat()


def _is_asked(code: str, answers: Mapping[str, Any]) -> bool:
    """The demo questionnaires' three conditions, in the order of their questions."""
    if code == "raisons":
        return answers.get("renonce") == "oui"
    if code == "aide":
        return "aucun" not in answers.get("gestes", ())
    if code == "aidant":
        return answers.get("mode") in {"helped", "proxy"}
    return True


def _choose(
    question: Question, asked: list[dict[str, Any]], shares: Shares, rng: Random, *, floor: int
) -> None:
    counts = quotas(shares, len(asked), floor=floor)
    given = [code for code, count in counts.items() for _n in range(count)]
    rng.shuffle(given)
    for answers, code in zip(asked, given, strict=True):
        answers[question.code] = int(code) if question.type == QuestionType.SCALE else code


def _tick(question: Question, asked: list[dict[str, Any]], shares: Shares, rng: Random) -> None:
    """Exclusive choices first, then each other choice by its quota; nobody is left without one."""
    order = {choice.code: position for position, choice in enumerate(question.choices)}
    alone = next((choice.code for choice in question.choices if choice.exclusive), None)
    pool = list(asked)
    if alone:
        count = max(FLOOR, round(len(asked) * shares[alone]))
        pool = rng.sample(asked, max(0, len(asked) - count))
        for answers in asked:
            answers[question.code] = [alone]
    ticked: list[set[str]] = [set() for _answers in pool]
    for code, share in shares.items():
        if code != alone and pool:
            count = min(len(pool), max(FLOOR, round(len(pool) * share)))
            for index in rng.sample(range(len(pool)), count):
                ticked[index].add(code)
    fallback = max((code for code in shares if code != alone), key=lambda code: shares[code])
    for answers, codes in zip(pool, ticked, strict=True):
        answers[question.code] = sorted(codes or {fallback}, key=lambda code: order[code])
