"""What arrives late, twice, mistyped or hostile: a clear page each time, nothing lost, never an error of ours."""

import datetime
import uuid
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.lineage.views import PURPOSE
from core.receipts import new_code
from core.throttle import count_hit
from core.tolls import FREE_PER_MINUTE
from orientation.models import AnswerLink, HelpRequest, Sending
from orientation.services import answering, asking, due
from orientation.states import Part
from orientation.tokens import new_link
from tests.factories.orientation import NEED, asked, draft, need, sending, taker
from tests.factories.process import place
from tests.orientation.test_views import at, walked

pytestmark = pytest.mark.django_db
SERVICE, PERSON = frozenset({Part.SERVICE}), frozenset({Part.PERSON})
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "\u202egnp.exe",
    "\x00\x01",
    "' OR 1=1 --",
    "{{ 7*7 }}{% load %}",
    "%s%n%(x)s",
    "𝓙𝓸𝓼𝓮𝓽𝓽𝓮 🏠" * 50,
    "a" * 10_000,
    "\r\nBcc: x@example.org",
)


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("pour-qui", "about"),
        ("age", "age"),
        ("situation", "situations"),
        ("besoins", "needs"),
        ("besoins", "search"),
        ("lieu", "commune"),
        ("lieu", "commune_choice"),
        ("comment", "modes"),
    ],
)
def test_hostile_words_in_any_question_get_the_question_again(client: Client, slug: str, name: str) -> None:
    for text in HOSTILE:
        answer = client.post(at(slug), {name: text})
        assert answer.status_code in {302, 422}
        assert b"<img src=x" not in answer.content
    assert client.get(at(slug)).status_code == 200


def test_hostile_words_in_a_request_are_refused_or_shown_as_words(client: Client) -> None:
    walked(client, taker(place()))
    for text in HOSTILE:
        client.post(at("joindre"), {"reach": "email", "contact": text})
        client.post(at("dire"), {"first_name": text[:60], "words": text})
        page = client.get(reverse("orientation:check"))
        assert page.status_code == 200 and "<img src=x" not in page.text
    assert "06 00 00 00 01" in page.text, "what was right before is kept"


@pytest.mark.parametrize("name", ["Zorglub", "", "99999", "commune:99999", "Duras (Mars)"])
def test_an_unknown_commune_is_asked_again_with_what_was_typed(client: Client, name: str) -> None:
    answer = client.post(at("lieu"), {"commune": name})
    assert answer.status_code == 422
    assert name in answer.text


def test_a_commune_that_exists_no_more_is_asked_again(client: Client) -> None:
    commune = place()
    walked(client, taker(commune))
    type(commune).objects.filter(pk=commune.pk).update(
        valid_to=timezone.localdate() - datetime.timedelta(days=1)
    )
    assert client.get(reverse("orientation:services"))["Location"] == at("lieu")


def test_going_back_keeps_what_was_right_and_passing_forgets(client: Client) -> None:
    need()
    client.post(at("pour-qui"), {"about": "relative", "action": "back"})
    assert client.session["orientation"]["about"] == "relative"
    client.post(at("age"), {"age": "senior"})
    client.post(at("situation"), {"situations": ["alone"], "action": "back"})
    assert client.session["orientation"]["situations"] == ["alone"]
    back = client.post(at("besoins"), {"action": "back"})
    assert back["Location"] == at("situation"), "nothing right to keep: it leads back all the same"
    client.post(at("age"), {"action": "skip"})
    assert client.session["orientation"]["age"] == ""


