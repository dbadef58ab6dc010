"""From sending to an answer: once, to whom it must, with as little as possible, and back."""

import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from core.models import AuditEntry, Receipt
from core.states import RefusedTransition
from orientation.models import AnswerLink, HelpRequest, Sending
from orientation.services import answering, asking, coordinating
from orientation.situations import proposed_needs
from orientation.states import Part
from orientation.tokens import new_link
from tests.factories.orientation import asked, draft, need, sending, taker
from tests.factories.process import body, person, place

pytestmark = pytest.mark.django_db
SERVICE, PERSON = frozenset({Part.SERVICE}), frozenset({Part.PERSON})


def test_a_letter_to_a_service_says_nothing_of_the_person(django_capture_on_commit_callbacks: Any) -> None:
    service = taker(place())
    with django_capture_on_commit_callbacks(execute=True):
        request = asked(service)
    letter = mail.outbox[-1]
    assert letter.to == ["ccas@example.org"]
    for secret in (request.contact, request.first_name, request.words, str(request.commune)):
        assert secret not in f"{letter.subject} {letter.body}"
    token = re.search(r"/repondre/([\w-]+)/", str(letter.body))
    assert token
    link = AnswerLink.objects.get()
    assert link.sending.service == service
    assert token[1] not in link.token_hash


def test_sending_twice_makes_one_request_and_gives_the_same_code() -> None:
    service, key = taker(place()), uuid.uuid4()
    given = draft(service.coverage.get(), key=key)
    first, code = asking.send_request(actor=None, draft=given, services=[service, service])
    second, again = asking.send_request(actor=None, draft=given, services=[service])
    assert (first, code) == (second, again)
    assert Sending.objects.count() == 1
    assert asking.find_request(code) == first


@pytest.mark.parametrize(
    ("fields", "place_of_error"),
    [
        ({"needs": []}, "needs"),
        ({"needs": ["9.9"]}, "needs"),
        ({"contact": ""}, "contact"),
        ({"contact": "12"}, "contact"),
        ({"contact": "javascript:alert(1)"}, "contact"),
        ({"reach": "email", "contact": "josette@"}, "contact"),
        ({"words": "a" * 10_000}, "words"),
        ({"words": "\u202ehtml"}, "words"),
        ({"first_name": "J" * 61}, "first_name"),
        ({"reach": "pigeon"}, "reach"),
    ],
)
def test_bad_input_is_refused_with_its_place_and_nothing_is_kept(fields: dict, place_of_error: str) -> None:
    service = taker(place())
    with pytest.raises(ValidationError) as refused:
        asked(service, **fields)
    assert place_of_error in refused.value.message_dict
    assert not HelpRequest.objects.exists()


@pytest.mark.parametrize(
    "fields", [{"published": False}, {"status": "defunct"}, {"takes_requests": False}, {"email": ""}]
)
def test_a_service_that_takes_no_request_is_named(fields: dict) -> None:
    service = taker(place(), name="Portage de repas", **fields)
    with pytest.raises(ValidationError, match="Portage de repas"):
        asked(service)


def test_too_many_services_are_refused() -> None:
    commune = place()
    with pytest.raises(ValidationError):
        asked(*(taker(commune) for _number in range(6)))


@pytest.mark.parametrize(("verb", "state"), [("accept", "accepted"), ("study", "studying"), ("fill", "full")])
def test_a_service_answers_and_the_journal_says_no_word_of_it(verb: str, state: str) -> None:
    one = sending()
    answered = answering.answer_sending(
        actor=None, sending=one, parts=SERVICE, verb=verb, answer="Nous appelons Josette."
    )
    assert (answered.state, answered.answer) == (state, "Nous appelons Josette.")
    assert answered.seen_on and answered.answered_on
    assert "Josette" not in str(list(AuditEntry.objects.values()))


def test_a_refusal_needs_a_reason_and_words_for_another_one() -> None:
    one = sending()
    with pytest.raises(ValidationError):
        answering.answer_sending(actor=None, sending=one, parts=SERVICE, verb="refuse")
    with pytest.raises(ValidationError):
        answering.answer_sending(actor=None, sending=one, parts=SERVICE, verb="refuse", refusal="other")
    done = answering.answer_sending(actor=None, sending=one, parts=SERVICE, verb="refuse", refusal="area")
    assert done.state == "refused"


def test_the_same_answer_twice_is_one_and_another_is_refused() -> None:
    one = sending()
    answering.answer_sending(actor=None, sending=one, parts=SERVICE, verb="accept", answer="Oui")
    answering.answer_sending(actor=None, sending=one, parts=SERVICE, verb="accept", answer="Oui")
    assert AuditEntry.objects.filter(verb="help_request_answered").count() == 1
    with pytest.raises(RefusedTransition):
        answering.answer_sending(actor=None, sending=one, parts=SERVICE, verb="refuse", refusal="area")


def test_only_the_service_answers() -> None:
    one = sending()
    for parts in (frozenset(), PERSON, frozenset({Part.COUNTER}), frozenset({Part.COORDINATOR})):
        with pytest.raises(PermissionDenied):
            answering.answer_sending(actor=None, sending=one, parts=parts, verb="accept")


