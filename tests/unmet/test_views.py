"""The workspace of signals: who enters, what is refused, what is kept."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from consultations.lineage.registries import lineage_kinds
from core.models import AuditEntry
from tests.factories import unmet as make
from tests.factories.accounts import SignedInClient as Client
from tests.factories.process import person
from unmet.models import Reply, Signal
from unmet.services.replying import mark_published, reply_to_signal

pytestmark = pytest.mark.django_db
GIVEN = {"verb": "answer", "text": "Dix places ouvrent.", "by": "Département", "due_on": ""}


def signed_in(role: Role, on: Any) -> Client:
    client = Client()
    client.force_login(person(role, on=on))
    return client


def open_signal(land: Any) -> Signal:
    make.observed(30, make.epci("1"))
    return make.signal(land.departement)


def test_the_list_is_for_those_of_the_territory() -> None:
    land = make.land()
    open_signal(land)
    url = reverse("unmet:list")
    assert Client().get(url).status_code == 302
    assert signed_in(Role.FACILITATOR, land.departement).get(url).status_code == 403
    page = signed_in(Role.ANALYST, land.departement).get(url)
    assert page.status_code == 200 and "Besoin 1.3.2.2" in page.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "?territory=epci:9",
        "?territory=x%22y",
        "?year=abc",
        "?year=99999999",
        "?state=x&kind=y",
        "?page=zero",
        "?page=99",
    ],
)
def test_a_list_asked_for_nonsense_is_the_whole_list(query: str) -> None:
    land = make.land()
    open_signal(land)
    page = signed_in(Role.ANALYST, land.departement).get(reverse("unmet:list") + query)
    assert page.status_code == 200 and "Besoin 1.3.2.2" in page.content.decode()


def test_a_signal_is_answered_then_everything_is_history() -> None:
    land = make.land()
    one = open_signal(land)
    client, url = signed_in(Role.ORGANISER, land.departement), reverse("unmet:detail", args=[one.pk])
    assert client.post(url, GIVEN).status_code == 302
    assert client.post(url, {**GIVEN, "verb": "act", "text": "C’est ouvert."}).status_code == 302
    one.refresh_from_db()
    assert one.state == "acted"
    assert list(one.replies.values_list("state", flat=True)) == ["acted", "answered"]
    assert "Dix places ouvrent." in client.get(url).content.decode()
    entry = AuditEntry.objects.filter(verb="signal_answered").latest("pk")
    assert entry.changes == {"state": "acted"}


@pytest.mark.parametrize(
    "bad",
    [
        {"verb": ""}, {"verb": "reopen"}, {"verb": "delete"}, {"text": ""}, {"text": "x" * 1001}, {"text": "a\x00b"},
        {"by": ""}, {"by": "y" * 201}, {"due_on": "2020-01-01"}, {"due_on": "demain"},
    ],
)  # fmt: skip
def test_a_bad_reply_is_refused_in_words_and_nothing_typed_is_lost(bad: dict[str, str]) -> None:
    land = make.land()
    one = open_signal(land)
    client = signed_in(Role.ORGANISER, land.departement)
    page = client.post(reverse("unmet:detail", args=[one.pk]), {**GIVEN, **bad})
    assert page.status_code == 422
    kept = {**GIVEN, **bad}["by"] if "text" in bad else {**GIVEN, **bad}["text"]
    assert kept in page.content.decode()
    assert not Reply.objects.exists()


def test_those_who_only_read_have_no_form_and_may_not_post() -> None:
    land = make.land()
    one = open_signal(land)
    client, url = signed_in(Role.ANALYST, land.departement), reverse("unmet:detail", args=[one.pk])
    assert 'name="verb"' not in client.get(url).content.decode()
    assert client.post(url, GIVEN).status_code == 403
    elsewhere = signed_in(Role.ORGANISER, make.epci("2"))
    assert elsewhere.get(url).status_code == 403 and elsewhere.post(url, GIVEN).status_code == 403
    assert client.get(reverse("unmet:detail", args=[10**9])).status_code == 404


def test_the_service_refuses_what_the_page_would() -> None:
    land = make.land()
    one = open_signal(land)
    with pytest.raises(PermissionDenied):
        reply_to_signal(
            actor=person(Role.ANALYST, on=land.departement), signal=one, verb="answer", text="x", by="y"
        )
    actor = person(Role.ORGANISER, on=land.departement)
    with pytest.raises(ValidationError):
        reply_to_signal(actor=actor, signal=one, verb="close", text="")
    reply_to_signal(actor=actor, signal=one, verb="close", text="Il y a déjà un service.")
    reply_to_signal(actor=actor, signal=one, verb="reopen", text="Le service a fermé.")
    one.refresh_from_db()
    assert one.state == "open" and one.replies.count() == 2


def test_a_signal_is_read_by_all_once_its_figure_is_published() -> None:
    land = make.land()
    one = open_signal(land)
    actor = person(Role.ORGANISER, on=land.departement)
    reply_to_signal(actor=actor, signal=one, verb="answer", text="Dix places.", by="Nous")
    kind, key = lineage_kinds["signal"], str(one.pk)
    item = kind.resolve(key)
    assert item and not item.is_public and item.milestones == ()
    assert kind.inside and kind.inside(actor, [key]) and not kind.inside(person(), [key])
    mark_published({make.NEED: {land.departement.pk}})
    item = kind.resolve(key)
    assert item and item.is_public and item.milestones[0].day == timezone.localdate()
    mark_published({})
    assert not Signal.objects.shown().exists()
    assert kind.resolve("x") is None
