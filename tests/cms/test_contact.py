"""The contact form reaches the site's contact, keeps what was typed, and keeps robots out without keeping addresses."""

from smtplib import SMTPException
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client

from cms import services
from cms.models import SiteIdentity
from tests.factories import cms as make

TYPED = {
    "name": "Une habitante",
    "email": "jeanne@example.org",
    "message": "Le bus ne passe plus.",
    "website": "",
}


@pytest.fixture
def address() -> str:
    url: str = make.page("ContactPage", slug="contact", thanks="Nous répondons sous une semaine.").url
    return url


def test_a_message_reaches_the_contact_of_the_site(client: Client, address: str) -> None:
    response = client.post(address, TYPED, follow=True)
    assert "Votre message est parti." in response.content.decode()
    assert "Nous répondons sous une semaine." in response.content.decode()
    [message] = mail.outbox
    assert message.to == ["contact@example.org"]
    assert message.reply_to == ["jeanne@example.org"]
    assert "Le bus ne passe plus." in message.body


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "pas une adresse"},
        {"email": ""},
        {"message": ""},
        {"message": "a" * 4001},
        {"email": "a@example.org\nBcc: b@example.org"},
        {"name": "n" * 81},
    ],
    ids=["email", "no email", "no message", "too long", "header injection", "name"],
)
def test_what_was_typed_is_kept_when_something_is_wrong(
    client: Client, address: str, wrong: dict[str, Any]
) -> None:
    response = client.post(address, TYPED | wrong)
    html = response.content.decode()
    assert response.status_code == 422
    assert not mail.outbox
    assert 'id="erreurs"' in html
    if "message" not in wrong:
        assert "Le bus ne passe plus." in html


def test_hostile_text_is_shown_as_text(client: Client, address: str) -> None:
    html = client.post(
        address, TYPED | {"email": "", "message": "<script>alert(1)</script>"}
    ).content.decode()
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_a_robot_believes_it_succeeded(client: Client, address: str) -> None:
    assert client.post(address, TYPED | {"website": "http://spam.example"}).status_code == 302
    assert not mail.outbox


def test_too_many_messages_are_refused_for_a_while(client: Client, address: str) -> None:
    for _number in range(services.MOST_PER_MINUTE):
        client.post(address, TYPED)
    response = client.post(address, TYPED)
    assert response.status_code == 429
    assert "Le bus ne passe plus." in response.content.decode()
    assert len(mail.outbox) == services.MOST_PER_MINUTE


def test_the_counters_hold_no_address(client: Client, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    keys: list[str] = []
    monkeypatch.setattr(cache, "incr", lambda key: keys.append(key) or 1)
    client.post(address, TYPED, REMOTE_ADDR="203.0.113.77")
    assert keys
    assert not any("203.0.113.77" in key for key in keys)


def test_a_mail_server_that_refuses_loses_nothing(
    client: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: EmailMessage) -> None:
        raise SMTPException

    monkeypatch.setattr(EmailMessage, "send", refuse)
    response = client.post(address, TYPED)
    assert response.status_code == 422
    assert "Le message n’est pas parti." in response.content.decode()
    assert "Le bus ne passe plus." in response.content.decode()


def test_a_post_without_its_token_is_refused(address: str) -> None:
    assert Client(enforce_csrf_checks=True).post(address, TYPED).status_code == 403
    assert not mail.outbox


def test_without_a_contact_there_is_no_form(client: Client, address: str) -> None:
    SiteIdentity.objects.update(email="")
    assert "<textarea" not in client.get(address).content.decode()
    assert client.post(address, TYPED).status_code == 200
    assert not mail.outbox
