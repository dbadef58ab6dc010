"""Stopping, resuming elsewhere with a code, erasing; codes that lead nowhere."""

import pytest
from django.test import Client
from django.urls import reverse

from consultations.surveys.models import Draft
from consultations.surveys.services import draft_code
from tests.core.test_tolls import paid
from tests.factories.days import days_ago
from tests.factories.surveys import open_survey
from tests.surveys.browsing import HOSTILE, begin, give, text, url

pytestmark = pytest.mark.django_db


def test_stopping_gives_a_code_that_resumes_elsewhere(client):
    survey = open_survey()
    begin(client, survey)
    give(client, survey, "seul", value="oui")
    response = client.post(url("question", survey, "age"), {"q-age": "70", "action": "leave"})
    page = client.get(response.url)
    code = draft_code(Draft.objects.get())
    assert code.replace("-", " ") in text(page)
    elsewhere = Client()
    found = elsewhere.post(reverse("surveys:resume"), {"code": code.upper().replace("-", " ")})
    assert found.url == url("question", survey, "gestes")
    assert elsewhere.get(found.url).status_code == 200


def test_leaving_a_shared_device_forgets_the_cookie_and_keeps_the_draft(client):
    survey = open_survey()
    begin(client, survey)
    client.post(url("pause", survey), {"action": "leave"})
    assert client.get(url("question", survey, "seul")).status_code == 410
    assert Draft.objects.count() == 1


def test_one_may_erase_what_was_not_sent(client):
    survey = open_survey()
    begin(client, survey)
    client.post(url("pause", survey), {"action": "erase"})
    assert not Draft.objects.exists()


@pytest.mark.parametrize(("typed", "status"), [("", 422), ("bonjour", 422), (HOSTILE, 422), ("x" * 500, 422)])
def test_a_wrong_code_is_explained_and_kept(client, typed, status):
    page = client.post(reverse("surveys:resume"), {"code": typed})
    assert page.status_code == status
    assert "<script>alert" not in text(page)


def test_an_expired_code_says_so(client):
    survey = open_survey()
    begin(client, survey)
    draft = Draft.objects.get()
    Draft.objects.update(expires_on=days_ago(1))
    assert client.post(reverse("surveys:resume"), {"code": draft_code(draft)}).status_code == 410
    assert give(client, survey, "seul", value="oui").status_code == 410


def test_while_codes_are_guessed_a_right_one_still_resumes(client):
    survey = open_survey()
    begin(client, survey)
    code = draft_code(Draft.objects.get())
    for _time in range(120):
        client.post(reverse("surveys:resume"), {"code": "abeille abricot accueil acier 01"})
    slowed = Client().post(reverse("surveys:resume"), {"code": code})
    assert slowed.status_code == 429
    assert slowed["Retry-After"]
    assert client.post(reverse("surveys:resume"), paid(slowed)).status_code == 302
