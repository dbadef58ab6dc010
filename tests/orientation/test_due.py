"""The tick: reminders, ends, closed services, counts, oblivion. Twice is once."""

import datetime
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orientation.models import HelpRequest, OrientationSignal, Sending
from orientation.services import answering, asking, due
from orientation.states import Part
from orientation.tokens import new_link
from tests.factories.orientation import NEED, asked, sending, taker
from tests.factories.process import place

pytestmark = pytest.mark.django_db


def aged(one: Sending, days: int) -> Sending:
    day = timezone.localdate() - datetime.timedelta(days=days)
    Sending.objects.filter(pk=one.pk).update(sent_on=day, moved_on=day)
    HelpRequest.objects.filter(pk=one.help_request_id).update(created_on=day)
    one.refresh_from_db()
    return one


@pytest.mark.parametrize(
    ("days", "state", "reminded"),
    [
        (9, "sent", 0),
        (10, "sent", 1),
        (12, "seen", 1),
        (12, "studying", 0),
        (12, "accepted", 0),
        (12, "withdrawn", 0),
    ],
)
def test_one_reminder_after_ten_days(
    days: int, state: str, reminded: int, django_capture_on_commit_callbacks: Any
) -> None:
    aged(sending(state), days)
    with django_capture_on_commit_callbacks(execute=True):
        assert due.remind_services() == reminded
        assert due.remind_services() == 0
    assert len(mail.outbox) == reminded


@pytest.mark.parametrize(
    ("days", "state", "ended"),
    [
        (29, "sent", 0),
        (30, "sent", 1),
        (31, "seen", 1),
        (45, "studying", 1),
        (45, "accepted", 0),
        (45, "full", 0),
    ],
)
def test_what_nobody_answers_ends_after_thirty_days(days: int, state: str, ended: int) -> None:
    one = aged(sending(state), days)
    assert due.expire_sendings() == ended
    assert due.expire_sendings() == 0
    one.refresh_from_db()
    assert one.state == ("expired" if ended else state)


@pytest.mark.parametrize(
    "change", [{"published": False}, {"status": "defunct"}, {"status": "inactive"}, {"takes_requests": False}]
)
def test_a_service_closed_while_a_request_waits_leads_to_another(change: dict) -> None:
    commune = place()
    first, second = taker(commune), taker(commune)
    one = asked(first).sendings.get()
    type(first).objects.filter(pk=first.pk).update(**change)
    assert due.close_sendings() == 1
    assert due.close_sendings() == 0
    one.refresh_from_db()
    assert (one.state, one.proposed) == ("closed", second)


def test_ends_become_counts_once_by_need_and_month_with_nobody_behind() -> None:
    for verb in ("accept", "fill"):
        answering.answer_sending(actor=None, sending=sending(), parts=frozenset({Part.SERVICE}), verb=verb)
    sending("withdrawn"), sending("sent")
    assert due.count_signals() == 2
    assert due.count_signals() == 0
    rows = list(
        OrientationSignal.objects.order_by("outcome").values_list("month", "need", "epci", "outcome", "count")
    )
    first = timezone.localdate().replace(day=1)
    assert rows == [(first, NEED, "", "accepted", 1), (first, NEED, "", "full", 1)]


def test_after_two_years_nothing_is_left_of_the_person() -> None:
    old, recent = aged(sending("accepted"), 730), aged(sending("accepted"), 729)
    assert due.forget_old_requests() == 1
    assert due.forget_old_requests() == 0
    old.help_request.refresh_from_db()
    recent.help_request.refresh_from_db()
    assert old.help_request.contact == "" and old.help_request.erased_on
    assert old.help_request.withdrawn_on is None
    assert recent.help_request.contact


def test_the_link_of_a_request_that_ended_says_so_until_it_is_forgotten(client: Client) -> None:
    one = sending("seen")
    token, link = new_link(one)
    page = reverse("orientation:answer", args=[token])
    type(one.service).objects.filter(pk=one.service.pk).update(status="defunct")
    due.close_sendings()
    told = client.get(page)
    assert told.status_code == 410 and "Cette demande est terminée" in told.text
    follow = client.get(reverse("orientation:follow", args=[asking._code_of(one.help_request)])).text
    assert (
        "Le service a fermé" in follow
        and f'href="{reverse("directory:search")}?besoin={NEED}&amp;lieu=' in follow
    )
    asking.erase_request(actor=None, request=one.help_request, parts=frozenset({Part.PERSON}))
    assert client.get(page).status_code == 410
    type(link).objects.update(sent_at=timezone.now() - datetime.timedelta(days=731))
    due.forget_old_requests()
    assert client.get(page).status_code == 404


def test_a_service_closed_for_a_time_says_so_and_another_is_found_when_asked(client: Client) -> None:
    commune = place()
    first, second = taker(commune), taker(commune)
    request = asked(first)
    page = reverse("orientation:follow", args=[asking._code_of(request)])
    key = str(request.sendings.get().pk)
    client.post(page, {"verb": "other", "sending": key})
    assert request.sendings.get().proposed is None  # it is open: nothing is looked for
    type(first).objects.filter(pk=first.pk).update(status="temporarily_closed")
    assert due.close_sendings() == 0
    assert 'value="other"' in client.get(page).text
    client.post(page, {"verb": "other", "sending": key})
    text = client.get(page).text
    assert request.sendings.get().proposed == second and second.name in text and 'value="other"' not in text
