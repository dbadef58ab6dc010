"""The voting page, its thanks and its results, as a browser without JavaScript meets them."""

import datetime

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from consultations.polls.models import Ballot, Poll
from consultations.polls.services import close_poll, issue_poll_invitations, open_poll
from consultations.process.models import Consultation
from core import tolls
from core.content import content_blocks
from tests.core.test_tolls import paid
from tests.factories.polls import a_room, draft_poll, open_a_poll, room_poll, vote
from tests.html_forms import forms_of

pytestmark = pytest.mark.django_db


def page(name, poll):
    return reverse(f"polls:{name}", args=[poll.slug])


def send(client, poll, data, *, look_first=True):
    if look_first:
        client.get(page("vote", poll))
    return client.post(page("vote", poll), data)


ANSWERS = {
    "single": {"choix": "bus"},
    "multiple": {"choix": ["bus", "velo"]},
    "yes_no": {"choix": "no"},
    "ranking": {"rang-bus": "1", "rang-velo": "2", "rang-navette": "3"},
    "score": {"note-bus": "5", "note-velo": "", "note-navette": "0"},
    "dots": {"points-bus": "4", "points-velo": "1", "points-navette": "0"},
    "satisfaction": {"choix": "4"},
    "csat": {"choix": "5"},
    "nps": {"choix": "10"},
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_one_page_one_vote_one_receipt(client, kind):
    poll = open_a_poll(kind, what_next="La commission en parle en mars.")
    shown = client.get(page("vote", poll))
    assert shown.status_code == 200
    assert "ne pourrez donc pas le changer" in shown.text
    assert "Un vote par appareil" in shown.text
    sent = client.post(page("vote", poll), ANSWERS[kind])
    assert (sent.status_code, sent.url) == (303, page("thanks", poll))
    thanks = client.get(sent.url)
    assert "La commission en parle en mars." in thanks.text
    assert thanks.context["code"] in thanks.text
    assert client.get(thanks.context["path"]).status_code == 200
    assert poll.ballots.count() == 1


@pytest.mark.parametrize("kind", ANSWERS)
def test_the_form_as_it_stands_can_be_filled_without_javascript(client, kind):
    poll = open_a_poll(kind)
    (form,) = forms_of(client.get(page("vote", poll)).text, page("vote", poll))
    names = {control["name"] for control in form.controls}
    assert names == set(ANSWERS[kind])


def test_a_double_click_votes_once(client):
    poll = open_a_poll()
    first = send(client, poll, {"choix": "bus"})
    again = client.post(page("vote", poll), {"choix": "velo"})
    assert (first.url, again.url) == (page("thanks", poll),) * 2
    assert list(Ballot.objects.values_list("choices", flat=True)) == [{"bus": 1}]


def test_a_retry_whose_first_answer_was_lost_finds_its_receipt(client):
    poll = open_a_poll()
    client.get(page("vote", poll))
    before = client.cookies[f"sondage_{poll.slug}"].value
    client.post(page("vote", poll), {"choix": "bus"})
    client.cookies[f"sondage_{poll.slug}"] = before
    assert client.post(page("vote", poll), {"choix": "bus"}).url == page("thanks", poll)
    assert Ballot.objects.count() == 1


def test_a_browser_that_kept_no_cookie_is_told_and_loses_nothing(client):
    poll = open_a_poll("ranking")
    refused = send(client, poll, ANSWERS["ranking"], look_first=False)
    assert refused.status_code == 422
    assert "cookie" in refused.text
    assert '<option value="1" selected>' in refused.text
    assert client.post(page("vote", poll), ANSWERS["ranking"]).status_code == 303


def test_a_forged_cookie_is_not_a_voter(client):
    poll = open_a_poll()
    client.cookies[f"sondage_{poll.slug}"] = "vforged:signature"
    assert client.get(page("vote", poll)).status_code == 200
    assert client.get(page("thanks", poll)).url == page("vote", poll)


@pytest.mark.parametrize(
    ("kind", "data", "says"),
    [
        ("single", {}, "Choisissez une réponse"),
        ("single", {"choix": "train"}, "pas dans la liste"),
        ("single", {"choix": "bus\x00"}, "pas dans la liste"),
        ("ranking", {"rang-bus": "1", "rang-velo": "1", "rang-navette": "2"}, "place 1"),
        ("score", {"note-bus": "99"}, "de 0 à 5"),
        ("score", {"note-bus": "²"}, "de 0 à 5"),
        ("dots", {"points-bus": "5", "points-velo": "3"}, "8 points"),
        ("dots", {"points-bus": "1e3"}, "points"),
    ],
)
def test_a_ballot_that_is_not_whole_comes_back_with_its_reason(client, kind, data, says):
    poll = open_a_poll(kind)
    refused = send(client, poll, data)
    assert refused.status_code in {400, 422}
    assert says in refused.text or refused.status_code == 400
    assert not Ballot.objects.exists()


def test_a_trap_filled_by_a_robot_and_a_flood_are_refused(client, settings):
    poll = open_a_poll()
    assert send(client, poll, {"choix": "bus", "site_web": "x"}).status_code == 400
    settings.SURVEY_SUBMISSIONS_PER_MINUTE = 1
    cache.clear()
    assert send(client, poll, {}).status_code == 422
    assert send(client, poll, {"choix": "bus"}).status_code == 429
    assert not Ballot.objects.exists()


# --- invitations ------------------------------------------------------------------------------------


def invited(count=2):
    poll = draft_poll(access="invitation")
    from accounts.models import User  # noqa: PLC0415

    codes = issue_poll_invitations(
        actor=User.objects.create(email="a@b.fr", is_superuser=True), poll=poll, count=count
    )
    return open_poll(actor=None, poll=poll), codes


def test_an_invitation_votes_once_on_any_device(client, django_user_model):
    poll, codes = invited()
    assert send(client, poll, {"choix": "bus", "code": codes[0].replace("-", " ").upper()}).status_code == 303
    other = type(client)()
    assert send(other, poll, {"choix": "velo", "code": codes[0]}).status_code == 303
    assert list(Ballot.objects.values_list("choices", flat=True)) == [{"bus": 1}]


@pytest.mark.parametrize("code", ["", "bonjour", "lilas lilas lilas lilas 00"])
def test_a_wrong_code_is_told_with_the_vote_kept(client, code):
    poll, _codes = invited()
    refused = send(client, poll, {"choix": "bus", "code": code})
    assert refused.status_code == 422
    assert 'value="bus" id="choix-bus" checked' in refused.text
    assert not Ballot.objects.exists()


def test_while_many_wrong_codes_arrive_a_right_one_still_votes(client, monkeypatch):
    poll, codes = invited()
    monkeypatch.setattr(tolls, "FREE_PER_MINUTE", 2)
    monkeypatch.setattr(tolls, "LEAST_BITS", 4)
    for _attempt in range(2):
        assert send(client, poll, {"choix": "bus", "code": "lilas lilas lilas lilas 00"}).status_code == 422
    asked = send(client, poll, {"choix": "bus", "code": codes[0]})
    assert asked.status_code == 429
    assert 'name="choix" value="bus"' in asked.text
    assert client.post(page("vote", poll), {**paid(asked), "choix": "bus"}).status_code == 303
    assert list(Ballot.objects.values_list("choices", flat=True)) == [{"bus": 1}]


# --- states -----------------------------------------------------------------------------------------


def test_unknown_hidden_and_draft_polls_do_not_exist(client, monkeypatch):
    a_room(monkeypatch)
    hidden = open_a_poll()
    Consultation.objects.filter(pk=hidden.place_key).update(status="draft")
    for slug in ("inconnu", draft_poll().slug, room_poll().slug, hidden.slug):
        for name in ("vote", "thanks", "results", "results_csv"):
            assert client.get(reverse(f"polls:{name}", args=[slug])).status_code == 404


def test_a_poll_not_open_yet_says_when(client):
    day = timezone.localdate() + datetime.timedelta(days=3)
    answer = client.get(page("vote", open_a_poll(opens_on=day)))
    assert answer.status_code == 200
    assert "ouvre le" in answer.text


def test_a_closed_poll_leads_to_its_results(client):
    poll = close_poll(actor=None, poll=open_a_poll())
    answer = client.get(page("vote", poll))
    assert answer.status_code == 410
    assert page("results", poll) in answer.text
    assert send(client, poll, {"choix": "bus"}).status_code == 410


def test_the_thanks_stay_after_closing(client):
    poll = open_a_poll()
    send(client, poll, {"choix": "bus"})
    close_poll(actor=None, poll=poll)
    assert client.get(page("vote", poll)).url == page("thanks", poll)
    assert client.get(page("thanks", poll)).status_code == 200


# --- results ----------------------------------------------------------------------------------------


def test_results_are_a_figure_a_sentence_a_table_and_a_file(client):
    poll = open_a_poll("satisfaction")
    vote(poll, *["4"] * 20, *["3"] * 15, *["2"] * 15)
    close_poll(actor=None, poll=poll)
    answer = client.get(page("results", poll))
    assert "70\xa0%" in answer.text
    assert "7 personnes sur 10" in answer.text
    assert "<table" in answer.text
    lines = client.get(page("results_csv", poll)).text.splitlines()
    assert lines[1] == "Très satisfait;20;40.00;;;50"


def test_a_file_says_what_is_secret(client):
    poll = open_a_poll("multiple", options=["=Bus", "Vélo", "Navette"])
    vote(poll, *[{"bus": 1}] * 15, *[{"velo": 1}] * 15, {"navette": 1})
    close_poll(actor=None, poll=poll)
    text = client.get(page("results_csv", poll)).text
    assert "'=Bus;15" in text
    assert "Navette;secret statistique" in text


def test_nothing_is_downloaded_before_it_is_shown(client):
    poll = open_a_poll("yes_no", visibility="after_vote")
    vote(poll, *["yes", "no"] * 40)
    assert client.get(page("results_csv", poll)).status_code == 404
    assert "à ceux qui ont voté" in client.get(page("results", poll)).text
    send(client, poll, {"choix": "yes"})
    assert client.get(page("results_csv", poll)).status_code == 200
    assert "votes comptés" in client.get(page("thanks", poll)).text


def test_the_page_of_results_says_why_nothing_is_shown(client):
    poll = open_a_poll()
    vote(poll, "bus")
    assert "même pas les organisateurs" in client.get(page("results", poll)).text
    close_poll(actor=None, poll=poll)
    assert "Secret statistique" in client.get(page("results", poll)).text


def test_the_page_of_results_asks_few_queries(client, django_assert_max_num_queries):
    poll = open_a_poll("yes_no")
    vote(poll, *["yes"] * 20, *["no"] * 20)
    close_poll(actor=None, poll=poll)
    client.get(page("results", poll))
    with django_assert_max_num_queries(20):
        client.get(page("results", poll))


# --- elsewhere --------------------------------------------------------------------------------------


def test_a_consultation_shows_its_polls(client):
    poll = open_a_poll()
    consultation = Consultation.objects.get(pk=poll.place_key)
    assert (
        page("vote", poll)
        in client.get(reverse("process:consultation_detail", args=[consultation.slug])).text
    )


def test_any_page_may_hold_a_poll(rf):
    block = content_blocks["poll"]
    poll, draft = open_a_poll(), draft_poll()
    assert (poll.slug, poll.question) in block.choices()
    assert draft.slug not in dict(block.choices())
    assert page("vote", poll) in block.render(poll.slug, rf.get("/"))
    assert block.render("inconnu", None) == block.render(draft.slug, None) == ""
    Poll.objects.filter(pk=poll.pk).update(status="closed")
    assert page("results", poll) in block.render(poll.slug, rf.get("/"))
