"""The sitting: items led, carried, treated; the second meeting."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from consultations.meetings.models import AgendaItem, Attendance
from consultations.meetings.selectors.minutes import minutes_content
from consultations.meetings.services import (
    attending,
    preparing,
    sitting,
)
from tests.factories.meetings import opened, prepared
from tests.factories.process import person

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def test_a_meeting_of_another_day_is_not_opened() -> None:
    made = prepared(days=3, state="convened")
    with pytest.raises(ValidationError):
        sitting.open_meeting(actor=made.secretary, meeting=made.meeting)


def test_the_floor_is_given_in_order_of_asking() -> None:
    made = opened()
    first, second = made.meeting.attendances.filter(mandate__in=made.users_side[:2])
    one = sitting.ask_to_speak(attendance=first)
    two = sitting.ask_to_speak(attendance=second)
    assert sitting.ask_to_speak(attendance=first) == one
    sitting.give_floor(actor=made.secretary, request=one)
    sitting.give_floor(actor=made.secretary, request=two)
    one.refresh_from_db()
    assert (one.state, made.meeting.speech_requests.exclude(state="done").get()) == ("done", two)
    sitting.suspend_meeting(actor=made.secretary, meeting=made.meeting)
    with pytest.raises(ValidationError):
        sitting.ask_to_speak(attendance=Attendance.objects.get(pk=first.pk))


def test_without_quorum_what_decides_is_carried_and_talk_goes_on() -> None:
    made = opened(users=4)
    opinion, talk = made.item(), made.item("debate", "Les sorties")
    made.start(opinion)
    with pytest.raises(ValidationError) as refused:
        made.vote(opinion)
    assert any("Il en manque 1" in text for text in refused.value.messages)
    assert sitting.carry_undecided(actor=made.secretary, meeting=made.meeting) == 1
    opinion.refresh_from_db()
    assert (opinion.state, opinion.state_reason) == ("carried", "le quorum n’était pas atteint")
    made.start(talk)
    with pytest.raises(ValidationError):
        sitting.carry_undecided(actor=person(superuser=True), meeting=opened().meeting)


def test_reconvened_in_one_click_with_what_was_carried() -> None:
    made = opened(users=4)
    carried, talk = made.item(), made.item("debate", "Les sorties")
    sitting.carry_undecided(actor=made.secretary, meeting=made.meeting)
    made.start(talk)
    sitting.close_meeting(actor=made.secretary, meeting=made.meeting)
    again = preparing.reconvene(actor=made.secretary, meeting=made.meeting)
    assert again.reconvened_from == made.meeting
    assert again.items.get().carried_from == AgendaItem.objects.get(pk=carried.pk)
    assert (again.held_on - timezone.localdate()).days >= 15
    assert preparing.reconvene(actor=made.secretary, meeting=made.meeting) == again
    with pytest.raises(ValidationError):
        done = opened()
        sitting.close_meeting(actor=done.secretary, meeting=done.meeting)
        preparing.reconvene(actor=done.secretary, meeting=done.meeting)


def test_closing_carries_what_was_not_treated() -> None:
    made = opened()
    treated, left = made.item("debate"), made.item("information", "Les travaux")
    made.start(treated)
    sitting.close_meeting(actor=made.secretary, meeting=made.meeting)
    treated.refresh_from_db()
    left.refresh_from_db()
    assert (treated.state, left.state, left.state_reason) == ("done", "carried", "le temps a manqué")
    assert made.again().current_item is None


def test_minutes_tell_the_quorum_of_the_opening_and_that_it_was_lost() -> None:
    made = opened(users=5)
    attending.record_leaving(
        actor=made.secretary, attendance=Attendance.objects.get(mandate=made.users_side[0])
    )
    kept = minutes_content(made.again())["quorum"]
    assert (kept["is_valid"], kept["words"][-1]) == (True, "Il a été perdu avant la fin.")
