"""Names of levels, and names of places as people type them."""

from core.text import fold

LEVELS = (
    ("region", 1, "région", "régions"),
    ("departement", 2, "département", "départements"),
    ("arrondissement", 3, "arrondissement", "arrondissements"),
    ("epci", 4, "intercommunalité", "intercommunalités"),
    ("canton", 5, "canton", "cantons"),
    ("commune", 6, "commune", "communes"),
)
"""Code, rank, name and plural: the names are those of French administration, whatever the language."""
SAINTS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


def search_key(text: str) -> str:
    """`text` folded, with “st” and “ste” in full: “St-Etienne” and “saint etienne” are one."""
    return " ".join(SAINTS.get(word, word) for word in fold(text).split())
