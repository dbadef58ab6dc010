"""What may be written on a card or as a name: words, cleaned of what cannot be read aloud."""

import unicodedata

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from consultations.live.problems import Refused
from consultations.workshops.models.board import CARD_LENGTH, GROUP_LENGTH, REASON_LENGTH

# Control characters, direction overrides and private use hide or turn text; joiners are kept for emoji.
UNSEEN = {"Cc", "Cf", "Co", "Cs", "Cn"}
KEPT = {"\u200d"}
MOST_MARKS = 3


def tidy(text: str) -> str:
    """One line of visible characters, spaces squeezed, with no pile of accents on a letter."""
    kept, marks = [], 0
    for char in unicodedata.normalize("NFC", text):
        category = unicodedata.category(char)
        marks = marks + 1 if category == "Mn" else 0
        if char.isspace():
            kept.append(" ")
        elif (category not in UNSEEN or char in KEPT) and marks <= MOST_MARKS:
            kept.append(char)
    return " ".join("".join(kept).split())


def has_words(text: str) -> bool:
    """True when something can be read aloud: a letter or a figure."""
    return any(char.isalnum() for char in text)


def clean_words(text: str, limit: int, remedy: str) -> str:
    """The text as it is kept; refused, with the remedy, when it is empty, too long or only pictures."""
    tidied = tidy(text)
    if not tidied:
        raise Refused("empty", _("Write a few words first."))
    if len(tidied) > limit:
        counts = {"count": number_format(len(tidied), use_l10n=True), "limit": limit}
        raise Refused("too_long", remedy % counts)
    if not has_words(tidied):
        raise Refused("no_words", _("Add at least one word: a picture alone cannot be read aloud."))
    return tidied


def clean_card(text: str) -> str:
    remedy = _("Your text has %(count)s characters. Keep it under %(limit)s, or write several cards.")
    return clean_words(text, CARD_LENGTH, remedy)


def clean_group_name(text: str) -> str:
    remedy = _("This name has %(count)s characters. Keep it under %(limit)s: a few words are enough.")
    return clean_words(text, GROUP_LENGTH, remedy)


def clean_reason(text: str) -> str:
    remedy = _("This reason has %(count)s characters. Keep it under %(limit)s: one sentence is enough.")
    return clean_words(text, REASON_LENGTH, remedy)
