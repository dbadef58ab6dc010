"""Find needs by the words people say, and walk the nomenclature."""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils import timezone
from rapidfuzz import fuzz

from core.text import fold
from needs.models import Need

MAX_LENGTH = 500
EXACT, STARTS, HOLDS, SAID, CUTOFF = 100.0, 94.0, 88.0, 84.0, 82.0
LITTLE_WORDS = frozenset(
    re.findall(
        r"\w+",
        """a ai au aux avec bien c ca ce cela ces ceux chez comme d dans de des du elle en est et etre faire fait
        il j je l la le les leur m ma mes moi mon n ne nous on ou par pas peux plus pour qu quand que qui s sa
        se ses son suis sur t te tout trop tu un une vous y aide aider aller avoir besoin veux voudrais""",
    )
)
"""Said with any need: they tell nothing about which."""


@dataclass(frozen=True)
class NeedMatch:
    """A code that may be what the words mean, and the wording that led to it."""

    need: Need
    score: float
    words: str


@dataclass(frozen=True)
class NeedNode:
    """A code and those below it."""

    need: Need
    children: tuple["NeedNode", ...] = field(default=())


def search_needs(
    text: str,
    *,
    families: Sequence[str] | None = None,
    on: datetime.date | None = None,
    limit: int = 10,
) -> list[NeedMatch]:
    """Codes in use on a day (today by default), the best first: a word, a synonym, or a whole sentence.

    Accents and plurals do not matter and typing errors are forgiven. One query.
    """
    query = _stem(fold(text[:MAX_LENGTH]))
    if not query:
        return []
    rows = Need.objects.valid_on(on or timezone.localdate())
    if families:
        rows = rows.filter(family__in=families)
    found = [best for need in rows if (best := _best(need, query, text.strip()))]
    return sorted(found, key=lambda one: (-one.score, one.need.code.count(".") * -1, one.need.sort_key))[
        :limit
    ]


def need_tree(*, family: str | None = None, on: datetime.date | None = None) -> list[NeedNode]:
    """The codes in use on a day, each under its parent. One query."""
    rows = Need.objects.valid_on(on or timezone.localdate())
    needs = list(rows.filter(family=family) if family else rows)
    below: dict[int | None, list[Need]] = {}
    for need in needs:
        below.setdefault(need.parent_id, []).append(need)

    def node(need: Need) -> NeedNode:
        return NeedNode(need, tuple(node(child) for child in below.get(need.pk, ())))

    known = {need.pk for need in needs}
    return [node(need) for need in needs if need.parent_id not in known]


def needs_by_code(codes: Iterable[str], *, on: datetime.date | None = None) -> dict[str, Need]:
    """The needs of these codes on a day, in one query; codes unknown that day are left out."""
    asked = [code for code in codes if "\0" not in code]  # PostgreSQL refuses to look for it
    rows = Need.objects.valid_on(on or timezone.localdate()).filter(code__in=asked)
    return {need.code: need for need in rows}


def _best(need: Need, query: str, text: str) -> NeedMatch | None:
    if need.code == text:
        return NeedMatch(need, EXACT + 1, need.code)
    phrases = [need.plain_label, *need.synonyms, need.official_label]
    scored = [(_score(_plain(phrase), query), phrase) for phrase in phrases]
    score, phrase = max(scored, key=lambda one: one[0])
    return NeedMatch(need, score, phrase) if score else None


def _score(phrase: str, query: str) -> float:
    """How well a wording answers the query; both are folded and stemmed."""
    if phrase == query:
        return EXACT
    if phrase.startswith(f"{query} ") or (len(query) > 2 and phrase.startswith(query)):
        return STARTS
    asked, held = _words(query), _held(phrase)
    if asked and asked <= held:
        return HOLDS
    if held and held <= asked:
        return SAID + min(3, len(held))
    ratio = fuzz.ratio(phrase, query) if len(query) > 4 else 0
    return ratio - 5 if ratio >= CUTOFF else 0.0


@lru_cache(maxsize=4096)
def _plain(phrase: str) -> str:
    """A wording of the nomenclature, folded and stemmed once for all searches."""
    return _stem(fold(phrase))


@lru_cache(maxsize=4096)
def _held(phrase: str) -> frozenset[str]:
    """The words of a wording; what people type is never kept, even here."""
    return _words(phrase)


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in text.split() if word not in LITTLE_WORDS)


def _stem(text: str) -> str:
    """French plurals undone: enough to join “repas livrés” and “repas livré”."""
    return " ".join(word.rstrip("sx") if len(word) > 4 else word for word in text.split())
