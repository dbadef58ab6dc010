"""Writes of polls: from a draft to a closed vote, one ballot per voter, and what may be shown of them."""

from consultations.polls.services.editing import (
    PollFields,
    close_due_polls,
    close_poll,
    create_poll,
    open_poll,
    tighten_poll,
    update_poll,
)
from consultations.polls.services.invitations import issue_poll_invitations
from consultations.polls.services.results import refresh_results
from consultations.polls.services.retention import purge_expired_ballots
from consultations.polls.services.taking import take_ballots
from consultations.polls.services.voting import CastResult, InvitationUnknown, cast_ballot, record_hands

__all__ = [
    "CastResult",
    "InvitationUnknown",
    "PollFields",
    "cast_ballot",
    "close_due_polls",
    "close_poll",
    "create_poll",
    "issue_poll_invitations",
    "open_poll",
    "purge_expired_ballots",
    "record_hands",
    "refresh_results",
    "take_ballots",
    "tighten_poll",
    "update_poll",
]
