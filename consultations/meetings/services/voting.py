"""Votes: opened under the quorum, one voice each, on phones and on paper together, totals only once closed.

A voice belongs to a seat, not to a person: a substitute votes for the member they stand in for, and neither votes
again. Marks of who voted and ballots share no key and are deleted when the vote closes.
"""

from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.councils.models import Constituency
from consultations.meetings.majority import Result, Votes, decide, total
from consultations.meetings.models import AgendaItem, Attendance, Ballot, Decision, HasVoted, Meeting
from consultations.meetings.models.decision import Choice, read_votes
from consultations.meetings.registries import agenda_sources
from consultations.meetings.selectors.presence import Room, room_of
from consultations.meetings.services.acting import audit, check, lock, tell
from consultations.meetings.services.sitting import carry_for_quorum
from consultations.meetings.standing import Voice
from consultations.meetings.wording import quorum_words

Kind, State = Decision.Kind, Decision.State
Counts = Mapping[str, Votes]


@transaction.atomic
def open_decision(*, actor: User | None, item: AgendaItem, question: str, kind: str) -> Decision:
    """Put a question to the vote on the item under discussion; refused, in words, without the quorum."""
    meeting = lock(item.meeting)
    check("lead", actor=actor, meeting=meeting)
    if meeting.current_item_id != item.pk or item.state != AgendaItem.State.ACCEPTED:
        raise ValidationError(_("Start this item first: a vote is on the item under discussion."))
    room = room_of(meeting)
    if not room.verdict.is_valid:
        raise ValidationError([*quorum_words(room.verdict), _("Carry this item to the second meeting.")])
    if not item.decides:
        raise ValidationError(_("This item was announced without a vote: it cannot decide anything today."))
    if Decision.objects.filter(item__meeting=meeting, state=State.OPEN).exists():
        raise ValidationError(_("A vote is already under way: close it first."))
    if item.secret_asked and kind != Kind.SECRET:
        raise ValidationError(
            {"kind": _("A member asked for a secret vote on this item: choose the secret ballot.")}
        )
    return _open(actor, item, question.strip(), kind, room)


def _open(actor: User | None, item: AgendaItem, question: str, kind: str, room: Room) -> Decision:
    decision = Decision(
        item=item,
        number=item.decisions.count() + 1,
        kind=kind,
        question=question,
        opened_at=timezone.now(),
        opened_by=actor,
        quorum=room.verdict.as_json(),
        present_count=len(room.voices),
        majority=room.base,
    )
    decision.full_clean(exclude=["item", "opened_by"])
    decision.save(force_insert=True)
    audit(actor, "decision_opened", item.meeting, decision=str(decision.pk), kind=kind)
    tell(item.meeting, "vote")
    return decision


def restart_in_secret(*, actor: User | None, meeting: Meeting, decision: Decision) -> Decision:
    """Stop a vote under way and put the same question to a secret one. The caller has checked and holds the lock."""
    _void(actor, meeting, decision, _("a member asked for a secret vote"))
    item = decision.item
    item.meeting = meeting
    return _open(actor, item, decision.question, Kind.SECRET, room_of(meeting))


@transaction.atomic
def cast_vote(*, attendance: Attendance, decision: Decision, choice: str, seat: UUID | None = None) -> bool:
    """One voice, whole or not at all; False when this voice had already voted, which changes nothing.

    `seat` says whose vote it is, for someone who carries another's by proxy; their own when it is not said.
    """
    meeting = lock(attendance.meeting)
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if choice not in Choice.values:
        raise ValidationError(_("Choose for, against or abstention."))
    if decision.state != State.OPEN:
        raise PermissionDenied(_("This vote is closed."))
    voice = _voice_of(meeting, attendance, seat)
    if decision.kind == Kind.HANDS:
        raise PermissionDenied(_("This vote is by a show of hands: raise yours."))
    if attendance.votes_on_paper:
        raise PermissionDenied(_("You vote on paper: give your ballot to the secretary."))
    try:
        with transaction.atomic():
            HasVoted.objects.create(decision=decision, mandate_id=voice.seat)
    except IntegrityError:
        return False
    place = "" if decision.is_secret else voice.constituency
    Ballot.objects.create(decision=decision, choice=choice, constituency=place)
    tell(meeting, "votes")
    return True


def _voice_of(meeting: Meeting, attendance: Attendance, seat: UUID | None) -> Voice[UUID]:
    line = room_of(meeting).line_of(attendance.mandate_id)
    if line is None or line.voice is None:
        raise PermissionDenied(
            _(
                "You have no voice in this vote: guests advise, and a substitute votes when the member is absent."
            )
        )
    found = next((one for one in line.voices if seat is None or one.seat == seat), None)
    if found is None:
        raise PermissionDenied(_("You no longer carry this member's vote."))
    return found


