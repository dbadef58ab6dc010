"""Satisfaction, recommendation and ease in surveys: one figure each, from published counts, by `consultations.metrics`.

The figure is computed after disclosure control, from what it left: it can tell nothing that the bars do not.
"""

from collections.abc import Mapping
from typing import Any

from consultations.metrics import NPS, Scale, by_band, summed_up
from consultations.surveys.definition import Question
from observatory.indicators.releasing import Derived

SUFFIX = "satisfaction"
TITLES = {
    "four_levels": "Personnes satisfaites : %s",
    "csat": "Personnes satisfaites : %s",
    "nps": "Score de recommandation (NPS) : %s",
    "ces": "Personnes pour qui c’est facile : %s",
}
METHODS = {
    "four_levels": "Part de « très » et « plutôt satisfait », parmi les personnes qui ont donné un avis.",
    "csat": "Part de 4 et 5 sur une échelle de 1 à 5 (CSAT).",
    "nps": "Part de 9 et 10, moins part de 0 à 6, en points de −100 à 100 (NPS).",
    "ces": "Part de 5 à 7 sur une échelle de 1 à 7 (CES).",
}
SAME = "Calculé à partir des seules réponses publiées, comme dans les sondages et les ateliers."


def described(question: Question, scale: Scale) -> dict[str, Any]:
    """Title, unit and method of the figure, for anyone; content, in French."""
    return {
        "title": (TITLES[scale.code] % question.label.say())[:200],
        "unit": "" if scale is NPS else "%",
        "method": f"{METHODS[scale.code]} {SAME}",
    }


def derived_from(code: str, scale: Scale) -> Derived:
    """What a release computes once the answers to question `code` are protected."""
    return Derived(f"{code}--{SUFFIX}", code, lambda counts: figure_of(scale, counts))


def figure_of(scale: Scale, counts: Mapping[str, int]) -> tuple[float, int] | None:
    """The figure and its base; None when answers shown together straddle what it tells apart, or nobody gave one.

    Answers that are no step of the scale (no opinion, not asked) are left out of the base.
    """
    groups = []
    for key, count in counts.items():
        steps = [step_of(scale, part) for part in key.split("+")]
        known = [step for step in steps if step is not None]
        if not known:
            continue
        if len(known) != len(steps):
            return None
        groups.append((known, count))
    found = by_band(scale, groups)
    value = summed_up(scale, found) if found else None
    return None if value is None else (value, sum((found or {}).values()))


def step_of(scale: Scale, code: str) -> int | None:
    """The first step of a slice: `4`, or `9` for `9-10`."""
    first = code.partition("-")[0]
    return int(first) if first.isdecimal() and int(first) in scale.steps else None
