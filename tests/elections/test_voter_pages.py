"""Voting in a browser without JavaScript: code or account, ballot, check, receipt; every refusal says what to do."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from consultations.elections.models import CastBallot, Election, RollEntry
from core.models import HandledPost, Receipt
from tests.factories import elections as made
from tests.factories.process import person

pytestmark = pytest.mark.django_db
DOOR, BALLOT = reverse("elections:door"), reverse("elections:ballot")


def text(answer):
    return answer.content.decode()


def test_the_door_opens_to_anyone(client):
    assert "Code de votre lettre" in text(client.get(DOOR))


def test_the_whole_way_with_a_code_writes_one_ballot_and_no_trace(client):
    _election, codes = made.opened()
    code = codes["Électeur 01"]
    page = client.post(DOOR, {"code": code.replace("-", " ").upper()})
    assert page.status_code == 200
    assert "Candidate 1" in text(page)
    assert "CNIL" in text(page)
    check = client.post(BALLOT, {"code": code, "choices": ["1", "3"]})
    assert "Vérifiez votre bulletin" in text(check)
    assert not CastBallot.objects.exists()
    done = client.post(BALLOT, {"code": code, "choices": ["1", "3"], "step": "cast"})
    assert "Vous avez voté" in text(done)
    assert "Candidate 1" not in text(done)
    assert CastBallot.objects.get().choices == ["1", "3"]
    assert not HandledPost.objects.exists()
    assert not Receipt.objects.exists()
    assert not Session.objects.exists()


def test_voting_twice_shows_the_same_receipt_and_adds_nothing(client):
    _election, codes = made.opened()
    sent = {"code": codes["Électeur 01"], "choices": ["1"], "step": "cast"}
    first, again = client.post(BALLOT, sent), client.post(BALLOT, {**sent, "choices": ["2"]})
    assert "Vous avez déjà voté" in text(again)
    assert first.context["receipt"] == again.context["receipt"]
    assert CastBallot.objects.get().choices == ["1"]


def test_a_blank_vote_is_said_and_saying_nothing_is_not_voting(client):
    _election, codes = made.opened()
    code = codes["Électeur 01"]
    nothing = client.post(BALLOT, {"code": code, "step": "cast"})
    assert (nothing.status_code, CastBallot.objects.count()) == (422, 0)
    both = client.post(BALLOT, {"code": code, "choices": ["1", "blank"]})
    assert both.status_code == 422
    assert "Gardez l’un ou l’autre" in text(both)
    check = client.post(BALLOT, {"code": code, "choices": ["blank"]})
    assert 'value="blank"' in text(check)
    client.post(BALLOT, {"code": code, "choices": ["blank"], "step": "cast"})
    assert CastBallot.objects.get().choices == []


def test_a_receipt_is_checked_and_says_nothing_of_the_choice(client):
    election, codes = made.opened()
    address = reverse("elections:receipt", args=[election.pk])
    receipt = made.vote(codes["Électeur 01"], "1").receipt
    assert "Vérifier mon reçu" in text(client.get(address))
    page = client.post(address, {"code": receipt})
    assert page.status_code == 200
    assert "Votre vote est enregistré" in text(page)
    assert "Candidate" not in text(page)
    for wrong in ("", "bonjour", codes["Électeur 02"]):
        assert client.post(address, {"code": wrong}).status_code == 422
    assert client.get(reverse("elections:receipt", args=[made.election().pk])).status_code == 404


@pytest.mark.parametrize("code", ["", "bonjour", "lilas cerise canard pinson 42", "x" * 5000])
def test_a_wrong_code_is_said_and_kept(client, code):
    made.opened()
    answer = client.post(DOOR, {"code": code})
    assert answer.status_code == 422
    assert "code" in answer.context["error"]


def test_too_many_names_come_back_with_the_choices(client):
    _election, codes = made.opened()
    answer = client.post(BALLOT, {"code": codes["Électeur 01"], "choices": ["1", "2", "3"]})
    assert answer.status_code == 422
    assert text(answer).count(" checked") == 3
    back = client.post(BALLOT, {"code": codes["Électeur 01"], "choices": ["1"], "step": "change"})
    assert text(back).count(" checked") == 1
    assert not CastBallot.objects.exists()


def test_before_the_hour_and_after_the_close(client):
    election, codes = made.ready()
    assert client.post(DOOR, {"code": codes["Électeur 01"]}).status_code == 403
    Election.objects.filter(pk=election.pk).update(state="open")
    made.past_hour(election)
    late = {"code": codes["Électeur 01"], "choices": ["1"], "step": "cast"}
    assert client.post(BALLOT, late).status_code == 403
    made.closed(election)
    assert client.post(BALLOT, late).status_code == 422  # the codes are erased with the close
    assert not CastBallot.objects.exists()


def test_an_account_on_the_roll_votes_without_a_code_and_others_do_not(client):
    election, _codes = made.opened()
    user = person()
    RollEntry.objects.filter(election=election, name="Électeur 01").update(user=user)
    address = reverse("elections:by_account", args=[election.council.slug, election.number])
    assert client.get(address).status_code == 403
    client.force_login(user)
    assert client.get(address).status_code == 200
    sent = {"council": election.council.slug, "number": election.number, "choices": ["2"], "step": "cast"}
    assert "Vous avez voté" in text(client.post(BALLOT, sent))
    client.force_login(person())
    assert client.post(BALLOT, sent).status_code == 403
    assert CastBallot.objects.count() == 1


def test_a_person_marked_on_paper_is_told(client):
    _election, codes = made.opened()
    entry = made.elector(codes["Électeur 01"])
    RollEntry.objects.filter(pk=entry.pk).update(mark="paper")
    answer = client.post(DOOR, {"code": codes["Électeur 01"]})
    assert answer.status_code == 403
    assert "papier" in text(answer)
