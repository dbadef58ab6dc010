"""Satisfaction, scales, rankings and points: computed one way everywhere, pure functions on counts.

Nothing given is `None`, never zero. Whether a figure may be shown is decided elsewhere, before:
give these functions what may be shown, and what they compute may be shown.
"""

from consultations.metrics.points import Total, totals
from consultations.metrics.ranking import Round, Runoff, Standing, borda, condorcet_winner, instant_runoff
from consultations.metrics.scales import (
    CES,
    CSAT,
    FOUR_LEVELS,
    NPS,
    SCALES,
    Scale,
    Summary,
    by_band,
    ces,
    csat,
    four_levels,
    likert,
    nps,
    share,
    summed_up,
)

__all__ = [
    "CES",
    "CSAT",
    "FOUR_LEVELS",
    "NPS",
    "SCALES",
    "Round",
    "Runoff",
    "Scale",
    "Standing",
    "Summary",
    "Total",
    "borda",
    "by_band",
    "ces",
    "condorcet_winner",
    "csat",
    "four_levels",
    "instant_runoff",
    "likert",
    "nps",
    "share",
    "summed_up",
    "totals",
]
