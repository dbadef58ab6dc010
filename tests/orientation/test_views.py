"""The pages: a person asks, a service answers by its link, the person follows by code; and bad input."""

import datetime
import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from orientation.models import AnswerLink, HelpRequest, OrientationSignal, Sending
from orientation.selectors.desk import sendings_of
from orientation.services import asking
from orientation.tokens import new_link
from orientation.views.path import HONEYPOT
from tests.factories.orientation import NEED, asked, draft, need, sending, taker
from tests.factories.process import person, place

pytestmark = pytest.mark.django_db


def at(slug: str) -> str:
    return reverse("orientation:question", args=[slug])


def walked(client: Client, service: Any, **typed: str) -> None:
    """Everything up to the page that checks."""
    commune = service.coverage.get()
    need("1.E.3")
    client.post(reverse("orientation:start"))
    client.post(at("pour-qui"), {"about": "self"})
    client.post(at("besoins"), {"needs": [NEED]})
    client.post(at("lieu"), {"commune": commune.name})
    client.post(reverse("orientation:choose"), {"service": [service.slug]})
    client.post(at("joindre"), {"reach": "phone", "contact": "06 00 00 00 01"})
    client.post(at("dire"), {"first_name": "Josette", "words": "Merci", **typed})


def test_from_the_first_question_to_the_answer(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    service = taker(place())
    walked(client, service)
    with django_capture_on_commit_callbacks(execute=True):
        sent = client.post(reverse("orientation:check"), {"agreed": "on"})
    assert sent["Location"] == reverse("orientation:sent")
    code = re.search(r"/suivi/([\w-]+)/", client.get(sent["Location"]).text)
    assert code
    other = Client()
    link = re.search(r"(/orientation/repondre/[\w-]+/)", str(mail.outbox[-1].body))
    assert link
    assert "Josette" not in other.get(link[1]).text
    other.post(link[1], {"verb": "open"})
    assert "Josette" in other.get(link[1]).text
    assert other.post(link[1], {"verb": "refuse"}).status_code == 422
    other.post(link[1], {"verb": "accept", "answer": "Nous appelons demain."})
    page = client.get(reverse("lineage:receipt", args=[code[1]]), follow=True)
    assert "Nous appelons demain." in page.text


def test_nothing_is_stored_before_sending_and_nothing_sent_without_agreement(client: Client) -> None:
    walked(client, taker(place()))
    assert client.post(reverse("orientation:check"), {}).status_code == 422
    assert not HelpRequest.objects.exists()


def test_a_robot_that_fills_the_hidden_field_sends_nothing(client: Client) -> None:
    walked(client, taker(place()))
    assert client.post(reverse("orientation:check"), {"agreed": "on", HONEYPOT: "x"}).status_code == 400
    assert not HelpRequest.objects.exists()


def test_ten_thousand_characters_and_html(client: Client) -> None:
    service = taker(place())
    walked(client, service)
    assert client.post(at("dire"), {"words": "a" * 10_000}).status_code == 422
    assert client.post(at("besoins"), {"search": "z" * 10_000}).status_code == 422
    client.post(at("dire"), {"words": "<script>alert(1)</script>"})
    assert "<script>alert(1)" not in client.get(reverse("orientation:check")).text


def test_a_service_closed_between_two_pages_is_named_and_nothing_is_lost(client: Client) -> None:
    service = taker(place(), name="Portage")
    walked(client, service)
    type(service).objects.update(takes_requests=False)
    refused = client.post(reverse("orientation:check"), {"agreed": "on"})
    assert refused.status_code == 422 and "Portage" in refused.text
    assert "06 00 00 00 01" in refused.text


def test_a_path_without_result_is_counted_once_without_anyone(client: Client) -> None:
    commune = place()
    need()
    client.post(at("besoins"), {"needs": [NEED]})
    client.post(at("lieu"), {"commune": commune.name})
    for _look in range(2):
        assert client.get(reverse("orientation:services")).status_code == 200
    row = OrientationSignal.objects.get()
    assert (row.need, row.outcome, row.count) == (NEED, "nothing", 1)


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("refused", 410),
        ("full", 410),
        ("expired", 410),
        ("closed", 410),
        ("withdrawn", 410),
        ("accepted", 200),
    ],
)
def test_a_link_used_again_says_what_became_of_it(client: Client, state: str, status: int) -> None:
    one = sending(state)
    page = client.get(reverse("orientation:answer", args=[new_link(one)[0]]))
    assert page.status_code == status
    assert ("Josette" in page.text) == (state == "accepted")


def test_a_forged_link_is_unknown_and_an_old_one_is_renewed_to_the_known_address(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    assert client.get(reverse("orientation:answer", args=["forged"])).status_code == 404
    assert client.get(reverse("orientation:answer", args=["x" * 5000])).status_code == 404
    one = sending("seen")
    address = reverse("orientation:answer", args=[new_link(one)[0]])
    old = timezone.now() - datetime.timedelta(days=9)
    AnswerLink.objects.update(sent_at=old, expires_at=old)
    assert client.get(address).status_code == 410
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"verb": "renew"})
    assert mail.outbox[-1].to == ["ccas@example.org"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"verb": "renew"})
    assert len(mail.outbox) == 1


def test_an_erased_request_leaves_a_code_that_opens_nothing(client: Client) -> None:
    service = taker(place())
    _request, code = asking.send_request(actor=None, draft=draft(service.coverage.get()), services=[service])
    assert client.get(reverse("orientation:follow", args=[code])).status_code == 200
    client.post(reverse("orientation:erase", args=[code]))
    assert client.get(reverse("orientation:follow", args=[code])).status_code == 404
    assert not HelpRequest.objects.filter(first_name="Josette").exists()


def test_a_counter_sees_its_own_requests_and_another_is_refused(client: Client) -> None:
    service = taker(place())
    agent = person(Role.PROFESSIONAL, on=service.organisation)
    mine = asked(service, actor=agent, counter=service.organisation, origin="counter")
    other = sending()
    client.force_login(agent)
    for name in ("home", "sent", "counter", "figures"):
        assert client.get(reverse(f"orientation_desk:{name}")).status_code == 200
    assert client.get(reverse("orientation_desk:request", args=[mine.pk])).status_code == 200
    assert client.get(reverse("orientation_desk:request", args=[other.help_request_id])).status_code == 403
    assert client.get(reverse("orientation_desk:sending", args=[other.pk])).status_code == 403
    act = reverse("orientation_desk:request_act", args=[other.help_request_id, "erase"])
    assert client.post(act).status_code == 403
    assert Sending.objects.filter(state="withdrawn").count() == 0


def test_who_asks_alone_is_spoken_to_and_never_called_the_person(client: Client) -> None:
    walked(client, taker(place()))
    pages = [client.get(at(slug)).text for slug in ("age", "lieu", "joindre")]
    pages.append(client.get(reverse("orientation:check")).text)
    assert "Quel âge avez-vous" in pages[0] and not any("la personne" in page for page in pages)


def test_what_is_asked_after_a_refusal_comes_after_it_and_says_why() -> None:
    commune = place()
    first, second = taker(commune, name="Zélie"), taker(commune, name="Alma")
    request = asked(first)
    made = Sending.objects.get()
    Sending.objects.create(
        help_request=request, service=second, sent_on=made.sent_on, moved_on=made.sent_on, after=made
    )
    assert [one.service for one in sendings_of(request)] == [first, second]
