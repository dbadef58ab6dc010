"""Reads across the apps below: needs that nothing answers, and what became of a consultation."""

from consultations.outcomes.selectors.consultation import Outcome, outcome_of
from consultations.outcomes.selectors.needs import (
    NeedLine,
    places_voiced,
    unanswered_inside,
    unanswered_needs,
)
from consultations.outcomes.selectors.words import words_of

__all__ = [
    "NeedLine",
    "Outcome",
    "outcome_of",
    "places_voiced",
    "unanswered_inside",
    "unanswered_needs",
    "words_of",
]
