"""The person says anew how they can be reached: who may, what is confirmed, who is told, what never shows."""

import re
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from core.models import AuditEntry
from core.receipts import format_code
from orientation.models import HelpRequest, Sending
from orientation.services import asking, reaching
from orientation.states import Part
from orientation.tokens import new_address_token
from tests.factories.orientation import asked, draft, taker
from tests.factories.process import place

pytestmark = pytest.mark.django_db
PERSON = frozenset({Part.PERSON})
OLD, NEW = "faux@example.org", "josette@example.org"


def dead_address() -> tuple[HelpRequest, str]:
    """A request whose e-mails come back, and its code."""
    service = taker(place())
    request, code = asking.send_request(
        actor=None, draft=draft(service.coverage.get(), reach="email", contact=OLD), services=[service]
    )
    HelpRequest.objects.update(contact_returned_on=request.created_on)
    return HelpRequest.objects.get(), code


def link_in(letter: Any) -> str:
    found = re.search(r"/orientation/suivi/adresse/\S+", str(letter.body))
    assert found
    return found[0]


def test_the_code_holder_gives_another_address_which_answers_first(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    request, code = dead_address()
    page, form = (reverse(f"orientation:{name}", args=[code]) for name in ("follow", "reach"))
    typed = {"reach": "email", "contact": NEW}
    assert form in client.get(page).text and OLD not in client.get(page).text
    assert OLD not in client.get(form).text
    assert NEW in client.post(form, {**typed, "step": "check"}).text and not mail.outbox
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(form, {**typed, "step": "confirm"}).status_code == 302
    request.refresh_from_db()
    assert (request.contact, request.contact_waiting) == (OLD, NEW)
    [letter] = mail.outbox
    assert (
        letter.to == [NEW] and request.short_key not in letter.body and format_code(code) not in letter.body
    )
    assert "nouvelle adresse" in client.get(page).text
    stranger, link = Client(), link_in(letter)
    assert NEW not in stranger.get(link).text, "the link says nothing of the address"
    assert HelpRequest.objects.get().contact == OLD, "reading a link changes nothing"
    assert "notée" in stranger.post(link).text
    request.refresh_from_db()
    assert (request.contact, request.contact_waiting, request.contact_returned_on) == (NEW, "", None)
    assert stranger.post(link).status_code == stranger.get(link).status_code == 410
    [entry] = AuditEntry.objects.filter(verb="help_request_reached_anew")
    assert entry.changes == {"kind": "email"}


def test_a_phone_number_takes_its_place_at_once_and_services_that_read_the_old_one_are_told(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    request, code = dead_address()
    Sending.objects.update(state="accepted")
    form = reverse("orientation:reach", args=[code])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(form, {"reach": "phone", "contact": "06 00 00 00 09", "step": "confirm"})
    request.refresh_from_db()
    assert (request.reach, request.contact, request.contact_returned_on) == ("phone", "06 00 00 00 09", None)
    [letter] = mail.outbox
    assert (
        letter.to == ["ccas@example.org"] and "06 00" not in letter.body and "trente jours" not in letter.body
    )
    found = re.search(r"/orientation/repondre/\S+", str(letter.body))
    assert found and "06 00 00 00 09" in client.get(found[0]).text


@pytest.mark.parametrize("state", ["sent", "refused", "full", "expired", "withdrawn", "closed"])
def test_services_that_have_not_read_it_or_no_longer_may_are_not_written_to(
    state: str, django_capture_on_commit_callbacks: Any
) -> None:
    request, _code = dead_address()
    Sending.objects.update(state=state, refusal="area")
    with django_capture_on_commit_callbacks(execute=True):
        reaching.change_contact(request=request, reach="phone", contact="06 00 00 00 09", parts=PERSON)
    assert not mail.outbox


@pytest.mark.parametrize("part", [None, Part.SERVICE, Part.COUNTER, Part.COORDINATOR, Part.PLATFORM])
def test_nobody_else_may(part: Part | None) -> None:
    request, _code = dead_address()
    with pytest.raises(PermissionDenied):
        reaching.change_contact(
            request=request, reach="phone", contact="06 00 00 00 09", parts=frozenset({part} if part else ())
        )


@pytest.mark.parametrize("step", ["check", "confirm"])
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, "Choisissez"),
        ({"reach": "phone"}, "Écrivez comment"),
        ({"reach": "email", "contact": "josette"}, "pas complète"),
        ({"reach": "email", "contact": "<script>alert(1)</script>@x.fr"}, "pas complète"),
        ({"reach": "phone", "contact": "12"}, "dix chiffres"),
        ({"reach": "phone", "contact": "6" * 300}, "254"),
        ({"reach": "counter", "contact": "x"}, "dans la liste"),
        ({"reach": "email", "contact": "a\x00b@example.org"}, "nul"),
    ],
    ids=["nothing", "no number", "half an address", "hostile", "short", "long", "not theirs", "null"],
)
def test_what_is_wrong_is_named_and_kept(client: Client, typed: dict[str, str], told: str, step: str) -> None:
    _request, code = dead_address()
    page = client.post(reverse("orientation:reach", args=[code]), {**typed, "step": step})
    assert page.status_code == 422 and told in page.text and "<script>alert" not in page.text
    assert HelpRequest.objects.get().contact == OLD


def test_what_was_typed_may_be_corrected(client: Client) -> None:
    _request, code = dead_address()
    typed = {"reach": "email", "contact": NEW, "step": "correct"}
    page = client.post(reverse("orientation:reach", args=[code]), typed)
    assert page.status_code == 200 and f'value="{NEW}"' in page.text and "Continuer" in page.text


def test_only_the_last_address_answers_and_letters_are_few() -> None:
    request, _code = dead_address()
    made = reaching.change_contact(request=request, reach="email", contact="un@example.org", parts=PERSON)
    first = new_address_token(made)
    reaching.change_contact(request=request, reach="email", contact=NEW, parts=PERSON)
    assert reaching.confirm_address(token=first) is None
    with pytest.raises(ValidationError, match="minute"):
        reaching.change_contact(request=request, reach="email", contact="x@example.org", parts=PERSON)


@pytest.mark.parametrize("token", ["x", "", "a:b:c", "é" * 40, "WyJ4IiwgInkiXQ:1:2"])
def test_a_forged_link_opens_nothing(token: str) -> None:
    dead_address()
    assert reaching.confirm_address(token=token) is None


def test_once_erased_nothing_is_left_and_nothing_opens() -> None:
    request, code = dead_address()
    made = reaching.change_contact(request=request, reach="email", contact=NEW, parts=PERSON)
    token = new_address_token(made)
    asking.erase_request(actor=None, request=request, parts=PERSON)
    assert HelpRequest.objects.get().contact_waiting == ""
    assert reaching.confirm_address(token=token) is None
    assert Client().get(reverse("orientation:reach", args=[code])).status_code == 404
    with pytest.raises(ValidationError):
        reaching.change_contact(request=request, reach="phone", contact="06 00 00 00 09", parts=PERSON)


def test_the_same_again_changes_nothing() -> None:
    request = asked(taker(place()))
    reaching.change_contact(request=request, reach=request.reach, contact=request.contact, parts=PERSON)
    assert not AuditEntry.objects.filter(verb="help_request_reached_anew").exists()
