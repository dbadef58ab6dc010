"""Letters that come back, and what everybody is told when a service ends."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from core.models import AuditEntry
from core.returned_mail import Returned, follow
from directory.models import Report
from orientation.models import AnswerLink, HelpRequest, Sending
from orientation.services import answering, asking, due, mailing
from orientation.states import Part
from orientation.tokens import new_link
from tests.factories.orientation import asked, draft, sending, taker
from tests.factories.process import place

pytestmark = pytest.mark.django_db
SERVICE, PERSON = frozenset({Part.SERVICE}), frozenset({Part.PERSON})


def to_service(link: AnswerLink, status: str = "5.1.1") -> Returned:
    return Returned(mailing.TO_SERVICE, str(link.pk), status)


def test_each_letter_to_a_service_has_a_name_that_a_report_can_give_back(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        one = sending()
    link = AnswerLink.objects.get(sending=one)
    name = str(mail.outbox[-1].extra_headers["Message-ID"])
    assert re.match(rf"<{mailing.TO_SERVICE}\.{link.pk}\.[0-9a-f]{{24}}@", name)


def test_a_service_that_cannot_be_written_to_is_said_at_once(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    commune = place()
    first, second = taker(commune, name="Portage"), taker(commune, name="Relais")
    request, code = asking.send_request(
        actor=None, draft=draft(commune, reach="email", contact="josette@example.org"), services=[first]
    )
    one = request.sendings.get()
    _token, link = new_link(one)
    with django_capture_on_commit_callbacks(execute=True):
        assert follow(to_service(link)) is True
        assert follow(to_service(link)) is False
    one.refresh_from_db()
    assert (one.state, one.proposed) == ("sent", second)
    assert [letter.to for letter in mail.outbox] == [["josette@example.org"]]
    assert Report.objects.filter(service=first).count() == 1
    assert AuditEntry.objects.filter(verb="help_request_returned").count() == 1
    page = client.get(reverse("orientation:follow", args=[code])).text
    assert "il n’a pas reçu votre demande" in page and "Relais" in page


@pytest.mark.parametrize("state", ["seen", "studying", "accepted", "refused", "full", "withdrawn", "expired"])
def test_a_letter_that_comes_back_after_an_answer_changes_nothing(state: str) -> None:
    one = sending(state)
    _token, link = new_link(one)
    assert follow(to_service(link)) is False
    assert Sending.objects.get().state == state


@pytest.mark.parametrize("key", ["", "0", "999", "x", "-1", "9" * 30])
def test_a_report_on_a_link_that_is_not_there_changes_nothing(key: str) -> None:
    assert follow(Returned(mailing.TO_SERVICE, key, "5.1.1")) is False


def test_a_service_that_answers_all_the_same_is_read_as_usual() -> None:
    one = sending()
    _token, link = new_link(one)
    follow(to_service(link))
    done = answering.answer_sending(actor=None, sending=one, parts=SERVICE, verb="accept")
    assert done.state == "accepted"


def test_no_more_letter_leaves_to_a_person_whose_address_comes_back(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    service = taker(place())
    contact = {"reach": "email", "contact": "faux@example.org"}
    request, code = asking.send_request(
        actor=None, draft=draft(service.coverage.get(), **contact), services=[service]
    )
    with django_capture_on_commit_callbacks(execute=True):
        answering.answer_sending(actor=None, sending=request.sendings.get(), parts=SERVICE, verb="study")
    name = str(mail.outbox[-1].extra_headers["Message-ID"])
    found = re.match(rf"<{mailing.TO_PERSON}\.([0-9a-f-]+)\.", name)
    assert found
    assert follow(Returned(mailing.TO_PERSON, found[1], "5.2.2")) is False, "a full mailbox is one for today"
    assert follow(Returned(mailing.TO_PERSON, found[1], "5.1.1")) is True
    assert follow(Returned(mailing.TO_PERSON, found[1], "5.1.1")) is False
    HelpRequest.objects.update(told_on=None)
    before = len(mail.outbox)
    with django_capture_on_commit_callbacks(execute=True):
        answering.answer_sending(actor=None, sending=request.sendings.get(), parts=SERVICE, verb="accept")
    assert len(mail.outbox) == before
    assert "reviennent depuis" in client.get(reverse("orientation:follow", args=[code])).text


@pytest.mark.parametrize("key", ["", "x", "0" * 32, "zz" * 16])
def test_a_report_on_a_request_that_is_not_there_changes_nothing(key: str) -> None:
    assert follow(Returned(mailing.TO_PERSON, key, "5.1.1")) is False


def test_a_service_that_closes_and_the_person_are_both_told(django_capture_on_commit_callbacks: Any) -> None:
    service = taker(place())
    request = asked(service, reach="email", contact="josette@example.org")
    type(service).objects.update(status="defunct")
    with django_capture_on_commit_callbacks(execute=True):
        assert due.close_sendings() == 1
    told = {letter.to[0]: str(letter.body) for letter in mail.outbox}
    assert set(told) == {"ccas@example.org", "josette@example.org"}
    assert "fermé" in told["ccas@example.org"] and "Josette" not in told["ccas@example.org"]
    assert request.short_key not in told["josette@example.org"]


def test_without_an_agreement_any_more_nothing_leaves_by_itself() -> None:
    commune = place()
    first, second = taker(commune), taker(commune)
    request = asked(first, agrees_second_choice=True)
    asking.keep_to_chosen(actor=None, request=request, parts=PERSON)
    asking.keep_to_chosen(actor=None, request=request, parts=PERSON)
    assert AuditEntry.objects.filter(verb="help_request_narrowed").count() == 1
    one = answering.answer_sending(
        actor=None, sending=request.sendings.get(), parts=SERVICE, verb="refuse", refusal="area"
    )
    one.refresh_from_db()
    assert (request.sendings.count(), one.proposed) == (1, second)
