"""The demo's consultations, surveys and invented answers (labelled so everywhere they show)."""

import datetime
import json
import uuid
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from consultations.bank.services import replace_verbatims
from consultations.lineage.models import Link, Relation
from consultations.process.models import Consultation
from consultations.process.services import create_consultation, publish_consultation, set_stage
from consultations.process.services.consultations import ConsultationFields
from consultations.surveys.flow import check_answers
from consultations.surveys.models import AnswerFact, Response, Survey
from consultations.surveys.selectors import load_definition
from consultations.surveys.services import (
    close_survey,
    create_survey,
    publish_survey,
    refresh_participation,
    save_draft_definition,
)
from consultations.surveys.services.answering import role_columns
from consultations.surveys.services.projection import facts_of, needs_of
from consultations.surveys.structure import Definition, QuestionType
from demo.roles import DOMAIN
from demo.voices_answers import NAMESPACE, Draw, Plan, areas, draw
from demo.voices_story import STORIES, Story, SurveyStory, plan_of
from needs.models import Need
from organisations.models import Organisation
from territories.models import Territory

DATA = Path(__file__).resolve().parent / "data"


@transaction.atomic
def load() -> None:
    """Idempotent: what exists is left as it is, answers given by visitors included."""
    actor = User.objects.get(email=f"organisatrice@{DOMAIN}")
    for story in STORIES:
        if not Consultation.objects.filter(pk=_key(story.key)).exists():
            _load_story(actor, story)


def _key(name: str) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, name)


def _day(offset: int | None) -> datetime.date | None:
    return None if offset is None else timezone.localdate() + datetime.timedelta(days=offset)


def _load_story(actor: User, story: Story) -> None:
    level, _colon, code = story.place.partition(":")
    fields: ConsultationFields = {
        **story.fields,
        "id": _key(story.key),
        "is_demo": True,
        "starts_on": timezone.localdate() + datetime.timedelta(days=story.starts),
        "ends_on": _day(story.ends),
        "needs": list(Need.objects.filter(code__in=story.needs, valid_to=None)),
    }
    consultation = create_consultation(
        actor=actor,
        territory=Territory.objects.current().get(level_id=level, code=code),
        organisation=Organisation.objects.get(slug=story.organisation),
        **fields,
    )
    publish_consultation(actor=actor, consultation=consultation)
    for survey in story.surveys:
        _load_survey(actor, consultation, survey)
    for kind, status, figure, planned in story.stages:
        set_stage(
            actor=actor,
            stage=consultation.stages.get(kind=kind),
            status=status,
            figure=figure,
            planned_on=_day(planned),
        )


def _load_survey(actor: User, consultation: Consultation, story: SurveyStory) -> None:
    survey = create_survey(
        actor=actor,
        consultation=consultation,
        title=story.title,
        slug=story.slug,
        purpose=story.purpose,
        minutes=story.minutes,
        opens_on=_day(story.opens),
        closes_on=_day(story.closes),
        id=_key(story.slug),
    )
    document = json.loads((DATA / f"voices_{story.document}.json").read_text())
    save_draft_definition(actor=actor, survey=survey, document=document, revision=0)
    if not story.is_published:
        return
    version = publish_survey(actor=actor, survey=survey)
    survey.refresh_from_db()
    found = areas()
    plan = plan_of(story.slug, found)
    if plan:
        definition = load_definition(version)
        _keep(survey, definition, plan, list(draw(plan, definition, found)))
        refresh_participation(survey_id=survey.pk)
    if story.is_closed:
        close_survey(actor=actor, survey=survey)


def _keep(survey: Survey, definition: Definition, plan: Plan, draws: list[Draw]) -> None:
    """The same rows as `submit_response` and its projection would write, by bulk."""
    responses = [_response(survey, definition, each) for each in draws]
    Response.objects.bulk_create(responses, batch_size=500)
    questions = definition.by_code
    AnswerFact.objects.bulk_create(
        (
            fact
            for response in responses
            for code, answer in response.answers.items()
            if answer is not None
            for fact in facts_of(response, questions[code], answer)
        ),
        batch_size=1000,
    )
    Link.objects.bulk_create(
        (link for response in responses for link in _links(response, definition)), batch_size=1000
    )
    for response in responses:
        _keep_words(response, definition)


def _response(survey: Survey, definition: Definition, given: Draw) -> Response:
    checked = check_answers(definition, given.answers)
    if checked.errors:
        raise ValueError(f"{survey.slug}: {checked.errors}")
    columns = role_columns(definition, checked.answers, {"mode": "alone", "helper": "", "audience": ""})
    return Response(
        id=given.key,
        survey=survey,
        version=survey.current_version,
        client_uuid=uuid.uuid5(given.key, "client"),
        answers=checked.answers,
        territory=given.commune,
        language=given.language,
        submitted_on=timezone.localdate() + datetime.timedelta(days=given.day_offset),
        is_projected=True,
        **columns,
    )


def _links(response: Response, definition: Definition) -> list[Link]:
    source: dict[str, Any] = {
        "source_kind": "response",
        "source_id": str(response.pk),
        "linked_on": response.submitted_on,
    }
    asked = Link(
        **source, relation=Relation.RAISED_IN, target_kind="survey", target_id=str(response.survey_id)
    )
    return [
        asked,
        *(
            Link(**source, relation=Relation.CODED_AS, target_kind="need", target_id=code)
            for code in needs_of(definition, response.answers)
        ),
    ]


def _keep_words(response: Response, definition: Definition) -> None:
    texts = {
        question.code: (str(response.answers[question.code]), question.needs)
        for question in definition.questions
        if question.type == QuestionType.TEXT and response.answers.get(question.code)
    }
    if texts:
        replace_verbatims(
            consultation_id=response.survey.consultation_id,
            origin=("response", str(response.pk)),
            territory_id=response.territory_id,
            given_on=response.submitted_on,
            texts=texts,
        )
