"""The day an answer was due passes, and those who have to answer are reminded, each time once."""

from typing import Any

import pytest
from django.core import mail

from accounts.models import Role
from consultations.opinions.models import Opinion
from consultations.opinions.services import answering, life
from consultations.opinions.services.due import fall_due, send_reminders
from tests.factories.councils import director_of, secretary_of
from tests.factories.days import days_ago
from tests.factories.opinions import authority, given, sent, voted
from tests.factories.process import person

pytestmark = pytest.mark.django_db
S = Opinion.State


@pytest.mark.parametrize(("ago", "falls"), [(59, 0), (60, 0), (61, 1)])
def test_the_day_after_the_day_due_it_says_so_once(ago: int, falls: int) -> None:
    opinion = sent(ago=ago)
    assert [fall_due(), fall_due()] == [falls, 0]
    opinion.refresh_from_db()
    assert (opinion.state == S.ANSWER_DUE) is bool(falls)
    assert opinion.events.filter(verb="fell_due", on=days_ago(ago - 61)).count() == falls


def test_an_answer_promised_under_study_may_fall_due_again() -> None:
    opinion = sent(ago=100)
    promised = given("under_study", on=days_ago(50), decide_by=days_ago(5))
    answering.answer_opinion(actor=None, opinion=opinion, given=promised)
    assert fall_due() == 1
    opinion.refresh_from_db()
    answering.answer_opinion(actor=None, opinion=opinion, given=given())
    opinion.refresh_from_db()
    assert (opinion.state, opinion.was_in_time) == (S.ANSWERED, False)


def reminded(capture: Any) -> list[str]:
    """Who the tick wrote to."""
    mail.outbox.clear()
    with capture(execute=True):
        send_reminders()
    return sorted(one.to[0] for one in mail.outbox)


@pytest.mark.parametrize(
    ("ago", "who"),
    [(30, []), (46, ["director"]), (61, ["director", "secretary"]), (80, ["director", "secretary"])],
    ids=["too early", "two weeks before", "the day after", "long after"],
)
def test_who_is_written_to_and_when(
    ago: int, who: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    opinion = sent(ago=ago)
    readers = {"director": director_of(opinion.council), "secretary": secretary_of(opinion.council)}
    assert reminded(django_capture_on_commit_callbacks) == sorted(readers[name].email for name in who)
    assert reminded(django_capture_on_commit_callbacks) == [], "once"
    assert opinion.events.filter(verb="reminded").count() == bool(who)


def test_the_body_asked_first_then_its_director(django_capture_on_commit_callbacks: Any) -> None:
    opinion = voted(ago=90)
    body, _official = authority(opinion.council)
    life.send_opinion(
        actor=None, opinion=opinion, sent_to=body, on=days_ago(61), to_email="autonomie@exemple.fr"
    )
    assert reminded(django_capture_on_commit_callbacks) == ["autonomie@exemple.fr"]
    above = person(Role.DIRECTOR, on=body)
    Opinion.objects.filter(pk=opinion.pk).update(sent_on=days_ago(80), due_on=days_ago(20))
    assert reminded(django_capture_on_commit_callbacks) == [above.email]


def test_the_code_is_for_the_body_asked_alone(django_capture_on_commit_callbacks: Any) -> None:
    opinion = sent(ago=61)
    director, secretary = director_of(opinion.council), secretary_of(opinion.council)
    reminded(django_capture_on_commit_callbacks)
    by_reader = {one.to[0]: one.body for one in mail.outbox}
    assert f"/avis/{opinion.pk}/repondre/?code=" in by_reader[director.email]
    assert "code" not in by_reader[secretary.email]


def test_what_is_answered_or_withdrawn_is_left_alone(django_capture_on_commit_callbacks: Any) -> None:
    first, second = sent(ago=70), sent(ago=70)
    director_of(first.council), director_of(second.council)
    answering.answer_opinion(actor=None, opinion=first, given=given())
    life.withdraw_opinion(actor=None, opinion=second, reason="Plus besoin.")
    assert (fall_due(), reminded(django_capture_on_commit_callbacks)) == (0, [])
