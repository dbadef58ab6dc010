"""One ballot per voter, whole or not at all, and nothing that joins the two.

The voter's row is locked, the ballot stored and the row marked in one transaction. The same voter again gets the
same receipt and changes nothing, so a double click, a retry or an offline queue never votes twice. A secret
ballot cannot be found again: it can be neither changed nor withdrawn, and the page says so before.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.polls.definition import Kind, check_choices
from consultations.polls.models import Ballot, HandCount, Mode, Poll, Voter
from consultations.polls.permissions import PollState, can_count_hands, can_vote, poll_state
from consultations.polls.registries import PlaceInfo, is_room
from consultations.polls.services.results import refresh_results
from core.models import Receipt
from core.receipts import derive_code, hash_code
from core.services import issue_receipt, record_audit

MAX_HANDS = 5_000
COUNTED_BY_HAND = {Kind.SINGLE, Kind.MULTIPLE, Kind.YES_NO}
SUBJECT = "poll"


class InvitationUnknown(ValidationError):
    """No invitation of this poll has this code."""


@dataclass(frozen=True)
class CastResult:
    """Whether this call stored the ballot; the receipt leads to the poll, never to the ballot."""

    created: bool
    receipt_code: str


def key_hash(poll: Poll, voter_key: str) -> str:
    """What is stored of a voter: useless elsewhere and without the secret key."""
    return hash_code(f"poll:{poll.pk}", voter_key)


def receipt_seed(poll: Poll, voter_key: str) -> str:
    """The same receipt for the same voter, although no voter is stored with it."""
    return f"poll:{poll.pk}:{voter_key}"


def cast_ballot(
    *,
    poll: Poll,
    voter_key: str,
    choices: Mapping[str, int],
    mode: str = Mode.OWN,
    college: str = "",
    place: PlaceInfo | None = None,
) -> CastResult:
    """Store one whole ballot of this voter, or find that it was stored before.

    `place` is the poll's own when the caller has just read it: reading it costs a quarter of a vote.
    Raises ValidationError with the remedy when the ballot is not whole, PermissionDenied when the poll is not
    open, InvitationUnknown when a code is asked for and this one was never issued.
    """
    digest = key_hash(poll, voter_key)
    try:
        if not (can_vote(poll) if place is None else poll_state(poll, place) == PollState.OPEN):
            raise PermissionDenied(_("This poll is not open."))
        kept = check_choices(poll.asked, choices)
    except (PermissionDenied, ValidationError):
        if Voter.objects.filter(poll=poll, key_hash=digest, has_voted=True).exists():
            return CastResult(False, _receipt(poll, voter_key))
        raise
    ballot = Ballot(poll=poll, choices=kept, mode=Mode(mode), college=college[:20])
    created = _store(ballot, digest)
    return CastResult(created, _receipt(poll, voter_key))


@transaction.atomic
def _store(ballot: Ballot, digest: str) -> bool:
    """Spend the voter's right and store the ballot, together.

    The poll's row is locked first: PostgreSQL checks foreign keys at commit, so that without it a closing could
    count before a ballot that was stored meanwhile.
    """
    poll = ballot.poll
    open_polls = Poll.objects.select_for_update(of=("self",), no_key=True).filter(status=Poll.Status.OPEN)
    if not open_polls.filter(pk=poll.pk).values_list("pk", flat=True):
        raise PermissionDenied(_("This poll has just closed."))
    voter: Voter | None = None
    is_new = False
    if poll.access == Poll.Access.DEVICE or is_room(poll.place_kind):
        voter, is_new = Voter.objects.get_or_create(poll=poll, key_hash=digest)
    if not is_new:  # a row this transaction has just made is its own already
        voter = Voter.objects.select_for_update(of=("self",)).filter(poll=poll, key_hash=digest).first()
    if voter is None:
        raise InvitationUnknown(
            _("This code is not one of this poll's. Check it, or ask who gave it to you.")
        )
    if voter.has_voted:
        return False
    ballot.save(force_insert=True)
    Voter.objects.filter(pk=voter.pk).update(has_voted=True)
    transaction.on_commit(lambda: refresh_results(poll=poll))
    return True


def _receipt(poll: Poll, voter_key: str) -> str:
    return issue_receipt(
        seed=receipt_seed(poll, voter_key),
        subject_kind=SUBJECT,
        subject_id=str(poll.pk),
        on=timezone.localdate(),
    )


@transaction.atomic
def record_hands(*, actor: User | None, poll: Poll, counts: Mapping[str, int], college: str = "") -> Poll:
    """Hands counted in the room, by option; counting again replaces. Open votes only: a hand is seen by all.

    `actor` None is a room whose own permissions were checked.
    """
    if actor is not None and not can_count_hands(actor, poll):
        raise PermissionDenied(_("Hands are counted in a room, for an open vote under way."))
    poll = Poll.objects.select_for_update(of=("self",)).get(pk=poll.pk)
    known = {option.code for option in poll.asked.choices()}
    if poll.is_secret or poll.status != Poll.Status.OPEN or poll.kind not in COUNTED_BY_HAND:
        raise ValidationError(_("Hands are counted for an open vote under way, with choices only."))
    if set(counts) - known or any(not 0 <= count <= MAX_HANDS for count in counts.values()):
        raise ValidationError(_("Give a number from 0 to %(most)d for each choice.") % {"most": MAX_HANDS})
    for code, count in counts.items():
        HandCount.objects.update_or_create(
            poll=poll, college=college[:20], option=code, defaults={"count": count}
        )
    record_audit(actor=actor, verb="hands_counted", target=poll, changes={"college": college[:20]})
    return poll


def recall_receipt(*, poll: Poll, voter_key: str) -> str | None:
    """The receipt given to this voter, or None when they did not vote; still there once the poll is closed."""
    code = derive_code("receipt", receipt_seed(poll, voter_key))
    kept = Receipt.objects.filter(subject_kind=SUBJECT, subject_id=str(poll.pk))
    return code if kept.filter(code_hash=hash_code("receipt", code)).exists() else None