def test_after_a_refusal_another_service_is_proposed_and_asked_only_when_the_person_agrees() -> None:
    commune = place()
    first, second = taker(commune), taker(commune)
    request = asked(first)
    one = request.sendings.get()
    answering.answer_sending(actor=None, sending=one, parts=SERVICE, verb="fill")
    one.refresh_from_db()
    assert one.proposed == second and request.sendings.count() == 1
    made = asking.accept_second_choice(actor=None, sending=one, parts=PERSON)
    assert asking.accept_second_choice(actor=None, sending=one, parts=PERSON) == made
    assert (made.service, made.after, made.state) == (second, one, "sent")
    with pytest.raises(PermissionDenied):
        asking.accept_second_choice(actor=None, sending=one, parts=SERVICE)


def test_agreed_beforehand_the_second_choice_is_asked_at_once_and_never_one_already_asked() -> None:
    commune = place()
    services = [taker(commune) for _number in range(3)]
    request = asked(services[0], agrees_second_choice=True)
    for _round in range(4):
        waiting = request.sendings.filter(state="sent").first()
        if waiting:
            answering.answer_sending(actor=None, sending=waiting, parts=SERVICE, verb="fill")
    assert {one.service for one in request.sendings.all()} == set(services)
    assert request.sendings.filter(state="full").count() == 3


def test_withdrawing_tells_the_service_and_closes_its_link(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        one = sending()
    token, _link = new_link(one)
    with django_capture_on_commit_callbacks(execute=True):
        asking.withdraw_sending(actor=None, sending=one, parts=PERSON)
        asking.withdraw_sending(actor=None, sending=one, parts=PERSON)
    one.refresh_from_db()
    assert one.state == "withdrawn"
    told = client.get(reverse("orientation:answer", args=[token]))
    assert told.status_code == 410 and "a retiré sa demande" in told.text
    assert len([letter for letter in mail.outbox if one.help_request.short_key in letter.subject]) == 2
    assert "Josette" not in mail.outbox[-1].body


@pytest.mark.parametrize("state", ["sent", "seen", "studying", "accepted", "refused", "full", "expired"])
def test_erasing_leaves_nothing_of_the_person(state: str) -> None:
    one = sending(state)
    Sending.objects.update(answer="Madame Josette, nous venons.")
    request = one.help_request
    coordinating.flag_request(actor=None, request=request, why="several", agreed=True, parts=PERSON)
    asking.erase_request(actor=None, request=request, parts=PERSON)
    asking.erase_request(actor=None, request=request, parts=PERSON)
    request.refresh_from_db()
    kept = str(HelpRequest.objects.values().get()) + str(list(Sending.objects.values()))
    for secret in ("Josette", "06 00", "courses"):
        assert secret not in kept
    assert request.commune is None and request.needs.exists() and request.withdrawn_on
    assert not Receipt.objects.filter(subject_kind=asking.RECEIPT).exists()
    assert not AnswerLink.objects.exists()
    assert request.coordination.state == "stopped"


def test_a_coordinator_of_the_territory_is_named_and_no_other() -> None:
    one = sending()
    commune = one.help_request.commune
    lead, elsewhere = person(Role.PROFESSIONAL, on=commune), person(Role.PROFESSIONAL, on=place("Ailleurs"))
    of_service = person(Role.PROFESSIONAL, on=one.service.organisation)
    with pytest.raises(ValidationError):
        coordinating.flag_request(actor=of_service, request=one.help_request, why="several", agreed=False)
    flagged = coordinating.flag_request(
        actor=of_service, request=one.help_request, why="several", agreed=True
    )
    assert (
        coordinating.flag_request(actor=of_service, request=one.help_request, why="other", agreed=True)
        == flagged
    )
    with pytest.raises(PermissionDenied):
        coordinating.name_coordinator(actor=elsewhere, coordination=flagged, coordinator=elsewhere)
    with pytest.raises(ValidationError):
        coordinating.name_coordinator(actor=lead, coordination=flagged, coordinator=elsewhere)
    named = coordinating.name_coordinator(actor=lead, coordination=flagged, coordinator=lead)
    assert (named.state, named.coordinator) == ("named", lead)
    parts = frozenset({Part.COORDINATOR})
    with pytest.raises(RefusedTransition):
        coordinating.end_coordination(actor=lead, coordination=named, verb="finish", outcome=" ", parts=parts)
    done = coordinating.end_coordination(
        actor=lead, coordination=named, verb="finish", outcome="Plan d’aide", parts=parts
    )
    assert done.state == "done"


def test_a_professional_without_part_may_not_flag() -> None:
    one = sending()
    stranger = person(Role.PROFESSIONAL, on=body(place()))
    with pytest.raises(PermissionDenied):
        coordinating.flag_request(actor=stranger, request=one.help_request, why="several", agreed=True)


def test_needs_of_the_situations_exist_in_the_nomenclature() -> None:
    codes = {
        line.split(",")[0]
        for line in Path("site/needs/data/needs.csv").read_text(encoding="utf-8").splitlines()
    }
    assert set(proposed_needs([])) <= codes
    assert need().code in codes
