"""From the proposal to the agenda, from the vote to the sending, from the answer back to the council."""

import datetime

import pytest
from django.utils import timezone

from consultations.councils.models import Council
from consultations.meetings.majority import Votes
from consultations.meetings.models import AgendaItem, Meeting
from consultations.meetings.selectors.desk import agenda_of
from consultations.meetings.services import agenda as agendas
from consultations.meetings.services import sitting, voting
from consultations.opinions.models import Opinion
from consultations.opinions.services import answering, life
from consultations.opinions.services.placing import ANSWER, put_answers_on_agendas
from tests.factories.meetings import Sitting, opened, prepared
from tests.factories.opinions import answered, given, proposed, sent

pytestmark = pytest.mark.django_db
S = Opinion.State


def on_agenda(made: Sitting, opinion: Opinion) -> AgendaItem:
    """The item of the opinion, under discussion."""
    item = made.item(title=opinion.title, subject_kind="opinion", subject_key=str(opinion.pk))
    return made.start(item)


def decide(made: Sitting, item: AgendaItem, counts: dict[str, Votes]) -> None:
    decision = made.vote(item)
    voting.record_votes(actor=made.secretary, decision=decision, counts=counts)
    voting.close_decision(actor=made.secretary, decision=decision)


def draft_of(council: Council, days: int = 20) -> Meeting:
    """A meeting that is being prepared."""
    return Meeting.objects.create(
        council=council, number=9, held_at=timezone.now() + datetime.timedelta(days=days)
    )


def test_what_a_member_proposed_offers_itself_for_the_next_agenda_once() -> None:
    made = prepared()
    opinion = proposed(made.council)
    (found,) = agenda_of(made.meeting).suggestions
    assert (found.kind, found.suggestion.key) == ("opinion", str(opinion.pk))
    item = agendas.take_suggestion(
        actor=made.secretary, meeting=made.meeting, kind="opinion", key=str(opinion.pk)
    )
    assert item.purpose == "opinion" and item.explanation == opinion.text
    assert agenda_of(made.meeting).suggestions == []


def test_what_is_kept_to_members_makes_a_confidential_item() -> None:
    made = prepared()
    proposed(made.council, is_public=False)
    assert agenda_of(made.meeting).suggestions[0].suggestion.is_confidential


@pytest.mark.parametrize(
    ("counts", "state"),
    [
        ({"supported_persons": Votes(3), "families": Votes(2, 1)}, S.VOTED),
        ({"supported_persons": Votes(0, 3), "families": Votes(0, 3)}, S.NOT_ADOPTED),
        ({"supported_persons": Votes(3), "families": Votes(0, 3)}, S.DEBATED),
    ],
    ids=["adopted", "not adopted", "tied"],
)
def test_the_vote_of_the_meeting_moves_the_opinion(counts: dict[str, Votes], state: str) -> None:
    made = opened(others=0)
    opinion = proposed(made.council)
    decide(made, on_agenda(made, opinion), counts)
    opinion.refresh_from_db()
    assert opinion.state == state
    if state == S.VOTED:
        assert (opinion.number, opinion.voted_on) == (1, made.meeting.held_on)
        assert opinion.counts["families"] == {"for": 2, "against": 1, "abstain": 0}


def test_treated_without_a_vote_it_was_debated() -> None:
    made = opened()
    opinion = proposed(made.council)
    item = on_agenda(made, opinion)
    sitting.finish_item(actor=made.secretary, item=item)
    opinion.refresh_from_db()
    assert (opinion.state, opinion.debated_in) == (S.DEBATED, made.meeting)


def test_quorum_lost_during_the_vote_leaves_it_proposed_and_says_so() -> None:
    made = opened(users=5, others=0)
    opinion = proposed(made.council)
    item = on_agenda(made, opinion)
    decision = made.vote(item)
    voting.record_votes(actor=made.secretary, decision=decision, counts={"supported_persons": Votes(3)})
    for one in made.meeting.attendances.filter(mandate__constituency="families"):
        one.left_at = timezone.now()
        one.save()
    voting.close_decision(actor=made.secretary, decision=decision)
    opinion.refresh_from_db()
    assert opinion.state == S.PROPOSED
    assert [one.verb for one in opinion.events.all()] == ["proposed", "no_quorum"]


def test_an_answer_goes_on_the_agenda_being_prepared_by_itself_and_is_read_back() -> None:
    made = opened()
    opinion = sent(made.council)
    coming = draft_of(made.council)
    answer = answering.answer_opinion(actor=None, opinion=opinion, given=given())
    assert put_answers_on_agendas() == 0, "it went there at once"
    item = AgendaItem.objects.get(meeting=coming, subject_kind=ANSWER)
    assert (item.subject_key, item.purpose, item.state) == (str(answer.pk), "answer", "accepted")


def test_a_treated_answer_is_read_back_in_that_meeting() -> None:
    made = opened()
    answer = answered(made.council).answers.get()
    item = made.start(made.item("answer", subject_kind=ANSWER, subject_key=str(answer.pk)))
    sitting.finish_item(actor=made.secretary, item=item)
    answer.refresh_from_db()
    assert (answer.read_back_in, answer.read_back_on) == (made.meeting, made.meeting.held_on)
    assert agenda_of(draft_of(made.council)).suggestions == []


def test_a_meeting_prepared_after_the_answer_gets_it_by_the_tick_and_the_president_may_take_it_off() -> None:
    opinion = answered()
    meeting = draft_of(opinion.council)
    assert [put_answers_on_agendas(), put_answers_on_agendas()] == [1, 0]
    item = AgendaItem.objects.get(meeting=meeting)
    agendas.refuse_item(actor=None, item=item, reason="Pas cette fois.")
    assert put_answers_on_agendas() == 0
    assert [one.kind for one in agenda_of(meeting).suggestions] == [ANSWER], "still proposed"


def test_answers_of_withdrawn_opinions_are_not_read() -> None:
    opinion = answered(kind="under_study")
    life.withdraw_opinion(actor=None, opinion=opinion, reason="Plus besoin.")
    draft_of(opinion.council)
    assert put_answers_on_agendas() == 0
