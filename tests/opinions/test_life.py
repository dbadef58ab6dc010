"""An opinion from its proposal to its sending: who, when, and what is refused."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from consultations.meetings.majority import Votes
from consultations.opinions.models import Opinion
from consultations.opinions.services import life
from core.states import RefusedTransition
from tests.factories.councils import establishment_of, full_council
from tests.factories.days import days_ago
from tests.factories.opinions import people, proposed, sent, voted
from tests.factories.process import place

pytestmark = pytest.mark.django_db
S = Opinion.State


def test_a_member_proposes_and_the_thread_begins_unseen_by_the_public() -> None:
    ours = people()
    opinion = life.propose_opinion(
        actor=ours.member, council=ours.council, title="Un banc", text="Près du portail."
    )
    assert opinion.proposed_by is not None and opinion.proposed_by.user == ours.member
    assert [(one.verb, one.is_public, one.actor_role) for one in opinion.events.all()] == [
        ("proposed", False, "member")
    ]
    assert not opinion.is_published


@pytest.mark.parametrize("who", ["director", "stranger"])
def test_those_who_do_not_sit_in_the_council_do_not_propose(who: str) -> None:
    ours = people()
    with pytest.raises(PermissionDenied):
        life.propose_opinion(actor=getattr(ours, who), council=ours.council, title="Un banc", text="Ici.")


def test_a_text_too_long_is_refused_by_name() -> None:
    ours = people()
    with pytest.raises(ValidationError) as refused:
        life.propose_opinion(actor=ours.member, council=ours.council, title="Un banc", text="a" * 5001)
    assert set(refused.value.message_dict) == {"text"}


def test_the_vote_gives_the_number_and_freezes_the_words() -> None:
    first = voted()
    second = voted(first.council)
    assert (first.number, second.number) == (1, 2)
    with pytest.raises(ValidationError) as refused:
        life.update_opinion(actor=None, opinion=second, title="Autre chose")
    assert set(refused.value.message_dict) == {"title"}
    assert life.update_opinion(actor=None, opinion=second, easy_read="Manger plus tard.").easy_read


@pytest.mark.parametrize(
    ("votes", "state"),
    [(Votes(6, 1, 1), S.VOTED), (Votes(1, 6, 1), S.NOT_ADOPTED), (Votes(3, 1, 3), S.NOT_ADOPTED)],
)
def test_a_vote_outside_the_platform_is_decided_as_in_a_meeting(votes: Votes, state: str) -> None:
    opinion = life.record_vote(actor=None, opinion=proposed(), on=days_ago(3), votes=votes, note="Relevé")
    assert opinion.state == state
    assert (opinion.number is None) is (state == S.NOT_ADOPTED)


@pytest.mark.parametrize("votes", [Votes(3, 3, 1), Votes()])
def test_a_tie_or_no_vote_at_all_is_not_recorded(votes: Votes) -> None:
    with pytest.raises(ValidationError):
        life.record_vote(actor=None, opinion=proposed(), on=days_ago(3), votes=votes, note="Relevé")


def test_the_day_the_answer_is_due_comes_from_the_bylaws() -> None:
    opinion = sent(ago=10)
    assert opinion.due_on == opinion.first_due_on == days_ago(10) + datetime.timedelta(days=60)
    assert opinion.is_published and not opinion.is_overdue
    assert sent(ago=61).days_late == 1
    assert list(Opinion.objects.overdue(timezone.localdate()).values_list("sent_on", flat=True)) == [
        days_ago(61)
    ]


def test_dates_never_go_backwards_nor_ahead() -> None:
    opinion = voted(ago=20)
    to = establishment_of(opinion.council)
    for day in (days_ago(21), days_ago(-1)):
        with pytest.raises(ValidationError) as refused:
            life.send_opinion(actor=None, opinion=opinion, sent_to=to, on=day)
        assert set(refused.value.message_dict) == {"on"}
    opinion.refresh_from_db()
    assert opinion.state == S.VOTED


def test_sending_needs_a_body_to_answer() -> None:
    with pytest.raises(ValidationError) as refused:
        life.send_opinion(actor=None, opinion=voted(), sent_to=None, on=days_ago(1))
    assert set(refused.value.message_dict) == {"sent_to"}


def test_an_opinion_is_not_sent_before_it_is_voted() -> None:
    opinion = proposed()
    with pytest.raises(RefusedTransition) as refused:
        life.send_opinion(
            actor=people(opinion.council).secretary,
            opinion=opinion,
            sent_to=establishment_of(opinion.council),
            on=days_ago(1),
        )
    assert "withdraw" in refused.value.possible


def test_withdrawing_says_why_and_keeps_everything() -> None:
    opinion = sent()
    with pytest.raises(ValidationError):
        life.withdraw_opinion(actor=None, opinion=opinion, reason=" ")
    life.withdraw_opinion(actor=None, opinion=opinion, reason="La salle est déjà refaite.")
    opinion.refresh_from_db()
    assert opinion.state == S.WITHDRAWN and opinion.is_published
    assert opinion.events.last().text == "La salle est déjà refaite."  # type: ignore[union-attr]


def test_the_director_of_the_place_does_not_withdraw_what_was_asked_of_them() -> None:
    opinion = sent()
    with pytest.raises(PermissionDenied):
        life.withdraw_opinion(actor=people(opinion.council).director, opinion=opinion, reason="Non.")


def test_another_council_is_not_this_one() -> None:
    theirs = people(full_council(territory=place("Lauzun")))
    with pytest.raises(PermissionDenied):
        life.withdraw_opinion(actor=theirs.secretary, opinion=proposed(), reason="Non.")
