"""What may go wrong while answering: a plain French page, the right status, nothing lost."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from consultations.surveys.models import Draft, Response, Survey
from consultations.surveys.services import draft_code
from tests.factories.days import DAY, dated, days_ago
from tests.factories.surveys import draft_survey, open_survey
from tests.surveys.browsing import HOSTILE, begin, give, text, url
from tests.surveys.documents import every_type, question, questionnaire

pytestmark = pytest.mark.django_db


def test_a_double_click_sends_once_and_shows_the_same_receipt(client):
    survey = open_survey(questionnaire(question("a")))
    begin(client, survey)
    give(client, survey, "a", value="oui")
    key = str(Draft.objects.get().client_uuid)
    late = Client()
    late.cookies = client.cookies.copy()
    client.post(url("summary", survey), {"envoi": key})
    first = text(client.get(url("thanks", survey)))
    assert late.post(url("summary", survey), {"envoi": key}).url == url("thanks", survey)
    receipt = re.compile(r'class="code-words">([^<]+)')
    assert receipt.findall(text(late.get(url("thanks", survey)))) == receipt.findall(first)
    assert Response.objects.count() == 1


def test_going_back_after_sending_shows_the_receipt(client):
    survey = open_survey(questionnaire(question("a")))
    begin(client, survey)
    give(client, survey, "a", value="oui")
    client.post(url("summary", survey))
    for page in (url("question", survey, "a"), url("summary", survey)):
        assert client.get(page).url == url("thanks", survey)
    assert client.post(url("question", survey, "a"), {"q-a": "non"}).url == url("thanks", survey)
    client.post(url("thanks", survey))
    assert client.get(url("thanks", survey)).url == url("start", survey)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"opens_on": 5 * DAY}, 200),
        ({"closes_on": -2 * DAY}, 410),
    ],
)
@pytest.mark.parametrize("name", ["start", "summary", "single_page"])
def test_outside_its_dates_a_survey_says_when(client, fields, status, name):
    survey = open_survey(**dated(fields))
    page = client.get(url(name, survey))
    assert page.status_code == status
    assert survey.consultation.contact in text(page)


def test_a_draft_or_unknown_survey_does_not_exist(client):
    assert client.get(url("start", draft_survey())).status_code == 404
    assert client.get("/enquetes/nulle-part/").status_code == 404


def test_closing_meanwhile_is_said_at_sending(client):
    survey = open_survey(questionnaire(question("a")))
    begin(client, survey)
    give(client, survey, "a", value="oui")
    Survey.objects.update(status="closed")
    assert client.post(url("summary", survey)).status_code == 410
    assert not Response.objects.exists()


def test_a_trap_catches_machines_and_says_nothing(client):
    survey = open_survey()
    assert begin(client, survey, site_web="http://spam.example").status_code == 400
    assert not Draft.objects.exists()


def test_a_forged_cookie_is_no_cookie(client):
    survey = open_survey()
    begin(client, survey)
    client.cookies[f"enquete_{survey.slug}"] = "d" + uuid.uuid4().hex + ":forged"
    assert client.get(url("question", survey, "seul")).status_code == 410


def test_a_post_without_its_token_keeps_what_was_given():
    survey = open_survey()
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(url("start", survey), {"mode": "alone"}).status_code == 403
    token = strict.get(url("start", survey)).cookies["csrftoken"].value
    strict.post(url("start", survey), {"mode": "alone", "csrfmiddlewaretoken": token})
    strict.post(url("question", survey, "seul"), {"q-seul": "oui", "csrfmiddlewaretoken": token})
    assert strict.post(url("question", survey, "age"), {"q-age": "70"}).status_code == 403
    assert Draft.objects.get().answers == {"seul": "oui"}


@pytest.mark.parametrize(
    "data",
    [
        {"q-seul": ["oui", "non"]},
        {"q-seul": "\x00"},
        {"q-seul": "x" * 100_000},
        {"q-seul": HOSTILE},
        {"q-age": "70"},
        {"action": "delete"},
        {},
    ],
)
def test_hostile_posts_get_a_page_and_change_nothing_wrong(client, data):
    survey = open_survey()
    begin(client, survey)
    page = client.post(url("question", survey, "seul"), data)
    assert page.status_code in {303, 422}
    assert Draft.objects.get().answers.get("seul") in {None, "oui", "non"}


def test_every_free_text_of_a_questionnaire_is_escaped(client):
    words = {"fr": f"Texte {HOSTILE}"}
    document = every_type()
    document["intro"] = document["thanks"] = words
    for each in document["questions"]:
        each |= {"label": words, "help": words, "why": words, "unit": words, "min_label": words}
        for choice in each.get("choices", []):
            choice["label"] = words
    survey = open_survey(document, title=f"Titre {HOSTILE}")
    pages = [text(client.get(url("start", survey)))]
    begin(client, survey)
    draft = Draft.objects.get()
    draft.answers = {"seul": "oui", "age": 70, "gestes": ["repas"], "satisfaction": 3} | {
        "commune": None,
        "depuis": None,
        "mots": HOSTILE,
    }
    draft.save()
    pages += [text(client.get(url("question", survey, each["code"]))) for each in document["questions"]]
    pages.append(text(client.get(url("summary", survey))))
    Survey.objects.update(layout="single_page")
    pages.append(text(client.get(url("single_page", survey))))
    assert not [page for page in pages if "<script>alert" in page or "<img src=x" in page]
    assert all("&lt;script&gt;" in page for page in pages)


def test_an_unknown_resume_code_is_said_in_plain_french(client):
    page = client.post(reverse("surveys:resume"), {"code": "abeille abricot accueil acier 01"})
    assert page.status_code == 422
    assert "Ce code est inconnu" in text(page)


def test_an_expired_resume_code_says_that_it_expired(client):
    survey = open_survey()
    begin(client, survey)
    code = draft_code(Draft.objects.get())
    Draft.objects.update(expires_on=days_ago(1))
    page = client.post(reverse("surveys:resume"), {"code": code})
    assert page.status_code == 410
    assert "Ce code n’est plus valable" in text(page)


@pytest.mark.parametrize("code", ["abeille-abricot-accueil-acier-01", "x", "'%20or%201=1", "é" * 150])
def test_a_forged_receipt_is_unknown(client, code):
    page = client.get(f"/suivre/{code}/")
    assert page.status_code == 404
    assert "<h1" in text(page)


@pytest.mark.parametrize("name", ["start", "summary", "single_page", "pause", "thanks", "invitation"])
def test_a_post_without_its_token_says_that_nothing_was_recorded(name):
    survey = open_survey(layout="single_page")
    page = Client(enforce_csrf_checks=True).post(url(name, survey), {"q-seul": "oui"})
    assert page.status_code == 403
    assert "<h1" in text(page)
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"opens_on": 5 * DAY}, 200, "ouvre le"),
        ({"closes_on": -2 * DAY}, 410, "a fermé le"),
    ],
)
def test_a_post_outside_the_dates_keeps_nothing_and_says_when(client, fields, status, said):
    survey = open_survey(layout="single_page", **dated(fields))
    data = {"envoi": str(uuid.uuid4()), "version": "1", "mode": "alone", "q-seul": "oui"}
    page = client.post(url("single_page", survey), data)
    assert page.status_code == status
    assert said in text(page)
    assert not Response.objects.exists()


@pytest.mark.parametrize("name", ["start", "single_page", "invitation"])
def test_an_oversized_post_is_refused_in_plain_words(client, name):
    survey = open_survey(layout="single_page")
    page = client.post(
        url(name, survey), {"q-mots": "x" * 3_000_000}, content_type="application/x-www-form-urlencoded"
    )
    assert page.status_code in {400, 413, 422}
    many = client.post(url(name, survey), {f"q-{number}": "x" for number in range(2500)})
    assert many.status_code == 400
    assert "<h1" in text(many)
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"%ff%fe=%00&q-seul", "application/x-www-form-urlencoded"),
        (b"{not json", "application/json"),
        (b"--x\r\nContent-Disposition: form-data", "multipart/form-data; boundary=x"),
        (b"\x00\xff", "text/plain"),
    ],
)
@pytest.mark.parametrize("name", ["start", "single_page", "invitation", "summary"])
def test_a_malformed_body_is_never_a_server_error(client, name, body, kind):
    survey = open_survey(layout="single_page")
    page = client.post(url(name, survey), body, content_type=kind)
    assert page.status_code in {303, 400, 410, 422}
    assert not Response.objects.exists()


def test_a_repeated_start_makes_drafts_and_one_response(client):
    survey = open_survey(questionnaire(question("a")))
    for _click in range(3):
        begin(client, survey)
    for _click in range(3):
        give(client, survey, "a", value="oui")
    for _click in range(3):
        assert client.post(url("summary", survey)).url == url("thanks", survey)
    assert Response.objects.count() == 1