@transaction.atomic
def record_votes(*, actor: User | None, decision: Decision, counts: Counts) -> Decision:
    """Hands raised or paper ballots counted by the secretary; counting again replaces.

    By constituency, or whole under the key "" for a secret vote. Never more than the voices there to cast them.
    """
    meeting = lock(decision.item.meeting)
    check("lead", actor=actor, meeting=meeting)
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if decision.state != State.OPEN:
        raise ValidationError(_("This vote is closed."))
    if decision.is_secret and set(counts) - {""}:
        raise ValidationError(_("A secret vote is counted whole, never by constituency."))
    _refuse_too_many(decision, counts, room_of(meeting))
    decision.paper = {place: votes.as_json() for place, votes in counts.items() if votes.total}
    decision.save(update_fields=["paper"])
    audit(actor, "votes_recorded", meeting, decision=str(decision.pk))
    tell(meeting, "votes")
    return decision


def _refuse_too_many(decision: Decision, counts: Counts, room: Room) -> None:
    """What is counted by hand, with what came by phone, is never more than the voices there."""
    phones = phone_votes(decision)
    held = {"": len(room.voices)} if decision.is_secret else room.voices_by_constituency()
    for place, votes in counts.items():
        given, most = votes.total + phones.get(place, Votes()).total, held.get(place, 0)
        if votes.total and given > most:
            label = Constituency(place).label if place else _("all together")
            raise ValidationError(
                _("%(place)s: %(given)d votes for %(most)d voices. Count again.")
                % {"place": label, "given": given, "most": most}
            )


def phone_votes(decision: Decision) -> dict[str, Votes]:
    """Ballots cast on phones, by constituency (all under "" when secret)."""
    counted: dict[str, Votes] = {}
    for place, choice in decision.ballots.values_list("constituency", "choice"):
        one = Votes(int(choice == Choice.FOR), int(choice == Choice.AGAINST), int(choice == Choice.ABSTAIN))
        counted[place] = counted.get(place, Votes()) + one
    return counted


def all_votes(decision: Decision) -> dict[str, Votes]:
    """Phones and paper together."""
    counted = phone_votes(decision)
    for place, kept in decision.paper.items():
        counted[place] = counted.get(place, Votes()) + read_votes(kept)
    return counted


@transaction.atomic
def close_decision(*, actor: User | None, decision: Decision) -> Decision:
    """Count, decide under the quorum of this moment, forget who voted and each ballot.

    When the quorum was lost meanwhile the vote is not valid: the item is carried to the second meeting.
    """
    meeting = lock(decision.item.meeting)
    check("lead", actor=actor, meeting=meeting)
    decision = (
        Decision.objects.select_for_update(of=("self",)).select_related("item__meeting").get(pk=decision.pk)
    )
    if decision.state != State.OPEN:
        return decision
    room, counted = room_of(meeting), all_votes(decision)
    whole = total(counted.values())
    if not whole.total:
        raise ValidationError(_("Nobody has voted yet: count the votes first, or cancel this vote."))
    decision.present_count = max(len(room.voices), whole.total)
    decision.counts = {place: votes.as_json() for place, votes in sorted(counted.items())}
    decision.quorum = room.verdict.as_json()
    if room.verdict.is_valid:
        decision.result = decide(whole, present=decision.present_count, base=room.base)
    else:
        decision.result = Decision.Result.NO_QUORUM
    decision.state, decision.closed_at, decision.paper = State.CLOSED, timezone.now(), {}
    decision.save()
    _forget(decision)
    _follow(actor, decision)
    audit(actor, "decision_closed", meeting, decision=str(decision.pk), result=decision.result)
    tell(meeting, "vote")
    return decision


def _forget(decision: Decision) -> None:
    decision.voters.all().delete()
    decision.ballots.all().delete()


def _follow(actor: User | None, decision: Decision) -> None:
    """What comes of the result: the item is carried when it is not valid, its source is told either way."""
    item = decision.item
    if decision.result == Decision.Result.NO_QUORUM:
        carry_for_quorum(actor=actor, item=item)
    if item.subject_kind in agenda_sources:
        agenda_sources[item.subject_kind].decided(item=item, decision=decision, actor=actor)


@transaction.atomic
def void_decision(*, actor: User | None, decision: Decision, reason: str) -> Decision:
    """Stop a vote under way without effect, and why: it stays in the minutes."""
    meeting = lock(decision.item.meeting)
    check("lead", actor=actor, meeting=meeting)
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if decision.state != State.OPEN:
        raise ValidationError(_("This vote is closed."))
    if not reason.strip():
        raise ValidationError({"reason": _("Write why this vote is stopped.")})
    _void(actor, meeting, decision, reason.strip()[:300])
    tell(meeting, "vote")
    return decision


def _void(actor: User | None, meeting: Meeting, decision: Decision, reason: str) -> None:
    decision.state, decision.state_reason = State.VOID, reason
    decision.closed_at, decision.paper = timezone.now(), {}
    decision.save(update_fields=["state", "state_reason", "closed_at", "paper"])
    _forget(decision)
    audit(actor, "decision_voided", meeting, decision=str(decision.pk))


def is_adopted(decision: Decision) -> bool:
    """True for a valid, adopted decision: for sources that follow it."""
    return decision.result == Result.ADOPTED
