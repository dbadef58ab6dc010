"""Writes of surveys: two editors, frozen versions, one response whatever is repeated, a rebuildable projection."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Role
from consultations.bank.models import Verbatim
from consultations.lineage.models import Link
from consultations.process.models import Consultation
from consultations.surveys.door import find_survey
from consultations.surveys.models import AnswerFact, Draft, Response, Survey
from consultations.surveys.services import (
    EditConflict,
    close_survey,
    create_survey,
    draft_code,
    issue_invitations,
    project_responses,
    projection,
    publish_survey,
    purge_drafts,
    rebuild_projection,
    resume_draft,
    save_draft_definition,
    save_draft_response,
    start_draft,
    update_survey,
)
from core.models import AuditEntry, Receipt
from core.receipts import normalise_code
from needs.models import Need
from tests.factories.days import DAY, dated, days_ago
from tests.factories.process import ConsultationFactory, person
from tests.factories.surveys import answer, commune, draft_survey, open_survey
from tests.surveys.documents import every_type, question, questionnaire

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation():
    return ConsultationFactory(status=Consultation.Status.PUBLISHED)


@pytest.fixture
def organiser(consultation):
    return person(Role.ORGANISER, on=consultation.territory)


@pytest.fixture
def need():
    return Need.objects.create(code="1.1.2", family="need", official_label="Repas", plain_label="Manger")


def test_creating_gives_a_free_address_and_an_empty_draft(organiser, consultation):
    first = create_survey(actor=organiser, consultation=consultation, title="Vos besoins à domicile")
    second = create_survey(actor=organiser, consultation=consultation, title="Vos besoins à domicile")
    assert (first.slug, second.slug) == ("vos-besoins-a-domicile", "vos-besoins-a-domicile-2")
    assert first.draft["questions"] == []
    assert AuditEntry.objects.filter(verb="survey_created").count() == 2


@pytest.mark.parametrize(
    "fields",
    [{"minutes": 0}, {"title": ""}, {"opens_on": -DAY, "closes_on": -3 * DAY}, {"layout": "x"}],
)
def test_unlikely_settings_are_refused(organiser, consultation, fields):
    survey = draft_survey(consultation=consultation)
    with pytest.raises(ValidationError):
        update_survey(actor=organiser, survey=survey, **dated(fields))


def test_a_second_editor_is_told_what_changed_and_loses_nothing(organiser, consultation):
    survey = draft_survey(questionnaire(question("a"), question("b")), consultation=consultation)
    save_draft_definition(
        actor=organiser, survey=survey, document=questionnaire(question("a"), question("c")), revision=0
    )
    with pytest.raises(EditConflict) as caught:
        save_draft_definition(
            actor=organiser,
            survey=Survey.objects.get(pk=survey.pk),
            document=questionnaire(question("a", help={"fr": "Aide"}), question("b")),
            revision=0,
        )
    assert caught.value.changed == ["a", "c", "b"]
    assert caught.value.revision == 1
    assert [each["code"] for each in Survey.objects.get(pk=survey.pk).draft["questions"]] == ["a", "c"]


@pytest.mark.parametrize("document", [{"questions": 3}, [], {"questions": [{"x": "y" * 500_000}]}])
def test_a_draft_that_is_no_questionnaire_is_refused(organiser, consultation, document):
    survey = draft_survey(consultation=consultation)
    with pytest.raises(ValidationError):
        save_draft_definition(actor=organiser, survey=survey, document=document, revision=0)


def test_publishing_freezes_and_publishing_again_makes_a_version(organiser, consultation, need):
    survey = draft_survey(consultation=consultation)
    first = publish_survey(actor=organiser, survey=survey)
    assert publish_survey(actor=organiser, survey=survey) == first
    survey.refresh_from_db()
    document = every_type() | {"intro": {"fr": "Autre"}}
    save_draft_definition(actor=organiser, survey=survey, document=document, revision=0)
    second = publish_survey(actor=organiser, survey=survey)
    first.refresh_from_db()
    assert (first.number, second.number) == (1, 2)
    assert first.definition["intro"] == {"fr": "Bonjour"}


def test_publishing_names_every_problem(organiser, consultation):
    survey = draft_survey(questionnaire(question("a", needs=["9"]), question("b", visible_when="z = 1")))
    survey.consultation = consultation
    survey.save()
    with pytest.raises(ValidationError) as caught:
        publish_survey(actor=organiser, survey=survey)
    assert [message.split(":")[0] for message in caught.value.messages] == ["b.visible_when", "a.needs"]
    survey.refresh_from_db()
    assert survey.status == Survey.Status.DRAFT


def test_strangers_write_nothing(consultation):
    stranger = person()
    survey = draft_survey(consultation=consultation)
    for write in (
        lambda: create_survey(actor=stranger, consultation=consultation, title="X"),
        lambda: save_draft_definition(actor=stranger, survey=survey, document={}, revision=0),
        lambda: publish_survey(actor=stranger, survey=survey),
        lambda: close_survey(actor=stranger, survey=survey),
        lambda: issue_invitations(actor=stranger, survey=survey, count=1),
    ):
        with pytest.raises(PermissionDenied):
            write()


def test_a_response_keeps_a_day_its_columns_and_nothing_else():
    town = commune()
    survey = open_survey()
    result = answer(
        survey, {"seul": "oui", "age": "82", "commune": "47001"}, mode="helped", helper="relative"
    )
    response = Response.objects.get()
    assert result.created
    assert response.answers == {
        "seul": "oui",
        "age": 82,
        "gestes": None,
        "satisfaction": None,
        "commune": "47001",
        "depuis": None,
        "mots": None,
    }
    assert (response.territory, response.mode, response.helper) == (town, "helped", "relative")
    columns = {field.name for field in Response._meta.fields}
    assert not {"user", "ip", "created_at", "submitted_at"} & columns


def test_sending_again_gives_the_first_response_and_its_receipt(django_assert_num_queries):
    survey = open_survey()
    key = uuid.uuid4()
    first = answer(survey, {"seul": "oui"}, client_uuid=key)
    second = answer(survey, {"seul": "non"}, client_uuid=key)
    assert (first.created, second.created) == (True, False)
    assert first.receipt_code == second.receipt_code
    assert Response.objects.get().answers["seul"] == "oui"
    assert Receipt.objects.count() == 1


def test_a_response_refused_names_each_question():
    survey = open_survey()
    with pytest.raises(ValidationError) as caught:
        answer(survey, {"age": "x", "commune": "99999"})
    assert set(caught.value.message_dict) == {"seul", "age", "commune"}
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"status": Survey.Status.CLOSED},
        {"opens_on": DAY},
        {"closes_on": -DAY},
    ],
)
def test_outside_its_dates_nothing_is_accepted(change):
    survey = open_survey(**{key: value for key, value in dated(change).items() if key != "status"})
    survey.status = change.get("status", survey.status)
    with pytest.raises(PermissionDenied):
        answer(survey)


def test_roles_fill_the_columns():
    choices = [{"code": code, "label": {"fr": code}} for code in ("alone", "proxy")]
    survey = open_survey(questionnaire(question("qui", role="mode", choices=choices)))
    answer(survey, {"qui": "proxy"})
    assert Response.objects.get().mode == "proxy"


def test_projection_says_what_the_response_says(need):
    commune()
    survey = open_survey()
    answers = {
        "seul": "non",
        "age": 70,
        "gestes": ["toilette", "repas"],
        "satisfaction": 4,
        "commune": "47001",
        "depuis": "2020-01-01",
        "mots": "<script>alert(1)</script> Merci",
    }
    response = answer(survey, answers).response
    facts = set(AnswerFact.objects.values_list("question_code", "choice_code", "number"))
    assert facts == {
        ("seul", "non", None),
        ("age", "", 70),
        ("gestes", "repas", None),
        ("gestes", "toilette", None),
        ("satisfaction", "", 4),
        ("commune", "47001", None),
        ("depuis", "2020-01-01", None),
    }
    verbatim = Verbatim.objects.get()
    assert verbatim.text == "<script>alert(1)</script> Merci"
    assert list(verbatim.needs.all()) == [need]
    links = set(Link.objects.values_list("relation", "target_kind", "target_id"))
    assert links == {("raised_in", "survey", str(survey.pk)), ("coded_as", "need", "1.1.2")}
    assert Response.objects.get(pk=response.pk).is_projected


def test_rebuilding_changes_nothing(need):
    commune()
    survey = open_survey()
    for index in range(3):
        answer(survey, {"seul": "oui", "age": 70 + index, "gestes": ["repas"], "mots": f"Bonjour {index}"})

    def everything():
        return (
            sorted(AnswerFact.objects.values_list("response", "question_code", "choice_code", "number")),
            sorted(Verbatim.objects.values_list("pk", "origin_id", "question_code", "text")),
            sorted(Link.objects.values_list("pk", "source_id", "relation", "target_id")),
        )

    before = everything()
    assert rebuild_projection(survey) == 3
    assert everything() == before
    AnswerFact.objects.all().delete()
    Link.objects.all().delete()
    rebuild_projection(survey)
    assert [row[1:] for row in everything()[0]] == [row[1:] for row in before[0]]
    assert len(everything()[2]) == len(before[2])


def test_a_draft_is_found_by_its_code_and_deleted_when_sent():
    survey = open_survey()
    draft = start_draft(survey=survey, mode="alone", helper="relative", language="fr")
    save_draft_response(draft=draft, answers={"seul": "oui"})
    code = draft_code(draft)
    assert draft.helper == ""
    assert normalise_code(code) == code
    found = resume_draft(code=code)
    assert found is not None
    assert found.answers == {"seul": "oui"}
    assert code not in str(Draft.objects.values().get())
    answer(survey, found.answers, client_uuid=found.client_uuid)
    assert resume_draft(code=code) is None
    assert not Draft.objects.exists()


def test_expired_drafts_are_purged_and_cannot_be_resumed():
    survey = open_survey()
    draft = start_draft(survey=survey, mode="alone", helper="", language="fr")
    kept = start_draft(survey=survey, mode="alone", helper="", language="fr")
    code = draft_code(draft)
    Draft.objects.filter(pk=draft.pk).update(expires_on=days_ago(1))
    assert resume_draft(code=code) is None
    assert purge_drafts() == 1
    assert Draft.objects.get() == kept
    with pytest.raises(Draft.DoesNotExist):
        save_draft_response(draft=draft, answers={"seul": "oui"})


def test_a_draft_never_outlives_its_survey():
    survey = open_survey(closes_on=days_ago(-3))
    draft = start_draft(survey=survey, mode="alone", helper="", language="fr")
    assert draft.expires_on == days_ago(-3)


def test_a_submission_costs_few_queries(django_assert_max_num_queries):
    survey = open_survey()
    answer(survey)
    with django_assert_max_num_queries(25):  # it is projected at once in tests
        answer(survey)
    assert connection.vendor in {"sqlite", "postgresql"}


def test_a_survey_kept_in_memory_is_read_again_once_closed(
    organiser, consultation, settings, django_assert_num_queries, django_capture_on_commit_callbacks
):
    settings.SURVEY_FRESH_SECONDS = 60
    survey = open_survey(consultation=consultation)
    assert find_survey(survey.slug).status == Survey.Status.PUBLISHED
    with django_assert_num_queries(0):
        assert find_survey(survey.slug).status == Survey.Status.PUBLISHED
    with django_capture_on_commit_callbacks(execute=True):
        close_survey(actor=organiser, survey=survey)
    assert find_survey(survey.slug).status == Survey.Status.CLOSED


def test_responses_kept_together_are_projected_by_one_task(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.SURVEY_PROJECTION_SECONDS = 2
    survey = open_survey()
    for _time in range(3):
        answer(survey)
    asked = DBTaskResult.objects.get()
    assert asked.run_after > timezone.now() + timedelta(seconds=2)
    assert not Response.objects.filter(is_projected=True).exists()
    project_responses.call()
    assert Response.objects.filter(is_projected=True).count() == 3


def test_a_response_that_cannot_be_projected_keeps_no_other_waiting(monkeypatch):
    survey = open_survey()
    kept = [answer(survey).response for _time in range(3)]
    Response.objects.update(is_projected=False)
    project = projection.project

    def fail_once(response):
        if response.pk == kept[0].pk:
            raise LookupError
        project(response)

    monkeypatch.setattr(projection, "project", fail_once)
    with pytest.raises(LookupError):
        project_responses.call()
    assert list(Response.objects.filter(is_projected=False)) == [kept[0]]


def test_closing_stops_answers(organiser, consultation):
    survey = open_survey(consultation=consultation)
    close_survey(actor=organiser, survey=survey)
    survey.refresh_from_db()
    assert survey.status == Survey.Status.CLOSED
    with pytest.raises(PermissionDenied):
        answer(survey)
    with pytest.raises(PermissionDenied):
        update_survey(actor=organiser, survey=survey, title="Trop tard")
