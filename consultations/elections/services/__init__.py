"""Every write of elections."""

from consultations.elections.services.deciding import (
    cancel_election,
    contest_election,
    make_official,
    uphold_election,
)
from consultations.elections.services.drawing import Drawing, draw_lots, open_ties
from consultations.elections.services.preparing import (
    CodeLetter,
    add_candidate,
    call_for_candidates,
    create_election,
    edit_election,
    enrol_electors,
    freeze_roll,
    issue_codes,
    replace_code,
    withdraw_candidate,
)
from consultations.elections.services.sealing import (
    close_due_elections,
    close_election,
    erase_traces,
    open_due_elections,
    open_election,
)
from consultations.elections.services.tallying import (
    count_election,
    enter_paper,
)
from consultations.elections.services.voting import (
    CastResult,
    cast_ballot,
    elector_with,
    entry_with_receipt,
    mark_paper_voter,
    read_ballot,
    receipt_of,
)

__all__ = [
    "CastResult",
    "CodeLetter",
    "Drawing",
    "add_candidate",
    "call_for_candidates",
    "cancel_election",
    "cast_ballot",
    "close_due_elections",
    "close_election",
    "contest_election",
    "count_election",
    "create_election",
    "draw_lots",
    "edit_election",
    "elector_with",
    "enrol_electors",
    "enter_paper",
    "entry_with_receipt",
    "erase_traces",
    "freeze_roll",
    "issue_codes",
    "make_official",
    "mark_paper_voter",
    "open_due_elections",
    "open_election",
    "open_ties",
    "read_ballot",
    "receipt_of",
    "replace_code",
    "uphold_election",
    "withdraw_candidate",
]
