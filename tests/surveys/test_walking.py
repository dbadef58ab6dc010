"""One question per page, without JavaScript: the way from the first page to the receipt."""

import re

import pytest
from django.test import TestCase
from django.urls import reverse

from consultations.surveys.models import Draft, Response
from tests.factories.surveys import commune, open_survey
from tests.surveys.browsing import HOSTILE, begin, give, text, url
from tests.surveys.documents import question, questionnaire

pytestmark = pytest.mark.django_db


def test_a_whole_journey_gives_one_response_and_a_receipt(client):
    commune()
    survey = open_survey(title="Vos besoins")
    page = client.get(url("start", survey))
    assert page.status_code == 200
    assert "Vos besoins" in text(page)
    assert not client.cookies.get("sessionid")
    response = begin(client, survey, mode="helped", helper="relative")
    assert (response.status_code, response.url) == (303, url("question", survey, "seul"))
    assert give(client, survey, "seul", value="oui").url == url("question", survey, "age")
    assert give(client, survey, "age", value="70").url == url("question", survey, "gestes")
    assert give(client, survey, "gestes", value=["repas", "toilette"]).url == url(
        "question", survey, "satisfaction"
    )
    give(client, survey, "satisfaction", value="4")
    give(client, survey, "commune", value="agen")
    dated = {"q-depuis-day": "1", "q-depuis-month": "2", "q-depuis-year": "2020"}
    client.post(url("question", survey, "depuis"), dated)
    assert give(client, survey, "mots", value=f"Merci {HOSTILE}").url == url("summary", survey)
    page = client.get(url("summary", survey))
    assert "Agen" in text(page) and "Les repas, La toilette" in text(page)
    assert "<script>alert" not in text(page)
    with TestCase.captureOnCommitCallbacks(execute=True):
        sent = client.post(url("summary", survey))
    assert (sent.status_code, sent.url) == (303, url("thanks", survey))
    page = client.get(sent.url)
    assert "/suivre/" in text(page)
    assert "<svg" in text(page)
    stored = Response.objects.get()
    assert (stored.mode, stored.helper) == ("helped", "relative")
    assert not Draft.objects.exists()
    receipt = re.search(r'href="(/suivre/[^"]+)"', text(page))
    assert receipt
    told = client.get(receipt[1])
    assert told.status_code == 200
    assert "Vos besoins" in text(told)


def test_each_request_costs_a_pinned_number_of_queries(client, settings, django_assert_num_queries):
    settings.SURVEY_FRESH_SECONDS = 60
    survey = open_survey(questionnaire(question("a"), question("b")))
    client.get(url("start", survey))  # the survey, the site's name and its theme are then kept
    with django_assert_num_queries(0):
        client.get(url("start", survey))
    with django_assert_num_queries(3):  # savepoint, draft, release
        begin(client, survey)
    with django_assert_num_queries(1):  # the draft
        client.get(url("question", survey, "a"))
    with django_assert_num_queries(2):  # the same, and its update
        give(client, survey, "a", value="oui")
    give(client, survey, "b", value="oui")
    with django_assert_num_queries(1):
        client.get(url("summary", survey))


def test_the_position_is_said_only_when_exact(client):
    survey = open_survey()
    begin(client, survey)
    assert "sur 7" not in text(client.get(url("question", survey, "seul")))
    give(client, survey, "seul", value="oui")
    give(client, survey, "age", value="70")
    assert "Question 3 " in text(client.get(url("question", survey, "gestes")))


def test_a_wrong_answer_is_shown_again_with_its_place(client):
    survey = open_survey()
    begin(client, survey)
    page = give(client, survey, "seul")
    assert page.status_code == 422
    assert 'href="#q-seul-oui"' in text(page)
    give(client, survey, "seul", value="oui")
    page = give(client, survey, "age", value=f"beaucoup {HOSTILE}")
    assert page.status_code == 422
    assert "beaucoup" in text(page)
    assert "<script>alert" not in text(page)


def test_a_question_not_required_can_be_passed(client):
    survey = open_survey()
    begin(client, survey)
    give(client, survey, "seul", value="oui")
    response = client.post(url("question", survey, "age"), {"action": "skip", "q-age": "zz"})
    assert response.url == url("question", survey, "satisfaction")
    assert Draft.objects.get().answers["age"] is None


def test_a_required_question_cannot_be_passed(client):
    survey = open_survey()
    begin(client, survey)
    assert client.post(url("question", survey, "seul"), {"action": "skip"}).status_code == 422


def test_jumping_ahead_leads_to_the_first_question_not_passed(client):
    survey = open_survey()
    begin(client, survey)
    assert client.get(url("question", survey, "mots")).url == url("question", survey, "seul")
    assert client.get(url("summary", survey)).url == url("question", survey, "seul")
    assert client.get(url("question", survey, "inconnue")).status_code == 404


def test_changing_from_the_summary_comes_back_to_it(client):
    survey = open_survey(questionnaire(question("a"), question("b"), question("c", visible_when="a = 'non'")))
    begin(client, survey)
    give(client, survey, "a", value="oui")
    assert give(client, survey, "b", value="oui").url == url("summary", survey)
    change = url("question", survey, "a") + "?retour=1"
    assert client.post(change, {"q-a": "oui"}).url == url("summary", survey)
    assert client.post(change, {"q-a": "non"}).url == url("question", survey, "c")


def test_several_communes_are_offered_then_chosen(client):
    commune("47001", "Agen")
    commune("47002", "Sainte-Livrade")
    commune("47003", "Sainte-Colombe")
    survey = open_survey(questionnaire(question("lieu", "commune", role="territory")))
    begin(client, survey)
    page = give(client, survey, "lieu", value="sainte")
    assert page.status_code == 200
    assert text(page).count('name="q-lieu-code"') == 2
    chosen = client.post(url("question", survey, "lieu"), {"q-lieu": "sainte", "q-lieu-code": "47003"})
    assert chosen.url == url("summary", survey)
    assert "Sainte-Colombe" in text(client.get(chosen.url))
    assert give(client, survey, "lieu", value="Atlantis").status_code == 422


def test_a_misspelt_commune_is_offered_never_guessed(client):
    commune("47157", "Marmande")
    survey = open_survey(questionnaire(question("lieu", "commune", role="territory")))
    begin(client, survey)
    page = give(client, survey, "lieu", value="marmende")
    assert page.status_code == 200
    assert 'value="47157"' in text(page)
    chosen = client.post(url("question", survey, "lieu"), {"q-lieu": "marmende", "q-lieu-code": "47157"})
    assert chosen.url == url("summary", survey)


def test_the_easy_texts_are_shown_to_who_wants_them(client):
    label = {"fr": "Votre logement est-il adapté ?", "fr-easy": "Votre logement vous convient ?"}
    survey = open_survey(questionnaire(question("a", label=label)))
    begin(client, survey)
    assert "est-il adapté" in text(client.get(url("question", survey, "a")))
    client.post(reverse("core:preferences"), {"easy_read": "1", "next": "/"})
    assert "vous convient" in text(client.get(url("question", survey, "a")))
