"""Votes: one voice each, no vote without right, twice or after the close; the quorum lost meanwhile; nothing joins."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from consultations.meetings.majority import Votes
from consultations.meetings.models import AgendaItem, Attendance, Ballot, Decision, HasVoted
from consultations.meetings.registries import AgendaSource, agenda_sources
from consultations.meetings.services import attending, sitting, voting
from core.models import AuditEntry
from core.states import RefusedTransition
from tests.factories.meetings import Sitting, opened, prepared

pytestmark = pytest.mark.django_db


def under_vote(kind: str = "on_phones", **fields: object) -> tuple[Sitting, Decision]:
    """A meeting where a vote is under way."""
    made = opened(**fields)
    return made, made.vote(made.start(made.item()), kind)


def seat(made: Sitting, place: str, index: int = 0) -> Attendance:
    return Attendance.objects.get(meeting=made.meeting, mandate=made.members[place][index])


def test_phones_and_paper_together_by_constituency() -> None:
    made, decision = under_vote()
    for attendance in made.meeting.attendances.filter(mandate__constituency="supported_persons"):
        assert voting.cast_vote(attendance=attendance, decision=decision, choice="for")
    assert voting.cast_vote(attendance=seat(made, "staff"), decision=decision, choice="against")
    voting.record_votes(actor=made.secretary, decision=decision, counts={"families": Votes(2, 0, 1)})
    closed = voting.close_decision(actor=made.secretary, decision=decision)
    assert (closed.result, closed.present_count, closed.state) == ("adopted", 9, "closed")
    assert closed.votes == Votes(5, 1, 1)
    assert closed.counts["supported_persons"] == {"for": 3, "against": 0, "abstain": 0}
    assert closed.quorum["is_valid"] is True


def test_twice_changes_nothing() -> None:
    made, decision = under_vote()
    mine = seat(made, "families")
    assert voting.cast_vote(attendance=mine, decision=decision, choice="for")
    assert not voting.cast_vote(attendance=mine, decision=decision, choice="against")
    assert [one.choice for one in Ballot.objects.all()] == ["for"]


def test_a_seat_votes_once_whoever_holds_it() -> None:
    made, decision = under_vote()
    full, substitute = seat(made, "families"), made.substitutes["families"][0]
    voting.cast_vote(attendance=full, decision=decision, choice="for")
    attending.record_leaving(actor=made.secretary, attendance=full)
    stand_in = made.come(substitute)[0]
    assert Attendance.objects.get(pk=stand_in.pk).stands_in_for_id == full.mandate_id
    assert not voting.cast_vote(attendance=stand_in, decision=decision, choice="against")


@pytest.mark.parametrize("who", ["guest", "substitute beside the member", "gone"])
def test_without_right(who: str) -> None:
    made, decision = under_vote()
    if who == "guest":
        attendance = attending.add_guest(actor=made.secretary, meeting=made.meeting, name="Mme B.", role="")
    elif who == "gone":
        attendance = attending.record_leaving(actor=made.secretary, attendance=seat(made, "doctor"))
    else:
        attendance = made.come(made.substitutes["families"][0])[0]
    with pytest.raises(PermissionDenied, match="voix"):
        voting.cast_vote(attendance=attendance, decision=decision, choice="for")
    assert not Ballot.objects.exists()


def test_after_the_close_or_by_hand_or_on_paper() -> None:
    made, decision = under_vote()
    on_paper = seat(made, "families", 1)
    Attendance.objects.filter(pk=on_paper.pk).update(votes_on_paper=True)
    on_paper.refresh_from_db()
    with pytest.raises(PermissionDenied, match="papier"):
        voting.cast_vote(attendance=on_paper, decision=decision, choice="for")
    with pytest.raises(ValidationError):
        voting.cast_vote(attendance=seat(made, "staff"), decision=decision, choice="maybe")
    voting.cast_vote(attendance=seat(made, "staff"), decision=decision, choice="for")
    closed = voting.close_decision(actor=made.secretary, decision=decision)
    with pytest.raises(PermissionDenied, match="fermé"):
        voting.cast_vote(attendance=seat(made, "doctor"), decision=closed, choice="for")
    with pytest.raises(ValidationError):
        voting.record_votes(actor=made.secretary, decision=closed, counts={"staff": Votes(1)})
    assert voting.close_decision(actor=made.secretary, decision=closed).votes == Votes(1)
    hands = made.vote(AgendaItem.objects.get(pk=decision.item_id))
    with pytest.raises(PermissionDenied, match="main levée"):
        voting.cast_vote(attendance=seat(made, "doctor"), decision=hands, choice="for")


def test_a_secret_vote_keeps_totals_only() -> None:
    made, decision = under_vote("secret")
    for attendance in made.meeting.attendances.filter(mandate__constituency="families"):
        voting.cast_vote(attendance=attendance, decision=decision, choice="against")
    assert set(Ballot.objects.values_list("constituency", flat=True)) == {""}
    with pytest.raises(ValidationError):
        voting.record_votes(actor=made.secretary, decision=decision, counts={"staff": Votes(1)})
    voting.record_votes(actor=made.secretary, decision=decision, counts={"": Votes(4, 1, 0)})
    closed = voting.close_decision(actor=made.secretary, decision=decision)
    assert closed.counts == {"": {"for": 4, "against": 4, "abstain": 0}}
    assert (closed.result, closed.by_constituency) == ("tied", [])


def test_nothing_joins_a_voter_to_a_choice_after_the_close() -> None:
    made, decision = under_vote("secret")
    for choice, attendance in zip(("for", "against"), made.meeting.attendances.all(), strict=False):
        voting.cast_vote(attendance=attendance, decision=decision, choice=choice)
    voting.close_decision(actor=made.secretary, decision=decision)
    assert not Ballot.objects.exists()
    assert not HasVoted.objects.exists()
    assert not AuditEntry.objects.filter(verb__startswith="vote_").exists()
    said = " ".join(str(entry.changes) for entry in AuditEntry.objects.all())
    assert "against" not in said


def test_more_hands_than_voices_is_refused_by_name() -> None:
    made, decision = under_vote("show_of_hands")
    with pytest.raises(ValidationError, match="4 votes pour 3 voix"):
        voting.record_votes(actor=made.secretary, decision=decision, counts={"families": Votes(4)})
    phone = under_vote()
    voting.cast_vote(attendance=seat(phone[0], "staff"), decision=phone[1], choice="for")
    with pytest.raises(ValidationError):
        voting.record_votes(actor=phone[0].secretary, decision=phone[1], counts={"staff": Votes(1)})


def test_quorum_lost_during_the_vote_makes_it_void_and_carries_the_item() -> None:
    made, decision = under_vote("show_of_hands", users=5, others=3)
    voting.record_votes(
        actor=made.secretary, decision=decision, counts={"supported_persons": Votes(3), "families": Votes(2)}
    )
    attending.record_leaving(actor=made.secretary, attendance=seat(made, "families"))
    closed = voting.close_decision(actor=made.secretary, decision=decision)
    assert closed.result == "no_quorum"
    item = AgendaItem.objects.get(pk=decision.item_id)
    assert (item.state, item.state_reason) == ("carried", "le quorum n’était pas atteint")
    later = made.item(title="Les repas")
    made.start(later)
    with pytest.raises(ValidationError):
        made.vote(later)


def test_at_the_second_meeting_the_majority_of_those_present_is_enough() -> None:
    first = opened(users=4)
    item = first.item()
    sitting.carry_undecided(actor=first.secretary, meeting=first.meeting)
    sitting.close_meeting(actor=first.secretary, meeting=first.meeting)
    second = opened(users=4, others=2)
    second.meeting.reconvened_from = first.again()
    second.meeting.save()
    again = second.start(second.item(carried_from=item))
    decision = second.vote(again)
    voting.record_votes(
        actor=second.secretary,
        decision=decision,
        counts={"supported_persons": Votes(3), "families": Votes(1)},
    )
    closed = voting.close_decision(actor=second.secretary, decision=decision)
    assert (closed.result, closed.quorum["ground"], closed.present_count) == ("adopted", "reconvened", 6)


def test_only_the_item_under_discussion_that_was_announced_with_a_vote() -> None:
    made = opened()
    first, second, talk = made.item(), made.item(), made.item("debate")
    made.start(first)
    with pytest.raises(ValidationError):
        made.vote(second)
    decision = made.vote(first)
    with pytest.raises(ValidationError):
        made.vote(first)
    with pytest.raises(ValidationError):
        made.start(second)
    with pytest.raises(ValidationError):
        sitting.close_meeting(actor=made.secretary, meeting=made.meeting)
    with pytest.raises(ValidationError):
        voting.close_decision(actor=made.secretary, decision=decision)
    with pytest.raises(ValidationError):
        voting.void_decision(actor=made.secretary, decision=decision, reason="")
    voting.void_decision(actor=made.secretary, decision=decision, reason="Question mal posée")
    made.start(talk)
    with pytest.raises(ValidationError):
        made.vote(talk)


def test_leading_is_refused_to_members_and_while_suspended() -> None:
    made = opened()
    item = made.start(made.item())
    with pytest.raises(PermissionDenied):
        voting.open_decision(actor=prepared().president, item=item, question="Oui ?", kind="show_of_hands")
    sitting.suspend_meeting(actor=made.secretary, meeting=made.meeting)
    with pytest.raises(RefusedTransition, match="suspendue"):
        made.vote(item)


def test_sources_are_told_of_every_closed_vote(monkeypatch: pytest.MonkeyPatch) -> None:
    made = opened()
    told: list[str] = []
    source = AgendaSource(
        "avis", lambda council, day: [], decided=lambda **g: told.append(g["decision"].result)
    )
    monkeypatch.setitem(agenda_sources._entries, "test_opinion", source)
    item = made.start(made.item(subject_kind="test_opinion", subject_key="1"))
    decision = made.vote(item)
    voting.record_votes(actor=made.secretary, decision=decision, counts={"families": Votes(3)})
    voting.close_decision(actor=made.secretary, decision=decision)
    assert told == ["rejected"]
