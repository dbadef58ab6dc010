"""Words as people say them, made comparable. Pure."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from core.text import fold
from needs.selectors import LITTLE_WORDS

LONGEST_TEXT = 300
"""Characters that are read: a long sentence. The page says when something was left out."""
MOST_WORDS = 12
SHORTEST_CORRECTED = 4
ALIKE = 0.74
"""Of 1: one slip in four letters, two in eight; “alzeimer” and “ortofoniste” pass."""
SOUNDS = [
    (re.compile(written), heard)
    for written, heard in (
        ("ph", "f"),
        ("qu", "k"),
        ("c(?=[eiy])|ss", "s"),
        ("ch", "x"),
        ("c", "k"),
        ("g(?=[eiy])", "j"),
        ("h", ""),
        ("eau|au", "o"),
        ("ai|ei", "e"),
        ("[ae][mn](?![aeiouymn])", "an"),
        ("z", "s"),
        (r"(.)\1", r"\1"),
        ("(er|ez|et|es|e)$", "e"),
    )
]
SAID_OF_ANY = frozenset(
    [
        "annuaire",
        "autre",
        "autour",
        "cet",
        "cette",
        "toucher",
        "cherche",
        "chercher",
        "chez",
        "comment",
        "contre",
        "contacter",
        "cote",
        "dois",
        "doit",
        "donc",
        "etes",
        "faut",
        "ici",
        "jamais",
        "jour",
        "jours",
        "juste",
        "lieu",
        "loin",
        "maintenant",
        "meme",
        "mettre",
        "monsieur",
        "madame",
        "numero",
        "parce",
        "personne",
        "personnes",
        "peut",
        "petit",
        "petite",
        "plutot",
        "possible",
        "pouvoir",
        "pourquoi",
        "prendre",
        "pres",
        "quel",
        "quelle",
        "quelles",
        "quels",
        "quelqu",
        "quelque",
        "quelquun",
        "quoi",
        "recherche",
        "rien",
        "sais",
        "savoir",
        "service",
        "services",
        "sois",
        "sommes",
        "souhaite",
        "suis",
        "toujours",
        "toute",
        "toutes",
        "trouver",
        "trouve",
        "venir",
        "vite",
        "voila",
        "vont",
        "voudrait",
        "ans",
        "km",
        "tel",
        "telephoner",
        "arrive",
        "arriver",
        "beaucoup",
        "besoins",
        "etait",
        "fois",
        "fais",
        "faites",
        "vraiment",
        "encore",
        "deja",
        "depuis",
        "apres",
        "avant",
        "bonjour",
        "merci",
        "svp",
        "stp",
        "habite",
        "alors",
        "aussi",
    ]
)


KIN = re.compile(
    r"\b(?:m|t|s)(?:a|on|es) (?:petite? |grande? |belle |beau |arriere )?(?:ami|amie|conjoint|conjointe|compagne|compagnon"
    r"|epoux|epouse|femme|mari|fille|fils|frere|gendre|soeur|mere|pere|parent|tante|oncle|voisin|voisine)s?\b"
)
"""Whom one speaks of, rather than what one asks: “ma femme” is not a service for women."""


@dataclass(frozen=True)
class Correction:
    """A word that nobody knows, and the one it was read as."""

    written: str
    read: str


def stem(word: str) -> str:
    """French plurals undone, as the nomenclature of needs does."""
    return word.rstrip("sx") if len(word) > 4 else word


def words_of(text: str) -> list[str]:
    """Folded stems in their order, each once, without the words said of anything nor the person spoken of."""
    words = (
        stem(word) for word in KIN.sub(" ", fold(text)).split() if word not in LITTLE_WORDS | SAID_OF_ANY
    )
    return [word for word in dict.fromkeys(words) if len(word) > 1 and word not in LITTLE_WORDS]


def correct(word: str, vocabulary: Collection[str]) -> str:
    """The known word this one most looks like, and starts like; empty when it looks like none."""
    if len(word) < SHORTEST_CORRECTED or word.isdigit():
        return ""
    near = [one for one in vocabulary if abs(len(one) - len(word)) <= 3]
    found = process.extract(word, near, scorer=OSA.normalized_similarity, score_cutoff=ALIKE, limit=8)
    spoken = sound(word)
    best = max(
        (
            (score + OSA.normalized_similarity(spoken, heard), one)
            for one, score, _place in found
            if (heard := sound(one))[:1] == spoken[:1]
        ),
        default=(0.0, ""),
    )
    return best[1]


def sound(word: str) -> str:
    """Roughly how a folded French word is heard: “menaje” is nearer to “menage” than to “menace”."""
    for written, heard in SOUNDS:
        word = written.sub(heard, word)
    return word


def runs_of(text: str, longest: int) -> Iterator[str]:
    """Every run of neighbouring folded words: names of places are looked for among them."""
    words = fold(text).split()
    for length in range(min(longest, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])
