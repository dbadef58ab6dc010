"""What a phone may keep of a room: a script for the rooms only, and a page with nothing anyone wrote."""

import pytest
from django.urls import reverse

from consultations.live.models import Participant
from consultations.live.services import close_room
from tests.factories.workshops import OpenRoom

pytestmark = pytest.mark.django_db
TEXT = "Le bus ne passe plus le samedi."


@pytest.fixture
def room():
    made = OpenRoom(1)
    made.lead("stage.start", stage=made.write.pk)
    made.do(made.people[0], "card.add", stage=made.write.pk, text=TEXT)
    made.lead("cards.reveal", stage=made.write.pk)
    return made


def come_in(client, room):
    fields = {"college": "residents", "device": "phone", "display_name": "Odette"}
    assert client.post(reverse("workshops:join", args=[room.room.code]), fields).status_code == 302
    return Participant.objects.get(display_name="Odette")


def test_the_script_answers_for_the_rooms_only_and_is_always_asked_again(client):
    address = reverse("workshops:worker")
    answer = client.get(address)
    assert address.rpartition("/")[0] == "/atelier"
    assert answer["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer["Cache-Control"]
    assert "Service-Worker-Allowed" not in answer
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert not answer.cookies
    assert client.post(address).status_code == 405


def test_the_kept_page_holds_nothing_anyone_wrote(client, room):
    come_in(client, room)
    assert TEXT in client.get(reverse("workshops:room", args=[room.room.code])).content.decode()
    kept = client.get(reverse("workshops:shell", args=[room.room.code]))
    page = kept.content.decode()
    assert kept.status_code == 200
    assert "data-shell-page" in page
    assert f'data-page="{reverse("workshops:room", args=[room.room.code])}"' in page
    assert "Vous n’avez pas de réseau" in page
    for written in (TEXT, room.write.title, str(room.people[0].participant.pk)):
        assert written not in page


def test_only_a_device_of_an_open_room_has_a_page_to_keep(client, room):
    address = reverse("workshops:shell", args=[room.room.code])
    assert client.get(address).status_code == 404
    come_in(client, room)
    assert client.get(address).status_code == 200
    close_room(room=room.room)
    assert client.get(address).status_code == 404
