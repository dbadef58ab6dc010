"""Reads of signals: protected counts for the workspace, replies and offers for anyone."""

from unmet.selectors.desk import Amount, Line, Place, line_of, lines, places_read, years_counted
from unmet.selectors.public import Shown, offers_in, replies_shown, saturated

__all__ = [
    "Amount",
    "Line",
    "Place",
    "Shown",
    "line_of",
    "lines",
    "offers_in",
    "places_read",
    "replies_shown",
    "saturated",
    "years_counted",
]
