"""All the questions that apply on one page."""

import re

import pytest
from django.test import Client

from consultations.surveys.models import Draft, Response
from tests.factories.surveys import answer, open_survey
from tests.surveys.browsing import HOSTILE, text, url
from tests.surveys.documents import question, questionnaire

pytestmark = pytest.mark.django_db


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

    def test_each_request_costs_a_pinned_number_of_queries(self, client, settings, django_assert_num_queries):
        settings.SURVEY_FRESH_SECONDS = 60
        survey = self.survey()
        self.fields(client, survey)  # the survey and the frame of the page are then kept
        with django_assert_num_queries(0):
            fields = self.fields(client, survey)
        data = fields | {"q-seul": "oui", "q-age": "70", "q-gestes": ["repas"], "q-mots": "Merci"}
        with django_assert_num_queries(7):  # two savepoints opened and closed, two rows, one look for a draft
            assert client.post(url("single_page", survey), data).status_code == 303

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


def depending():
    """`aide` applies when seul is oui, `qui` when aide is oui."""
    return open_survey(
        questionnaire(
            question("seul", required=True),
            question("aide", required=True, visible_when="seul = 'oui'"),
            question("qui", "text", visible_when="aide = 'oui'"),
            question("fin", "text"),
        ),
        layout="single_page",
    )


def names(response):
    """The questions on the page, in order; the update button says the page is there."""
    return re.findall(r'data-question="(\w+)"', text(response))


class TestConditions:
    fields = TestSinglePage.fields

    def post(self, client, survey, **given):
        state = {"vues": "", **given}
        return client.post(url("single_page", survey), self.fields(client, survey) | state)

    def test_only_what_applies_is_shown(self, client):
        survey = depending()
        page = client.get(url("single_page", survey))
        assert names(page) == ["seul", "fin"]
        assert 'value="update"' in text(page)

    def test_a_page_without_conditions_has_no_update_button(self, client):
        survey = open_survey(questionnaire(question("a")), layout="single_page")
        page = text(client.get(url("single_page", survey)))
        assert 'value="update"' not in page and 'name="vues"' not in page and "live-questions" not in page

    def test_sending_shows_first_the_questions_the_answers_open(self, client):
        survey = depending()
        page = self.post(client, survey, **{"q-seul": "oui", "q-fin": "Gardez ceci"})
        assert page.status_code == 200
        assert names(page) == ["seul", "aide", "fin"]
        assert "Vos réponses ouvrent 1 question de plus" in text(page)
        assert "Gardez ceci" in text(page) and 'name="vues" value="aide"' in text(page)
        assert "field-error" not in text(page)
        assert not Response.objects.exists()

    def test_a_question_seen_and_left_empty_is_an_error_like_any_other(self, client):
        page = self.post(client, depending(), **{"q-seul": "oui", "vues": "aide"})
        assert page.status_code == 422
        assert text(page).count('class="field-error"') == 1

    def test_mistakes_and_new_questions_are_said_together(self, client):
        page = self.post(client, depending(), **{"q-seul": "oui", "q-aide": "oui", "q-fin": "x" * 3000})
        assert page.status_code == 422
        assert names(page) == ["seul", "aide", "qui", "fin"]
        assert "Vos réponses ouvrent 1 question" in text(page)

    def test_sent_once_everything_was_seen(self, client):
        survey = depending()
        given = {"q-seul": "oui", "q-aide": "oui", "q-qui": "Ma fille", "vues": "aide qui"}
        assert self.post(client, survey, **given).status_code == 303
        assert Response.objects.get().answers["qui"] == "Ma fille"

    def test_updating_shows_what_applies_and_says_no_mistake(self, client):
        page = self.post(client, depending(), action="update", **{"q-seul": "oui", "q-fin": "x" * 3000})
        assert page.status_code == 200
        assert names(page) == ["seul", "aide", "fin"]
        assert "field-error" not in text(page)
        page = self.post(client, depending(), action="update", **{"q-seul": "non"})
        assert "La page est à jour" in text(page)

    def test_what_no_longer_applies_waits_in_the_page_and_is_never_sent(self, client):
        survey = depending()
        given = {"q-seul": "non", "q-aide": "oui", "q-qui": "Ma fille", "vues": "aide qui"}
        page = self.post(client, survey, action="update", **given)
        assert names(page) == ["seul", "fin"]
        assert '<input type="hidden" name="q-qui" value="Ma fille">' in text(page)
        assert self.post(client, survey, **given).status_code == 303
        assert Response.objects.get().answers == {"seul": "non", "fin": None}

    def test_the_script_gets_only_the_conditional_questions_and_their_place(self, client):
        part = self.post(client, depending(), action="part", **{"q-seul": "oui"})
        assert part.status_code == 200
        assert names(part) == ["aide"]
        assert 'data-after="seul"' in text(part) and "ouvrent 1 question" in text(part)
        part = self.post(client, depending(), action="part", **{"q-seul": "non", "vues": "aide"})
        assert names(part) == []
        assert "1 question ne vous concerne plus" in text(part)

    @pytest.mark.parametrize("seen", ["inconnue", "aide " * 9000, "\x00", HOSTILE])
    def test_a_forged_list_of_seen_questions_harms_nothing(self, client, seen):
        page = self.post(client, depending(), **{"q-seul": "oui", "vues": seen})
        assert page.status_code in {200, 400, 422}
        assert "<script>alert" not in text(page)

    def test_a_kept_draft_opens_with_what_applies(self, client):
        survey = depending()
        self.post(client, survey, action="leave", **{"q-seul": "oui", "q-aide": "oui"})
        assert names(client.get(url("single_page", survey))) == ["seul", "aide", "qui", "fin"]
