"""Acknowledged, answered, read back, carried out, evaluated: each by whom, and what is refused by name."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from consultations.opinions.models import Opinion
from consultations.opinions.services import after, answering
from core.states import RefusedTransition
from tests.factories.days import DAY, dated, days_ago
from tests.factories.opinions import answered, given, in_state, people, sent, voted

pytestmark = pytest.mark.django_db
S = Opinion.State


def test_the_director_answers_by_their_own_account() -> None:
    opinion = sent()
    ours = people(opinion.council)
    answering.acknowledge_opinion(actor=ours.director, opinion=opinion)
    answer = answering.answer_opinion(actor=ours.director, opinion=opinion, given=given("in_part"))
    opinion.refresh_from_db()
    assert (opinion.state, opinion.answer_kind, opinion.was_in_time) == (S.ANSWERED, "in_part", True)
    assert answer.way == "account"
    assert [(one.verb, one.actor_role) for one in opinion.events.all()][-2:] == [
        ("acknowledged", "body"),
        ("answered", "body"),
    ]


def test_the_secretary_copies_an_answer_received_on_paper() -> None:
    opinion = sent()
    answer = answering.answer_opinion(actor=people(opinion.council).secretary, opinion=opinion, given=given())
    assert answer.way == "recorded"


@pytest.mark.parametrize("who", ["member", "stranger"])
def test_others_do_not_answer(who: str) -> None:
    opinion = sent()
    with pytest.raises(PermissionDenied):
        answering.answer_opinion(actor=getattr(people(opinion.council), who), opinion=opinion, given=given())


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "refused", "reasons": " "}, "reasons"),
        ({"kind": "in_part", "reasons": ""}, "reasons"),
        ({"text": ""}, "text"),
        ({"by_title": ""}, "by_title"),
        ({"kind": "peut-être"}, "kind"),
        ({"kind": "under_study", "decide_by": None}, "decide_by"),
        ({"kind": "under_study", "decide_by": 0 * DAY}, "decide_by"),
        ({"on": -11 * DAY}, "on"),
        ({"on": DAY}, "on"),
        ({"text": "a" * 5001}, "text"),
    ],
)
def test_an_incomplete_answer_is_refused_by_name_and_nothing_moves(
    wrong: dict[str, object], field: str
) -> None:
    opinion = sent(ago=10)
    with pytest.raises(ValidationError) as refused:
        answering.answer_opinion(actor=None, opinion=opinion, given=given(**dated(wrong)))  # type: ignore[arg-type]
    assert set(refused.value.message_dict) == {field}
    opinion.refresh_from_db()
    assert opinion.state == S.SENT and not opinion.answers.exists()


def test_under_study_gives_a_day_and_does_not_stop_the_first_clock() -> None:
    opinion = answered(kind="under_study", ago=70)
    assert (opinion.state, opinion.due_on, opinion.is_overdue) == (S.UNDER_STUDY, days_ago(-30), False)
    answering.answer_opinion(actor=None, opinion=opinion, given=given())
    opinion.refresh_from_db()
    assert opinion.was_in_time is False
    assert [one.kind for one in opinion.answers.all()] == ["under_study", "accepted"]


def test_an_answer_may_change_and_both_stay() -> None:
    opinion = answered(kind="refused")
    answering.answer_opinion(actor=None, opinion=opinion, given=given("accepted"))
    opinion.refresh_from_db()
    assert opinion.answer_kind == "accepted" and opinion.answers.count() == 2


def test_what_was_refused_is_not_carried_out() -> None:
    with pytest.raises(ValidationError):
        after.carry_out_opinion(actor=None, opinion=answered(kind="refused"), text="Fait.")


def test_carried_out_then_evaluated_in_words() -> None:
    opinion = in_state(S.EVALUATED)
    assert [one.verb for one in opinion.events.all()][-2:] == ["carried_out", "evaluated"]
    with pytest.raises(RefusedTransition):
        after.carry_out_opinion(actor=None, opinion=opinion, text="Encore.")


def test_an_answer_is_read_back_once() -> None:
    opinion = answered()
    answer = opinion.answers.get()
    for _again in range(2):
        answering.mark_read_back(actor=None, answer=answer, on=days_ago(0))
    assert opinion.events.filter(verb="read_back").count() == 1


def test_an_answer_relayed_by_the_federation_ends_the_wait_once() -> None:
    joint, origin = answered(), voted()
    for _again in range(2):
        answering.relay_answer(actor=None, opinion=origin, answer=joint.answers.get())
    origin.refresh_from_db()
    assert (origin.state, origin.answers.count(), origin.answers.get().way) == (S.ANSWERED, 1, "relayed")
