"""The answering pages: one journey without JavaScript, and everything that goes wrong on the way."""

import re
import uuid

import pytest
from django.test import Client, TestCase
from django.urls import reverse

from consultations.surveys.models import Draft, Response, Survey
from consultations.surveys.services import draft_code
from tests.factories.surveys import answer, commune, days_ago, draft_survey, open_survey
from tests.surveys.documents import every_type, question, questionnaire

pytestmark = pytest.mark.django_db
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


def url(name, survey, *args):
    return reverse(f"surveys:{name}", args=[survey.slug, *args])


def begin(client, survey, **data):
    return client.post(url("start", survey), {"mode": "alone", **data})


def give(client, survey, code, follow=False, **data):
    fields = {f"q-{code}{key.removeprefix('value')}": value for key, value in data.items()}
    return client.post(url("question", survey, code), fields, follow=follow)


def text(response):
    return response.content.decode()


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


def test_guessing_codes_is_slowed_for_everyone_without_an_address(client):
    for _time in range(120):
        client.post(reverse("surveys:resume"), {"code": "abeille abricot accueil acier 01"})
    blocked = client.post(reverse("surveys:resume"), {"code": "abeille abricot accueil acier 02"})
    assert blocked.status_code == 429
    assert blocked["Retry-After"]


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
        ({"opens_on": days_ago(-5)}, 200),
        ({"closes_on": days_ago(2)}, 410),
    ],
)
@pytest.mark.parametrize("name", ["start", "summary", "single_page"])
def test_outside_its_dates_a_survey_says_when(client, fields, status, name):
    survey = open_survey(**fields)
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


def test_the_easy_texts_are_shown_to_who_wants_them(client):
    label = {"fr": "Votre logement est-il adapté ?", "fr-easy": "Votre logement vous convient ?"}
    survey = open_survey(questionnaire(question("a", label=label)))
    begin(client, survey)
    assert "est-il adapté" in text(client.get(url("question", survey, "a")))
    client.post(reverse("core:preferences"), {"easy_read": "1", "next": "/"})
    assert "vous convient" in text(client.get(url("question", survey, "a")))


class TestSinglePage:
    def survey(self):
        return open_survey(layout="single_page")

    def fields(self, client, survey):
        page = text(client.get(url("single_page", survey)))
        found = re.findall(r'name="(envoi|version)" value="([^"]+)"', page)
        assert len(found) == 2
        return {**dict(found), "mode": "alone"}

    def test_one_post_gives_one_response(self, client):
        survey = self.survey()
        fields = self.fields(client, survey)
        data = fields | {"q-seul": "oui", "q-age": "70", "q-gestes": ["repas"], "q-mots": "Merci"}
        assert client.post(url("single_page", survey), data).url == url("thanks", survey)
        assert client.post(url("single_page", survey), data).url == url("thanks", survey)
        assert Response.objects.get().answers["gestes"] == ["repas"]
        assert client.get(url("thanks", survey)).status_code == 200

    def test_what_is_wrong_is_shown_again_with_everything_given(self, client):
        survey = self.survey()
        data = self.fields(client, survey) | {"q-age": "700", "q-mots": "Gardez ceci"}
        page = client.post(url("single_page", survey), data)
        assert page.status_code == 422
        assert "Gardez ceci" in text(page)
        assert text(page).count("field-error") == 2
        assert data["envoi"] in text(page)

    def test_a_hidden_question_is_not_asked_for(self, client):
        survey = open_survey(
            questionnaire(question("a"), question("b", visible_when="a = 'oui'", required=True)),
            layout="single_page",
        )
        data = self.fields(client, survey) | {"q-a": "non"}
        assert client.post(url("single_page", survey), data).status_code == 303
        assert Response.objects.get().answers == {"a": "non"}

    def test_stopping_keeps_what_is_right(self, client):
        survey = self.survey()
        data = self.fields(client, survey) | {"q-seul": "oui", "q-age": "x", "action": "leave"}
        assert client.post(url("single_page", survey), data).url == url("pause", survey)
        assert Draft.objects.get().answers["seul"] == "oui"
        assert "age" not in Draft.objects.get().answers
        assert 'value="oui" id="q-seul-oui" checked' in text(client.get(url("single_page", survey)))

    @pytest.mark.parametrize("change", [{"envoi": "x"}, {"version": "x"}, {"envoi": ""}, {"site_web": "x"}])
    def test_a_form_we_did_not_make_is_refused(self, client, change):
        survey = self.survey()
        data = self.fields(client, survey) | {"q-seul": "oui"} | change
        assert client.post(url("single_page", survey), data).status_code == 400

    def test_an_old_version_is_still_accepted(self, client):
        survey = self.survey()
        data = self.fields(client, survey) | {"q-seul": "oui"}
        assert client.post(url("single_page", survey), data | {"version": "9"}).status_code == 404
        assert client.post(url("single_page", survey), data).status_code == 303

    def test_a_flood_is_slowed_and_loses_nothing(self, client, settings):
        settings.SURVEY_SUBMISSIONS_PER_MINUTE = 1
        survey = self.survey()
        answer(survey)
        fields = self.fields(client, survey) | {"q-seul": "oui"}
        assert client.post(url("single_page", survey), fields).status_code == 303
        again = Client()
        fields = self.fields(again, survey) | {"q-seul": "oui"}
        assert again.post(url("single_page", survey), fields).status_code == 429
