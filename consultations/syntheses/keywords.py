"""Keywords proposed from cards: the words most cards share, once the empty words are left out."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from core.text import fold

FEWEST_CARDS, SHORTEST = 3, 4
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
ELIDED = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quelqu)['’]", re.IGNORECASE)
# Folded French words that say nothing by themselves, verbs of wish and want of workshops included.
EMPTY_WORDS = frozenset(
    [
        "afin",
        "ainsi",
        "alors",
        "apres",
        "assez",
        "aucun",
        "aucune",
        "aujourd",
        "aura",
        "auront",
        "aussi",
        "autant",
        "autre",
        "autres",
        "avait",
        "avant",
        "avec",
        "avoir",
        "avons",
        "ayant",
        "beaucoup",
        "besoin",
        "besoins",
        "bien",
        "bonne",
        "bons",
        "cela",
        "celle",
        "celles",
        "celui",
        "cependant",
        "certain",
        "certaine",
        "certaines",
        "certains",
        "cette",
        "ceux",
        "chacun",
        "chaque",
        "chez",
        "chose",
        "choses",
        "combien",
        "comme",
        "comment",
        "contre",
        "dans",
        "deja",
        "depuis",
        "derriere",
        "des",
        "devant",
        "devoir",
        "devrait",
        "devraient",
        "dire",
        "doit",
        "doivent",
        "donc",
        "donner",
        "dont",
        "elle",
        "elles",
        "encore",
        "entre",
        "etaient",
        "etait",
        "etant",
        "etes",
        "etre",
        "eviter",
        "faire",
        "fait",
        "faits",
        "fallait",
        "faudrait",
        "faut",
        "fois",
        "font",
        "grace",
        "gens",
        "gros",
        "hors",
        "ici",
        "jamais",
        "jusque",
        "juste",
        "laquelle",
        "lequel",
        "leur",
        "leurs",
        "lieu",
        "loin",
        "lors",
        "lorsque",
        "mais",
        "malgre",
        "manque",
        "manquent",
        "meme",
        "memes",
        "mettre",
        "mieux",
        "mise",
        "moins",
        "moment",
        "mettent",
        "nombre",
        "non",
        "nos",
        "notre",
        "notamment",
        "notre",
        "nous",
        "nouveau",
        "nouveaux",
        "nouvelle",
        "nouvelles",
        "oui",
        "parce",
        "parfois",
        "parler",
        "parmi",
        "partout",
        "pas",
        "passer",
        "pendant",
        "permettre",
        "permettant",
        "personne",
        "personnes",
        "petit",
        "petite",
        "petits",
        "peu",
        "peut",
        "peuvent",
        "plus",
        "plusieurs",
        "point",
        "pour",
        "pouvoir",
        "pourquoi",
        "pourrait",
        "pourraient",
        "pouvez",
        "prendre",
        "pres",
        "presque",
        "puis",
        "quand",
        "quel",
        "quelle",
        "quelles",
        "quelque",
        "quelques",
        "quels",
        "qui",
        "quoi",
        "rendre",
        "rien",
        "sans",
        "sauf",
        "sera",
        "seraient",
        "serait",
        "seront",
        "seul",
        "seule",
        "seulement",
        "soit",
        "sont",
        "sous",
        "souvent",
        "sujet",
        "suis",
        "surtout",
        "tant",
        "tellement",
        "temps",
        "tenir",
        "toujours",
        "tous",
        "tout",
        "toute",
        "toutes",
        "tres",
        "trop",
        "trouver",
        "vers",
        "veulent",
        "veut",
        "voir",
        "voire",
        "vont",
        "votre",
        "vouloir",
        "vous",
        "vraiment",
    ]
)


@dataclass(frozen=True)
class Keyword:
    """A word or two words as most cards spell them, and the cards that hold them."""

    text: str
    cards: tuple[str, ...]


def propose_keywords(cards: Mapping[str, str], *, most: int = 8) -> list[Keyword]:
    """The words that most cards share, most shared first; two words that always go together are one."""
    found: dict[str, set[str]] = defaultdict(set)
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for key, text in cards.items():
        words = list(_words(text))
        for stem, spelling in _terms(words):
            found[stem].add(key)
            spellings[stem][spelling] += 1
    kept = {stem: keys for stem, keys in found.items() if len(keys) >= FEWEST_CARDS}
    for pair in [stem for stem in kept if " " in stem]:
        for part in pair.split():
            if len(kept.get(part, ())) <= len(kept[pair]) * 4 / 3:
                kept.pop(part, None)
    ordered = sorted(kept, key=lambda stem: (-len(kept[stem]), stem))[:most]
    return [Keyword(_spelt(spellings[stem]), tuple(sorted(kept[stem]))) for stem in ordered]


def _spelt(spellings: Counter[str]) -> str:
    best = min(spellings, key=lambda spelling: (-spellings[spelling], spelling))
    return best[:1].upper() + best[1:]


def _words(text: str) -> Iterable[tuple[str, str] | None]:
    """Each telling word as (stem, spelling); None where an empty word parts two others."""
    for match in WORD.finditer(text):
        spelling = ELIDED.sub("", match.group()).lower()
        folded = fold(spelling)
        if len(folded) < SHORTEST or folded in EMPTY_WORDS or " " in folded:
            yield None
        else:
            yield folded.rstrip("sx") or folded, spelling


def _terms(words: list[tuple[str, str] | None]) -> Iterable[tuple[str, str]]:
    yield from (word for word in words if word)
    for first, second in pairwise(words):
        if first and second:
            yield f"{first[0]} {second[0]}", f"{first[1]} {second[1]}"
