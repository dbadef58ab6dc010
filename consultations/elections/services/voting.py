"""One voter, one ballot, online or on paper, and nothing written that joins the two.

The election's row, then the elector's, are locked; the ballot goes into the urn and the elector is marked in one
transaction. Nothing else is written: no session, no log, no audit line, no handled form, no time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.permissions import Visitor
from consultations.elections.models import CastBallot, Election, RollEntry
from consultations.elections.services.acting import begin
from consultations.elections.services.preparing import CODE_PURPOSE
from core.receipts import derive_code, hash_code
from core.services import record_audit


@dataclass(frozen=True)
class CastResult:
    """Whether this call stored the ballot, and the receipt: it says that a ballot was cast, never which."""

    created: bool
    receipt: str


def receipt_of(entry: RollEntry) -> str:
    """The same code each time, made from the elector alone: nothing of the ballot is in it, nothing is stored."""
    return derive_code("election-receipt", str(entry.pk))


def entry_with_receipt(election: Election, code: str) -> RollEntry | None:
    """Who was given this receipt, found by making every receipt of the roll again: none is stored."""
    voted = election.roll.exclude(mark=RollEntry.Mark.NONE)
    return next((one for one in voted if constant_time_compare(receipt_of(one), code)), None)


def elector_with(code: str) -> RollEntry | None:
    """The elector whose letter carries this code."""
    found = RollEntry.objects.select_related("election__council")
    return found.filter(code_hash=hash_code(CODE_PURPOSE, code)).first()


BLANK = "blank"


def read_ballot(election: Election, sent: Sequence[str]) -> list[str]:
    """What a form says: names, or the word that means blank; saying nothing is not voting blank."""
    if not sent:
        raise ValidationError({"choices": _("Choose a name, or choose to vote blank.")})
    if BLANK in sent and len(set(sent)) > 1:
        raise ValidationError({"choices": _("You chose names and a blank vote. Keep one or the other.")})
    return check_choices(election, [one for one in sent if one != BLANK])


def check_choices(election: Election, choices: Sequence[str]) -> list[str]:
    """The numbers chosen, sorted; none is a blank ballot. Raises with the remedy."""
    kept = sorted(set(choices), key=lambda one: (len(one), one))
    known = {str(number) for number in election.candidates.values_list("number", flat=True)}
    if not set(kept) <= known:
        raise ValidationError({"choices": _("One of the names chosen does not stand. Choose again.")})
    if len(kept) > election.most_choices:
        text = ngettext(
            "You may choose one name only, and you chose %(given)d. Take some away.",
            "You may choose %(most)d names at most, and you chose %(given)d. Take some away.",
            election.most_choices,
        )
        raise ValidationError({"choices": text % {"most": election.most_choices, "given": len(kept)}})
    return kept


@transaction.atomic
def cast_ballot(*, entry: RollEntry, choices: Sequence[str]) -> CastResult:
    """Put one ballot in the urn and mark the elector, together; sent again, it gives the same receipt.

    Raises PermissionDenied when the vote is not open or the person voted on paper, ValidationError when the
    ballot names too many people or someone who does not stand.
    """
    locked = Election.objects.select_for_update(of=("self",), no_key=True).get(pk=entry.election_id)
    elector = RollEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if elector.mark in {RollEntry.Mark.ONLINE, RollEntry.Mark.VOTED}:
        return CastResult(False, receipt_of(elector))
    if elector.mark == RollEntry.Mark.PAPER:
        raise PermissionDenied(_("The roll says that you voted on paper. One vote each."))
    if not locked.is_taking_votes or not locked.takes_online:
        raise PermissionDenied(_("This vote is not open: nothing was recorded."))
    CastBallot.objects.create(election=locked, choices=check_choices(locked, choices))
    RollEntry.objects.filter(pk=elector.pk).update(mark=RollEntry.Mark.ONLINE)
    return CastResult(True, receipt_of(elector))


@transaction.atomic
def mark_paper_voter(*, actor: Visitor, entry: RollEntry) -> None:
    """This person is given a paper ballot and signs the roll: they no longer vote online."""
    election = begin(actor=actor, election=entry.election, step="mark_paper")
    if not election.takes_paper:
        raise ValidationError(_("This vote is online only."))
    if not election.is_taking_votes:
        raise ValidationError(_("The hours of the vote are over."))
    elector = RollEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if elector.has_voted:
        raise ValidationError(_("%(name)s has already voted.") % {"name": elector.name})
    RollEntry.objects.filter(pk=elector.pk).update(mark=RollEntry.Mark.PAPER)
    record_audit(actor=actor, verb="paper_voter_marked", target=election)
