"""An organiser asks for the release of results: told why not, told when, once it is there where it is."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Role, User
from consultations.process.models import Consultation
from consultations.surveys.models import Survey
from core.models import AuditEntry
from observatory.indicators.models import Release
from observatory.portal.outlook import Moment, moment_of, outlook
from observatory.portal.services import last_release, publish_survey
from tests.factories.process import ConsultationFactory, person
from tests.factories.surveys import answer, open_survey
from tests.surveys.documents import question, questionnaire

DOCUMENT = questionnaire(
    question("commune", "commune", role="territory"),
    question("soin", needs=[]),
    question("visites", "number", bands=[1, 4], min=0, step=1),
    question("mots", "text"),
)


@pytest.fixture
def consultation(place) -> Consultation:
    return ConsultationFactory(status=Consultation.Status.PUBLISHED, territory=place.departement)


@pytest.fixture
def survey(consultation) -> Survey:
    return open_survey(DOCUMENT, consultation=consultation, slug="soins", title="Se soigner")


@pytest.fixture
def organiser(consultation) -> User:
    return person(Role.ORGANISER, on=consultation.territory)


@pytest.fixture
def staff(client: Client, organiser) -> Client:
    client.force_login(organiser)
    return client


def give(survey: Survey, count: int, **answers) -> None:
    for _ in range(count):
        answer(survey, {"commune": "47001", "soin": "oui", **answers})


def address(survey: Survey) -> str:
    return f"/espace/enquetes/{survey.pk}/resultats/"


def test_too_few_answers_are_refused_in_words_and_nothing_is_released(staff, survey):
    give(survey, 10)
    assert "Pas encore : moins de 11 personnes ont répondu." in staff.get(address(survey)).content.decode()
    refused = staff.post(address(survey))
    assert refused.status_code == 422
    assert "moins de 11 réponses" in refused.content.decode()
    assert not Release.objects.exists()


def test_publishing_is_done_once_audited_and_listed_with_its_frozen_page(staff, survey, organiser):
    give(survey, 12)
    assert staff.post(address(survey)).status_code == 302
    release = Release.objects.get()
    entry = AuditEntry.objects.get(verb="release_published")
    assert (entry.actor, entry.target_id) == (organiser, str(release.pk))
    frozen = f"/observatoire/resultats/soins/?publication={release.pk}"
    assert frozen in staff.get(address(survey)).content.decode()
    assert staff.get(frozen).status_code == 200
    staff.post(address(survey))
    assert Release.objects.count() == 1


def test_earlier_release_is_read_as_it_was(staff, survey):
    give(survey, 12)
    first = publish_survey(actor=None, survey=survey)
    give(survey, 11)
    publish_survey(actor=None, survey=survey)
    page = staff.get(f"/observatoire/resultats/soins/?publication={first.pk}").content.decode()
    assert "12 personnes ont répondu." in page
    assert "Vous lisez une publication" in page
    assert f"?publication={first.pk}" in page
    assert "23 personnes ont répondu." in staff.get("/observatoire/resultats/soins/").content.decode()
    assert staff.get("/observatoire/resultats/soins/?publication=autre").status_code == 404


def test_ten_new_responses_are_too_few_eleven_are_not(staff, survey):
    give(survey, 12)
    publish_survey(actor=None, survey=survey)
    give(survey, 10)
    refused = staff.post(address(survey))
    assert refused.status_code == 422
    assert "moins de 11 nouvelles réponses" in refused.content.decode()
    give(survey, 1)
    assert staff.post(address(survey)).status_code == 302
    assert Release.objects.count() == 2


@pytest.mark.parametrize(
    ("before", "after", "released_days_ago", "is_closed", "moment"),
    [
        (0, 10, None, False, Moment.TOO_FEW),
        (0, 11, None, False, Moment.NOW),
        (0, 11, None, True, Moment.NOW),
        (12, 10, 1, False, Moment.TOO_FEW_NEW),
        (12, 11, 1, False, Moment.NOW),
        (12, 11, 0, False, Moment.TOMORROW),
        (12, 3, 0, True, Moment.NOW),
        (12, 0, 0, True, Moment.UP_TO_DATE),
    ],
)
def test_when_the_platform_publishes_by_itself(survey, before, after, released_days_ago, is_closed, moment):
    give(survey, before)
    if released_days_ago is not None:
        publish_survey(actor=None, survey=survey)
        day = timezone.localdate() - datetime.timedelta(days=released_days_ago)
        Release.objects.update(released_on=day)
    give(survey, after)
    if is_closed:
        survey.status = Survey.Status.CLOSED
    assert moment_of(survey, last_release(survey)) is moment


@pytest.mark.parametrize(("new", "shown"), [(0, 0), (4, 0), (7, 5), (10, 10), (11, 11), (17, 15)])
def test_new_responses_are_told_by_groups_of_five(survey, new, shown):
    """Someone who reloads this page never sees one person more."""
    give(survey, 15)
    publish_survey(actor=None, survey=survey)
    Release.objects.update(released_on=timezone.localdate() - datetime.timedelta(days=1))
    give(survey, new)
    assert outlook(survey).new_count == shown


def test_page_says_how_each_question_is_counted(staff, survey):
    give(survey, 12)
    page = staff.get(address(survey)).content.decode()
    assert "Part de chaque tranche : 0 · 1 à 3 · 4 et plus." in page
    assert "Réponses libres, jamais publiées telles quelles." in page


def test_answers_still_being_read_wait(survey):
    give(survey, 12)
    survey.responses.update(is_projected=False)
    assert moment_of(survey, None) is Moment.READING


def test_interviewer_reads_and_may_not_publish(client, survey, consultation):
    client.force_login(person(Role.INTERVIEWER, on=consultation.territory))
    give(survey, 12)
    assert "Publier les résultats" not in client.get(address(survey)).content.decode()
    assert client.post(address(survey)).status_code == 403
    assert not Release.objects.exists()


def test_page_is_a_tab_of_the_survey_for_those_who_may_read_it(staff, client, survey):
    assert address(survey) in staff.get(f"/espace/enquetes/{survey.pk}/").content.decode()
    client.logout()
    assert client.get(address(survey)).status_code == 302


def test_page_costs_the_same_whatever_was_answered(staff, survey, django_assert_max_num_queries):
    give(survey, 30)
    publish_survey(actor=None, survey=survey)
    with django_assert_max_num_queries(30):
        staff.get(address(survey))
