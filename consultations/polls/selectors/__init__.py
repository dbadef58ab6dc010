"""Reads of polls: what may be shown, in figures and in words."""

from consultations.polls.selectors.catalogue import (
    PollLine,
    find_poll,
    last_snapshot,
    lines_of,
    managed_polls,
    polls_at,
    turnout,
)
from consultations.polls.selectors.results import Headline, PollResults, ResultLine, Viewer, poll_results

__all__ = [
    "Headline",
    "PollLine",
    "PollResults",
    "ResultLine",
    "Viewer",
    "find_poll",
    "last_snapshot",
    "lines_of",
    "managed_polls",
    "poll_results",
    "polls_at",
    "turnout",
]
