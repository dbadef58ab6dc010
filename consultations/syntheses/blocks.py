"""The seven blocks of a synthesis, and the headings under which they are found in documents."""

import re
from collections.abc import Iterable, Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.text import fold


class Block(models.TextChoices):
    """In the order they are read."""

    SALIENT_POINTS = "salient_points", _("Salient points")
    KEYWORDS = "keywords", _("Keywords")
    LEVERS = "levers", _("What works, to support")
    IMPROVEMENTS = "improvements", _("Points to improve")
    RECOMMENDATIONS = "recommendations", _("Recommendations")
    ESSENTIAL_POINTS = "essential_points", _("Essential points")
    USER_PARTICIPATION = "user_participation", _("How the people concerned take part")


# What exports write: words of documents, not of the interface, and always read back.
DOCUMENT_HEADINGS: Mapping[str, str] = {
    Block.SALIENT_POINTS: "Points saillants",
    Block.KEYWORDS: "Mots clés",
    Block.LEVERS: "Points positifs ou leviers à soutenir",
    Block.IMPROVEMENTS: "Points à améliorer",
    Block.RECOMMENDATIONS: "Préconisations",
    Block.ESSENTIAL_POINTS: "Points essentiels",
    Block.USER_PARTICIPATION: "Modalités de participation des usagers",
}

# Folded (no accent, capital or punctuation). A heading may be longer: it starts with one of these.
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    Block.SALIENT_POINTS: (
        "points saillants", "point saillant", "faits saillants", "points marquants", "constats partages",
        "constats", "principaux constats", "ce qui ressort", "salient points",
    ),
    Block.KEYWORDS: ("mots cles", "mots clefs", "mot cle", "mot clef", "mots cle", "keywords", "key words"),
    Block.LEVERS: (
        "points positifs", "point positif", "leviers", "leviers a soutenir", "points forts", "atouts",
        "forces", "ce qui marche", "ce qui fonctionne", "points d appui", "levers", "strengths",
    ),
    Block.IMPROVEMENTS: (
        "points a ameliorer", "point a ameliorer", "points d amelioration", "axes d amelioration",
        "points faibles", "points negatifs", "faiblesses", "freins", "ce qui ne marche pas", "a ameliorer",
        "points to improve", "improvements",
    ),
    Block.RECOMMENDATIONS: (
        "preconisations", "preconisation", "recommandations", "recommandation", "propositions",
        "pistes d action", "pistes d actions", "pistes d amelioration", "recommendations",
    ),
    Block.ESSENTIAL_POINTS: (
        "points essentiels", "point essentiel", "l essentiel", "essentiel", "a retenir", "points cles",
        "points clefs", "points a retenir", "essential points",
    ),
    Block.USER_PARTICIPATION: (
        "modalites de participation", "modalite de participation", "participation des usagers",
        "participation des habitants", "participation des personnes", "participation des residents",
        "place des usagers", "parole des usagers", "user participation",
    ),
}  # fmt: skip
EXACT = {synonym: code for code, synonyms in SYNONYMS.items() for synonym in synonyms}
LONGEST_FIRST = sorted(EXACT, key=len, reverse=True)
NUMBERING = re.compile(r"^\s*(?:\d{1,2}|[ivxIVX]{1,4}|[A-Za-z])\s*[.)°:–—-]+\s+")
JOINED_BY = re.compile(r"\s(?:ou|et|and|or)\s")


def block_named(heading: str) -> str | None:
    """The block whose heading this is, word for word: case, accents, punctuation and numbering forgiven."""
    found = blocks_named(heading)
    return found[0] if len(found) == 1 else None


def blocks_named(heading: str) -> tuple[str, ...]:
    """Every block a heading names: `POINTS SAILLANTS et MOTS CLES` announces two."""
    folded = fold(NUMBERING.sub("", heading))
    if not folded:
        return ()
    if folded in EXACT:
        return (EXACT[folded],)
    parts = [EXACT.get(part.strip()) for part in JOINED_BY.split(folded)]
    return tuple(dict.fromkeys(part for part in parts if part)) if all(parts) else ()


def block_announced(heading: str) -> str | None:
    """The block a longer heading starts with: `Modalités de participation des usagers à une refonte…`."""
    folded = fold(NUMBERING.sub("", heading))
    return next((EXACT[each] for each in LONGEST_FIRST if folded.startswith(each + " ")), None)


def in_order(codes: Iterable[str]) -> list[str]:
    """These codes as they are read."""
    return sorted(codes, key=Block.values.index)
