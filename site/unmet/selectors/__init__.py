"""Reads of signals: protected counts for the workspace, replies and offers for anyone."""

from unmet.selectors.desk import RECORDS, Amount, Line, Place, line_of, lines, places_read, years_counted
from unmet.selectors.public import Shown, offers_in, outdated, replies_shown, saturated, told_by_records

__all__ = [
    "RECORDS",
    "Amount",
    "Line",
    "Place",
    "Shown",
    "line_of",
    "lines",
    "offers_in",
    "outdated",
    "places_read",
    "replies_shown",
    "saturated",
    "told_by_records",
    "years_counted",
]
