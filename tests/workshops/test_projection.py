"""The big screen without scripts: the scene facilitators chose, drawn by the server, and read again by itself."""

import re
import uuid

import pytest
from django.urls import reverse

from consultations.polls.services import create_poll
from consultations.workshops.models import Workshop
from tests.factories.accounts import SignedInClient
from tests.factories.workshops import OpenRoom

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> OpenRoom:
    made = OpenRoom(2, write={"private_first": True})
    made.lead("stage.start", stage=made.write.pk)
    return made


def projected(room: OpenRoom, client: SignedInClient) -> str:
    """The plain scene of the page; empty for the one of how to come in."""
    client.force_login(room.user)
    page = client.get(reverse("workshop_editor:projector", args=[room.workshop.pk])).text
    assert 'http-equiv="refresh"' in page
    found = re.search(
        r'<noscript><div class="scene plain-scene">.*?</noscript>|<noscript>\s*<div class="scene plain-scene">.*?</noscript>',
        page,
        re.S,
    )
    return found[0] if found else ""


def show(room: OpenRoom, view: str) -> None:
    room.lead("projector.show", view=view)


def test_each_scene_is_drawn(room: OpenRoom, client: SignedInClient) -> None:
    author = room.people[0]
    card = room.do(author, "card.add", stage=room.write.pk, text="Un bus le soir")["card"]
    assert projected(room, client) == ""
    show(room, "stage")
    assert "Étape 1" in projected(room, client)
    show(room, "board")
    assert "Un bus le soir" not in projected(room, client)
    room.lead("cards.reveal", stage=room.write.pk)
    assert "Un bus le soir" in projected(room, client)
    show(room, "blank")
    assert room.room.code not in projected(room, client)
    show(room, "board")
    room.lead("spotlight", target=card)
    assert "scene-large" in projected(room, client)


def test_totals_are_shown_once_revealed(room: OpenRoom, client: SignedInClient) -> None:
    card = room.do(room.people[0], "card.add", stage=room.write.pk, text="Un bus le soir")["card"]
    room.lead("cards.reveal", stage=room.write.pk)
    room.lead("stage.start", stage=room.dots.pk)
    room.do(room.people[0], "vote.set", stage=room.dots.pk, target=card, points=2)
    show(room, "results")
    assert "Un bus le soir" not in projected(room, client)
    room.lead("cards.reveal", stage=room.dots.pk)
    scene = projected(room, client)
    assert "Un bus le soir" in scene
    assert "total-words" in scene


def test_an_open_poll_takes_the_place_of_the_question(room: OpenRoom, client: SignedInClient) -> None:
    place = ("workshop", str(room.workshop.pk))
    poll = create_poll(actor=room.user, place=place, kind="yes_no", question="On commence ?")
    room.lead("poll.open", poll=poll.pk)
    show(room, "stage")
    assert "On commence ?" in projected(room, client)


def test_what_is_shown_large_is_taken_off_from_the_plain_console(
    room: OpenRoom, client: SignedInClient
) -> None:
    card = room.do(room.people[0], "card.add", stage=room.write.pk, text="Un bus le soir")["card"]
    room.lead("cards.reveal", stage=room.write.pk)
    room.lead("spotlight", target=card)
    client.force_login(room.user)
    console = reverse("workshop_editor:console", args=[room.workshop.pk])
    assert 'class="spotlit"' in client.get(console).text
    data = {"target": "", "region": "ecran", "client_uuid": str(uuid.uuid4())}
    act = reverse("workshop_editor:console_act", args=[room.workshop.pk, "spotlight"])
    assert client.post(act, data).status_code == 302
    assert Workshop.objects.get(pk=room.workshop.pk).spotlight is None
    assert 'class="spotlit"' not in client.get(console).text
