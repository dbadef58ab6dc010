"""What a person asks the directory, and how their words are understood."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from core.text import fold
from directory.finding.arrays import Index
from directory.finding.places import Spot
from directory.finding.words import LONGEST_TEXT, MOST_WORDS, Correction, correct, stem, words_of
from needs.answers import needs_answered
from needs.models import Need
from needs.selectors import NeedMatch, search_needs

NEED, MAYBE_NEED, ABOVE_NEED = 6, 3, 4
"""Points of a service for a need surely, or perhaps, understood; for a narrower need than the one asked."""
EACH_NEED = 2
"""Added for each of the codes surely understood: what is meant has often several."""
NAMED, NAMED_ALIKE, SAID, MENTIONED = 4, 3, 2, 1
"""Points for each word found in a name, there once corrected, in the situations, or in the description."""
KINDS = {"n": NAMED, "s": SAID, "t": MENTIONED}
SURELY = 0.5
"""Needs scored within this of the best one are meant as much as it is."""
BEGUN = 94.0
"""Score of `search_needs` for words that begin a wording of the need: “repas” is “repas à domicile” as much as “repas”."""
SAID_WHOLE = 84.0
"""Score of `search_needs` from which a whole wording of the need is in the sentence."""
MOST_NEEDS = 8
WORDINGS = 8192
"""Phrases of the nomenclature whose words are kept: more than it has."""


@dataclass(frozen=True)
class Facets:
    """Choices of the form: codes that exist. Several modes widen, several kinds of access narrow."""

    needs: tuple[str, ...] = ()
    audience: str = ""
    modes: tuple[str, ...] = ()
    fee: str = ""
    language: str = ""
    access: tuple[str, ...] = ()
    scheme: str = ""
    open_now: bool = False

    @property
    def count(self) -> int:
        """How many narrow the answer."""
        single = (self.audience, self.fee, self.language, self.scheme, self.open_now)
        return sum(map(bool, single)) + len(self.needs) + len(self.modes) + len(self.access)


@dataclass(frozen=True)
class Concept:
    """One thing that was said: the points each term gives to a service that holds it; the best one counts."""

    points: dict[str, int]


@dataclass(frozen=True)
class Understood:
    """What the words were taken to mean, so that the page can say it."""

    needs: tuple[Need, ...] = ()
    corrections: tuple[Correction, ...] = ()
    words: tuple[str, ...] = ()
    was_cut: bool = False
    concepts: tuple[Concept, ...] = ()
    """Empty when nothing the directory holds was said."""


@dataclass(frozen=True)
class Asked:
    """One search."""

    text: str = ""
    spot: Spot | None = None
    facets: Facets = field(default_factory=Facets)

    @property
    def is_empty(self) -> bool:
        return not (self.text.strip() or self.spot or self.facets.count)


def understand(text: str, index: Index) -> Understood:
    """The needs, names and words that a sentence holds; accents, plurals and typing errors do not matter."""
    was_cut = len(text) > LONGEST_TEXT
    text = text[:LONGEST_TEXT]
    words = words_of(text)[:MOST_WORDS]
    corrections = _corrections(words, index)
    read = {one.written: one.read for one in corrections}
    found = _needs(text if not read else " ".join(read.get(stem(word), word) for word in fold(text).split()))
    concepts = [*_about_needs(found), *(_about_word(word, read.get(word, "")) for word in words)]
    known = [{term: worth for term, worth in one.items() if index.knows(term)} for one in concepts]
    return Understood(
        needs=tuple(need for need, points in found if points == NEED),
        corrections=tuple(corrections),
        words=tuple(words),
        was_cut=was_cut,
        concepts=tuple(Concept(points) for points in known if points),
    )


def need_terms(codes: Iterable[str]) -> list[str]:
    """The terms of services that meet one of these needs, or a narrower one."""
    return [f"{kind}:{code}" for code in codes for kind in ("need", "under")]


def _needs(text: str) -> list[tuple[Need, int]]:
    """The needs meant and their points, roots of the nomenclature left out."""
    families = [Need.Family.NEED, Need.Family.DIRECT]
    found = search_needs(text, families=families, limit=MOST_NEEDS * 2)
    matches = [one for one in found if "." in one.need.code][:MOST_NEEDS]
    best = min(max((one.score for one in matches), default=0.0), BEGUN)
    sure = [one.need for one in matches if one.score >= best - SURELY]
    said = {
        word for need in sure for phrase in (need.plain_label, *need.synonyms) for word in _wording(phrase)
    }
    return [
        (one.need, NEED if one.score >= best - SURELY or _is_apart(one, said) else MAYBE_NEED)
        for one in matches
    ]


def _is_apart(match: NeedMatch, said: set[str]) -> bool:
    """Something else said in the same sentence: “fallen in the bathroom” is a fall too."""
    return match.score >= SAID_WHOLE and said.isdisjoint(_wording(match.words))


def _about_needs(found: list[tuple[Need, int]]) -> list[dict[str, int]]:
    """A service asked by its own code is also looked for among those tagged with the need it answers.

    Not when one of these needs was understood already: “meals” is help to eat, not all that help at home answers.
    """
    wanted: dict[str, int] = {}
    sure = {need.code for need, points in found if points == NEED}
    for need, points in found:
        answered = needs_answered([need.code])
        for text, worth in (
            (f"need:{need.code}", points),
            (f"under:{need.code}", min(points, ABOVE_NEED)),
            *((f"need:{code}", MAYBE_NEED) for code in answered if sure.isdisjoint(answered)),
        ):
            wanted[text] = max(worth, wanted.get(text, 0))
    return [wanted, *({f"need:{need.code}": EACH_NEED} for need, points in found if points == NEED)]


def _about_word(word: str, read: str) -> dict[str, int]:
    worth = {f"{kind}:{word}": points for kind, points in KINDS.items()}
    if read:
        worth |= {f"{kind}:{read}": min(points, NAMED_ALIKE) for kind, points in KINDS.items()}
    return worth


def _corrections(words: list[str], index: Index) -> list[Correction]:
    """Words that neither the directory nor the nomenclature knows, read as the nearest that they do."""
    unknown = [word for word in words if not any(index.knows(f"{kind}:{word}") for kind in KINDS)]
    if not unknown:
        return []
    said = need_words()
    doubtful = [word for word in unknown if word not in said]
    pairs = ((word, correct(word, said) or correct(word, index.names)) for word in doubtful)
    return [Correction(word, read) for word, read in pairs if read]


def need_words() -> set[str]:
    """Every word of the nomenclature's plain wordings and synonyms."""
    rows = Need.objects.current().exclude(family=Need.Family.INDIRECT).values_list("plain_label", "synonyms")
    return {word for label, synonyms in rows for phrase in (label, *synonyms) for word in _wording(phrase)}


@lru_cache(maxsize=WORDINGS)
def _wording(phrase: str) -> frozenset[str]:
    """The words of a phrase of the nomenclature; never what a person typed, which is not kept."""
    return frozenset(words_of(phrase))
