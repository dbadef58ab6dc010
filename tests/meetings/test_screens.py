"""What the room and those far away look at: the big screen in each moment, the address of the distance."""

import pytest
from django.test import Client

from consultations.meetings.codes import member_code
from consultations.meetings.majority import Votes
from consultations.meetings.models import Meeting
from consultations.meetings.services import sitting, voting
from tests.factories.accounts import SignedInClient
from tests.factories.councils import member_of
from tests.factories.meetings import Sitting, convened, opened
from tests.factories.process import person

pytestmark = pytest.mark.django_db


def on_screen(made: Sitting) -> str:
    client = SignedInClient()
    client.force_login(made.secretary)
    page = client.get(f"/espace/reunions/{made.meeting.pk}/ecran/").content.decode()
    return " ".join(page[page.index("<main") :].split())


def test_the_big_screen_shows_one_thing_at_a_time() -> None:
    made = opened()
    Meeting.objects.filter(pk=made.meeting.pk).update(state="convened")
    assert "Dites que vous êtes là" in on_screen(made)
    Meeting.objects.filter(pk=made.meeting.pk).update(state="suspended")
    assert "La séance est suspendue" in on_screen(made)
    Meeting.objects.filter(pk=made.meeting.pk).update(state="open")
    item = made.item()
    assert "Ordre du jour" in on_screen(made)
    made.start(item)
    first, second = made.meeting.attendances.all()[:2]
    asked = sitting.ask_to_speak(attendance=first)
    sitting.ask_to_speak(attendance=second)
    sitting.give_floor(actor=made.secretary, request=asked)
    shown = on_screen(made)
    assert "Point 1 sur 1" in shown and "Puis" in shown
    assert shown.index(str(first)) < shown.index(str(second))
    decision = made.vote(item, "on_phones")
    voting.cast_vote(attendance=first, decision=decision, choice="for")
    shown = on_screen(made)
    assert "<strong>1</strong> voix sur 9 ont voté" in shown
    assert "Adopté" not in shown  # nothing of the choices before the close
    voting.record_votes(actor=made.secretary, decision=decision, counts={"families": Votes(2)})
    voting.close_decision(actor=made.secretary, decision=decision)
    shown = on_screen(made)
    assert "Pas adopté" in shown
    sitting.close_meeting(actor=made.secretary, meeting=made.meeting)
    assert "La réunion est terminée" in on_screen(made)


@pytest.mark.parametrize(("who", "status"), [("member", 200), ("stranger", 403)])
def test_the_big_screen_is_for_the_council(client: Client, who: str, status: int) -> None:
    made = opened()
    client.force_login(member_of(made.council) if who == "member" else person())
    assert client.get(f"/espace/reunions/{made.meeting.pk}/ecran/").status_code == status


def test_who_is_far_away_finds_the_address_and_nobody_else(client: Client) -> None:
    made = convened(remote_url="https://visio.example.org/cvs")
    door = f"/conseils/{made.council.slug}/reunions/1/entrer/"
    for way, is_shown in (("remote", True), ("present", False)):
        visitor = Client()
        visitor.post(door, {"code": member_code(made.meeting, made.users_side[0].pk), "way": way})
        page = visitor.get(door.replace("entrer", "salle")).content.decode()
        assert ("visio.example.org" in page) is is_shown
    assert "visio.example.org" not in client.get(door).content.decode()
