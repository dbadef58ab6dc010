"""Whether two records may be the same service: pure scoring, explained, the same both ways.

Names alone never decide: five day centres are called “accueil de jour”. A name that is not alike always does.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from core.text import fold
from directory.geography import Point, distance_km

LIKELY = 0.65
"""Above it a pair is shown to the steward: it takes a like name and a shared place or contact."""
NAME_FLOOR = 0.82
NEAR_KM = 0.2
MARGIN = 0.003
"""Degrees: wider than `NEAR_KM` in metropolitan France."""
LARGEST_BLOCK = 300
"""A larger group of records (a whole town) is cut by the first letters of the names."""
NOISE = frozenset(
    [
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "l",
        "d",
        "a",
        "au",
        "aux",
        "et",
        "en",
        "pour",
        "demo",
        "service",
        "services",
    ]
)


@dataclass(frozen=True)
class Profile:
    """What two records are compared by; `organisation` and its numbers say who gives the service."""

    key: int
    name: str
    organisation: int
    numbers: frozenset[str] = frozenset()
    phone: str = ""
    email: str = ""
    communes: frozenset[str] = frozenset()
    points: tuple[Point, ...] = ()
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Likeness:
    """How alike two records are, 0 to 1, and why."""

    one: int
    other: int
    score: float
    reasons: tuple[str, ...]

    @property
    def percent(self) -> int:
        return round(100 * self.score)


def compare(one: Profile, other: Profile) -> Likeness:
    """The likeness of two records; the order of the two does not matter."""
    name = name_likeness(one.name, other.name)
    parts = (
        (0.5, name, _("names alike")),
        (0.2, _place(one, other), _("same place")),
        (0.2, _contact(one, other), _("same phone number or e-mail address")),
        (0.1, _organisation(one, other), _("same organisation")),
    )
    score = sum(weight * value for weight, value, _reason in parts)
    if name < NAME_FLOOR:
        score = min(score, name * LIKELY)
    reasons = tuple(reason for _weight, value, reason in parts if value >= 0.75)
    first, second = sorted((one.key, other.key))
    return Likeness(first, second, round(min(score, 1.0), 4), reasons)


def name_likeness(one: str, other: str) -> float:
    """Two names as people write them: order, accents, small words and one slip of the finger aside."""
    words, others = _words(one), _words(other)
    if not words or not others:
        return 0.0
    return max(fuzz.token_sort_ratio(words, others), 0.9 * fuzz.token_set_ratio(words, others)) / 100


def likely_pairs(profiles: Iterable[Profile]) -> list[Likeness]:
    """The pairs to look at, the most alike first; only records that share something are compared."""
    found: dict[tuple[int, int], Likeness] = {}
    for block in _blocks(list(profiles)):
        for index, one in enumerate(block):
            for other in block[index + 1 :]:
                pair = (min(one.key, other.key), max(one.key, other.key))
                if pair not in found:
                    found[pair] = compare(one, other)
    likely = [one for one in found.values() if one.score >= LIKELY]
    return sorted(likely, key=lambda one: (-one.score, one.one, one.other))


def _blocks(profiles: list[Profile]) -> Iterator[list[Profile]]:
    """Groups that share a phone number, a mailbox, a commune or a corner of the map, none too large to compare."""
    groups: dict[tuple[str, str], list[Profile]] = defaultdict(list)
    for one in profiles:
        for kind, values in (
            ("phone", {_digits(one.phone)}),
            ("email", {one.email.lower()}),
            ("commune", one.communes),
        ):
            for value in values - {""}:
                groups[kind, value].append(one)
        for cell in {cell for point in one.points for cell in _cells(point)}:
            groups["cell", cell].append(one)
    for group in groups.values():
        if len(group) <= LARGEST_BLOCK:
            yield group
        else:
            yield from _cut(group)


def _cells(point: Point) -> Iterator[str]:
    """The squares of a hundredth of a degree near a point: two points `NEAR_KM` apart share one."""
    for north in (-MARGIN, MARGIN):
        for east in (-MARGIN, MARGIN):
            yield f"{math.floor(100 * (point[0] + north))}/{math.floor(100 * (point[1] + east))}"


def _cut(group: list[Profile]) -> Iterator[list[Profile]]:
    by_start: dict[str, list[Profile]] = defaultdict(list)
    for one in group:
        by_start[" ".join(sorted(_words(one.name).split()))[:5]].append(one)
    for part in by_start.values():
        yield part[:LARGEST_BLOCK]


def _words(name: str) -> str:
    kept = [word for word in fold(name).split() if word not in NOISE]
    return " ".join(kept) or fold(name)


def _digits(number: str) -> str:
    """The nine last digits: 05 53… and +33 5 53… are one number; short numbers are common to all."""
    digits = re.sub(r"\D", "", number)
    return digits[-9:] if len(digits) >= 9 else ""


def _contact(one: Profile, other: Profile) -> float:
    same_phone = bool(_digits(one.phone)) and _digits(one.phone) == _digits(other.phone)
    same_email = bool(one.email) and one.email.lower() == other.email.lower()
    return float(same_phone or same_email)


def _place(one: Profile, other: Profile) -> float:
    if any(distance_km(here, there) <= NEAR_KM for here in one.points for there in other.points):
        return 1.0
    return 0.75 if one.communes & other.communes else 0.0


def _organisation(one: Profile, other: Profile) -> float:
    return float(one.organisation == other.organisation or bool(one.numbers & other.numbers))
