"""Paper ballots read by two people, and the count."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Visitor
from consultations.elections.counting import Ballot, Count, count_ballots, fingerprint
from consultations.elections.models import Election, PaperSheet
from consultations.elections.services.acting import begin
from consultations.elections.services.sealing import erase_traces, seal
from core.services import record_audit

READERS = 2


def ballots_of(election: Election) -> list[Ballot]:
    """Every sealed ballot as the count reads it."""
    found = election.ballots.values_list("choices", flat=True)
    return [None if one is None else tuple(one) for one in found]


@transaction.atomic
def enter_paper(*, actor: User, election: Election, ballots: Sequence[list[str] | None]) -> PaperSheet:
    """What one person read on the paper ballots, whole; reading again replaces one's own."""
    election = begin(actor=actor, election=election, step="enter_paper")
    if not election.takes_paper:
        raise ValidationError(_("This vote is online only."))
    rows = sorted((None if one is None else sorted(set(one)) for one in ballots), key=str)
    sheet, _created = PaperSheet.objects.update_or_create(
        election=election, entered_by=actor, defaults={"ballots": rows}
    )
    record_audit(actor=actor, verb="paper_ballots_read", target=election, changes={"count": len(rows)})
    return sheet


def agreed_paper(election: Election) -> list[list[str] | None] | None:
    """The paper ballots when two people read the same; None otherwise."""
    rows = [one.ballots for one in election.sheets.all()]
    return next((one for one in rows if rows.count(one) >= READERS), None)


@transaction.atomic
def count_election(*, actor: Visitor, election: Election, discrepancy_reason: str = "") -> Election:
    """Put paper and online ballots together, count them, forget who read what.

    As many paper ballots as paper voters, or a reason that the record will carry.
    """
    election = begin(actor=actor, election=election, step="count")
    election.discrepancy_reason = discrepancy_reason.strip()
    if election.takes_paper:
        _join_paper(election)
    election.result = result_of(election)
    election.save()
    record_count(actor=actor, verb="election_counted", election=election)
    transaction.on_commit(erase_traces)
    return election


def _join_paper(election: Election) -> None:
    paper = agreed_paper(election)
    expected = election.voted_on_paper or 0
    if paper is None and expected:
        raise ValidationError(
            _("Two people read the paper ballots, each on their own account, and what they read is the same.")
        )
    paper = paper or []
    if len(paper) != expected and not election.discrepancy_reason:
        text = _("%(ballots)d paper ballots for %(voters)d people marked: count again, or say why below.")
        values = {"ballots": len(paper), "voters": expected}
        raise ValidationError({"discrepancy_reason": text % values})
    online = list(election.ballots.values_list("choices", flat=True))
    election.ballots.all().delete()
    seal(election, [*online, *paper])
    election.sheets.all().delete()
    election.are_traces_erased = False


def count_of(election: Election) -> Count:
    """The count of the sealed ballots, made anew."""
    return count_ballots(
        ballots_of(election),
        [one.standing() for one in election.candidates.all()],
        seats=election.seats,
        substitutes=election.substitute_seats,
        tie_rule=election.tie_rule,
    )


def result_of(election: Election) -> dict[str, Any]:
    """What is kept of the count, with the fingerprint of the ballots."""
    made = count_of(election)
    return as_result(made, fingerprint(ballots_of(election)))


def as_result(made: Count, mark: str) -> dict[str, Any]:
    """The count as JSON."""
    return {
        "votes": dict(made.votes),
        "elected": list(made.elected) if made.is_decided else [],
        "substitutes": list(made.substitutes) if made.is_decided else [],
        "ballots": made.ballots,
        "blank": made.blank,
        "void": made.void,
        "expressed": made.expressed,
        "ties": [{"votes": one.votes, "keys": list(one.keys), "by": one.decided_by} for one in made.ties],
        "to_draw": list(made.to_draw),
        "fingerprint": mark,
    }


def record_count(*, actor: Visitor, verb: str, election: Election) -> None:
    """In the journal, with the fingerprint of the ballots counted."""
    record_audit(actor=actor, verb=verb, target=election, changes={"hash": election.result["fingerprint"]})
