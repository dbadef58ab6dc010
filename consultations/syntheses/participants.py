"""Who may comment: someone who took part, known by an account, by the device of the room, or by a receipt."""

from dataclasses import dataclass

from django.http import HttpRequest

from accounts.models import User
from accounts.permissions import is_member
from consultations.live.identity import cookie_name
from consultations.live.models import Participant, Room
from consultations.live.services import find_participant
from consultations.syntheses.models import Synthesis
from consultations.syntheses.states import Actor
from consultations.workshops.lineage import CARD, CONTRIBUTION
from consultations.workshops.models import Card, Registration
from core.receipts import normalise_code
from core.selectors import find_receipt
from core.throttle import count_hit, is_over

GUESSES, GUESSES_PER_MINUTE = "syntheses.receipts", 60


@dataclass(frozen=True)
class Commenter:
    """What a person is to a comment: a participant or a reader, their college, their account if they use one."""

    actor: Actor
    college: str = ""
    user: User | None = None


NOBODY = Commenter(Actor.READER)


def commenter_of(request: HttpRequest, synthesis: Synthesis, *, code: str = "") -> Commenter:
    """The participant behind a request. Without a workshop of ours, any account counts."""
    room = _room(synthesis)
    if room is not None:
        participant = find_participant(room=room, token=request.COOKIES.get(cookie_name(room), ""))
        if participant is not None:
            return Commenter(Actor.PARTICIPANT, participant.college)
    if is_member(request.user) and (found := _by_account(request.user, synthesis, room)):
        return found
    return _by_receipt(code, synthesis) if code else NOBODY


def _room(synthesis: Synthesis) -> Room | None:
    if synthesis.workshop_id is None:
        return None
    return Room.objects.filter(kind="workshop", key=str(synthesis.workshop_id)).first()


def _by_account(user: User, synthesis: Synthesis, room: Room | None) -> Commenter | None:
    if synthesis.workshop_id is None:
        return Commenter(Actor.PARTICIPANT, user=user)
    participant = Participant.objects.filter(room=room, user=user).first() if room else None
    if participant is not None:
        return Commenter(Actor.PARTICIPANT, participant.college, user)
    registered = Registration.objects.filter(
        workshop=synthesis.workshop_id, email__iexact=user.email, status=Registration.Status.CONFIRMED
    ).first()
    return Commenter(Actor.PARTICIPANT, registered.college, user) if registered else None


def _by_receipt(code: str, synthesis: Synthesis) -> Commenter:
    """A receipt of this workshop, typed with its slips; wrong ones are counted, without any address."""
    if is_over(GUESSES, GUESSES_PER_MINUTE):
        return NOBODY
    canonical = normalise_code(code)
    receipt = find_receipt(canonical) if canonical else None
    if receipt is not None:
        college = _college(receipt.subject_kind, receipt.subject_id, synthesis)
        if college is not None:
            return Commenter(Actor.PARTICIPANT, college)
    count_hit(GUESSES)
    return NOBODY


def _college(kind: str, key: str, synthesis: Synthesis) -> str | None:
    """The college of what a receipt leads to, when it belongs to this workshop."""
    if synthesis.workshop_id is None:
        return None
    if kind == CARD:
        found = Card.objects.filter(pk=key, stage__workshop=synthesis.workshop_id)
        return found.values_list("college", flat=True).first()
    if kind == CONTRIBUTION:
        people = Participant.objects.filter(
            pk=key, room__kind="workshop", room__key=str(synthesis.workshop_id)
        )
        return people.values_list("college", flat=True).first()
    return None
