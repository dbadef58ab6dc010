"""The way of opinions through federations as a graph, and topics that look alike. Pure.

An edge goes from an opinion up to the joint one it was joined into; an answer comes down every edge.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
Edges = Iterable[tuple[K, K]]
ALIKE, SHORTEST = 0.5, 4
EMPTY_WORDS = frozenset(
    [
        "avec",
        "avis",
        "aux",
        "cette",
        "dans",
        "demande",
        "des",
        "leur",
        "leurs",
        "les",
        "lors",
        "mais",
        "nos",
        "notre",
        "nous",
        "plus",
        "pour",
        "par",
        "que",
        "qui",
        "sans",
        "ses",
        "son",
        "sous",
        "sur",
        "tous",
        "tout",
        "toute",
        "toutes",
        "une",
        "vers",
        "vos",
        "votre",
    ]
)


def below(edges: Edges[K], top: K) -> list[K]:
    """Every opinion joined into `top`, at any depth, nearest first, each once: where its answer comes down."""
    return _reach(edges, top, down=True)


def above(edges: Edges[K], start: K) -> list[K]:
    """Every joint opinion `start` has gone into, nearest first."""
    return _reach(edges, start, down=False)


def _reach(edges: Edges[K], start: K, *, down: bool) -> list[K]:
    near: dict[K, list[K]] = defaultdict(list)
    for low, high in edges:
        near[high if down else low].append(low if down else high)
    found: list[K] = []
    waiting, seen = [start], {start}
    while waiting:
        fresh = [one for one in dict.fromkeys(near[waiting.pop(0)]) if one not in seen]
        seen.update(fresh)
        found += fresh
        waiting += fresh
    return found


def would_loop(edges: Edges[K], low: K, high: K) -> bool:
    """True when joining `low` into `high` would bring an opinion back to itself."""
    return low == high or high in below(list(edges), low)


@dataclass(frozen=True)
class Subject(Generic[K]):
    """What is compared: an opinion, whose it is, what it is about. `words` are its folded title."""

    key: K
    owner: Hashable
    theme: str
    words: frozenset[str]
    needs: frozenset[int] = frozenset()


def words_of(folded: str) -> frozenset[str]:
    """The words of a folded title that say something, without their plural."""
    split = "".join(letter if letter.isalnum() else " " for letter in folded).split()
    kept = (word for word in split if len(word) >= SHORTEST and word not in EMPTY_WORDS)
    return frozenset(word.rstrip("sx") for word in kept)


def are_alike(one: Subject[K], other: Subject[K]) -> bool:
    """The same need, or the same subject of the law with titles that share half of their words."""
    if one.needs & other.needs:
        return True
    if one.theme != other.theme or not (one.words and other.words):
        return False
    shared = len(one.words & other.words)
    return shared / min(len(one.words), len(other.words)) >= ALIKE


def topics(subjects: Sequence[Subject[K]]) -> list[list[Subject[K]]]:
    """Subjects in groups of what looks alike, from one to the next; the most councils first, then in their order."""
    groups: list[list[Subject[K]]] = []
    for subject in subjects:
        near = [group for group in groups if any(are_alike(subject, one) for one in group)]
        joined = [one for group in near for one in group] + [subject]
        groups = [group for group in groups if group not in near] + [joined]
    place = {subject.key: number for number, subject in enumerate(subjects)}
    ordered = [sorted(group, key=lambda one: place[one.key]) for group in groups]
    return sorted(ordered, key=lambda group: (-len({one.owner for one in group}), place[group[0].key]))
