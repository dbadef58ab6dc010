"""Words as people type them: without accents, capitals or punctuation."""

import re
import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
NOT_A_WORD = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """`text` in lower case, accents and ligatures undone, words separated by one space."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(LIGATURES))
    return NOT_A_WORD.sub(" ", "".join(char for char in plain if not unicodedata.combining(char))).strip()