def test_sent_twice_is_one_request_and_one_letter_to_each(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    walked(client, taker(place()))
    before = client.session["orientation"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("orientation:check"), {"agreed": "on"})
        session = client.session
        session["orientation"] = before  # the second of two posts at once read the same session
        session.save()
        client.post(reverse("orientation:check"), {"agreed": "on"})
    assert (HelpRequest.objects.count(), Sending.objects.count(), len(mail.outbox)) == (1, 1, 1)


def test_a_key_whose_request_was_erased_sends_nothing() -> None:
    service, key = taker(place()), uuid.uuid4()
    given = draft(service.coverage.get(), key=key)
    request, _code = asking.send_request(actor=None, draft=given, services=[service])
    asking.erase_request(actor=None, request=request, parts=PERSON)
    with pytest.raises(Exception, match="effacée"):
        asking.send_request(actor=None, draft=given, services=[service])


def test_a_mistyped_code_says_so_and_many_of_them_slow_down_everybody_without_closing(client: Client) -> None:
    service = taker(place())
    _request, code = asking.send_request(actor=None, draft=draft(service.coverage.get()), services=[service])
    for wrong in ("lilas", "x" * 3000, "-".join([code, "x"]), new_code()):
        page = client.get(reverse("orientation:follow", args=[wrong]))
        assert page.status_code == 404 and "Nous ne connaissons pas ce code" in page.text
    for _hit in range(FREE_PER_MINUTE):
        count_hit(f"wrong:{PURPOSE}")
    for method in (client.get, client.post):
        for name in ("follow", "erase"):
            assert method(reverse(f"orientation:{name}", args=[code])).status_code == 429
    assert HelpRequest.objects.kept().count() == 1


def test_what_the_person_does_on_a_request_of_another_is_not_found(client: Client) -> None:
    service = taker(place())
    _request, code = asking.send_request(actor=None, draft=draft(service.coverage.get()), services=[service])
    other = sending()
    page = reverse("orientation:follow", args=[code])
    for verb in ("withdraw", "second", "", "erase", "<x>"):
        for key in (str(other.pk), "", "x", "0" * 400):
            assert client.post(page, {"verb": verb, "sending": key}).status_code == 404
    other.refresh_from_db()
    assert other.state == "sent"


@pytest.mark.parametrize("verb", ["open", "renew", "accept", "", "<x>"])
def test_an_answer_to_a_request_taken_back_meanwhile_changes_nothing(client: Client, verb: str) -> None:
    one = sending("seen")
    token, _link = new_link(one)
    Sending.objects.update(state="withdrawn")
    answer = client.post(reverse("orientation:answer", args=[token]), {"verb": verb, "answer": "Oui"})
    assert answer.status_code == 410 and "Josette" not in answer.text
    one.refresh_from_db()
    assert (one.state, one.answer) == ("withdrawn", "")


@pytest.mark.parametrize("verb", ["open", "accept", "fill"])
def test_an_old_link_answers_nothing(client: Client, verb: str) -> None:
    one = sending("seen")
    token, _link = new_link(one)
    AnswerLink.objects.update(expires_at=timezone.now())
    answer = client.post(reverse("orientation:answer", args=[token]), {"verb": verb})
    assert answer.status_code == 410 and "Josette" not in answer.text
    assert Sending.objects.get().state == "seen"


def test_hostile_words_in_an_answer_are_refused_or_shown_as_words(client: Client) -> None:
    one = sending("seen")
    page = reverse("orientation:answer", args=[new_link(one)[0]])
    for text in HOSTILE:
        answer = client.post(page, {"verb": "study", "answer": text})
        assert answer.status_code in {302, 422}
        Sending.objects.update(state="seen")
        assert "<img src=x" not in client.get(page).text


def test_a_service_closed_while_a_request_waits_ends_it_and_the_next_is_proposed_once() -> None:
    commune = place()
    first, second = taker(commune), taker(commune)
    request = asked(first)
    type(first).objects.filter(pk=first.pk).update(takes_requests=False)
    assert (due.close_sendings(), due.close_sendings()) == (1, 0)
    one = request.sendings.get()
    assert (one.state, one.proposed) == ("closed", second)
    type(second).objects.filter(pk=second.pk).update(status="defunct")
    with pytest.raises(Exception, match="ne prend plus"):
        asking.accept_second_choice(actor=None, sending=one, parts=PERSON)


def test_two_services_that_refuse_lead_to_two_different_ones() -> None:
    commune = place()
    services = [taker(commune) for _number in range(4)]
    request = asked(*services[:2])
    for one in request.sendings.all():
        answering.answer_sending(actor=None, sending=one, parts=SERVICE, verb="fill")
    assert {one.proposed_id for one in request.sendings.all()} == {services[2].pk, services[3].pk}


def test_a_need_that_is_used_no_more_is_asked_again(client: Client) -> None:
    service = taker(place())
    walked(client, service)
    walk = client.session["orientation"]
    assert walk["needs"] == [NEED]
    session = client.session
    session["orientation"] = {
        **walk,
        "needs": ["9.9"],
        "modes": ["rocket"],
        "age": "stone",
        "situations": ["x"],
    }
    session.save()
    assert client.get(reverse("orientation:services")).status_code in {200, 302}
    assert client.post(reverse("orientation:check"), {"agreed": "on"}).status_code in {302, 422}
    assert not HelpRequest.objects.exists()


def test_the_service_whose_page_led_here_is_ticked_when_it_suits_and_named_when_it_does_not(
    client: Client,
) -> None:
    commune = place()
    service = taker(commune, name="Portage de repas")
    page = f"{reverse('orientation:start')}?service={service.slug}"
    assert page in client.get(reverse("directory:service", args=[service.slug])).text
    assert "Portage de repas" in client.get(page).text
    client.post(reverse("orientation:start"), {"service": service.slug})
    client.post(at("besoins"), {"needs": [NEED]})
    need("1.E.3")
    client.post(at("besoins"), {"needs": [NEED]})
    client.post(at("lieu"), {"commune": commune.name})
    services = reverse("orientation:services")
    assert " checked" in client.get(services).text
    type(service).objects.filter(pk=service.pk).update(age_max=30)
    client.post(at("age"), {"age": "senior"})
    text = client.get(services).text
    assert " checked" not in text and "ne semble pas convenir" in text


@pytest.mark.parametrize("slug", ["é", "zzz", "x" * 9000, "<b>"])
def test_an_unknown_service_is_not_an_obstacle(client: Client, slug: str) -> None:
    assert client.get(reverse("orientation:start"), {"service": slug}).status_code == 200
    assert client.post(reverse("orientation:start"), {"service": slug})["Location"] == at("pour-qui")
