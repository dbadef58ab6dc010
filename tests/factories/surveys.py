"""Published surveys and their responses."""

import itertools
import uuid
from typing import Any

from django.test import TestCase

from consultations.process.models import Consultation
from consultations.surveys.definition import content_hash
from consultations.surveys.models import Survey, SurveyVersion
from consultations.surveys.services import SubmissionResult, submit_response
from territories.models import Territory
from tests.factories.process import ConsultationFactory, place
from tests.surveys.documents import every_type

_numbers = itertools.count(1)


def draft_survey(document: dict[str, Any] | None = None, **fields: Any) -> Survey:
    """A survey nobody can answer yet, in a published consultation."""
    consultation = fields.pop("consultation", None) or ConsultationFactory(
        status=Consultation.Status.PUBLISHED
    )
    number = next(_numbers)
    return Survey.objects.create(
        consultation=consultation,
        slug=fields.pop("slug", f"enquete-{number}"),
        title=fields.pop("title", f"Vos besoins {number}"),
        draft=document or every_type(),
        **fields,
    )


def open_survey(document: dict[str, Any] | None = None, **fields: Any) -> Survey:
    """A survey anyone may answer today."""
    survey = draft_survey(document, **fields)
    survey.current_version = SurveyVersion.objects.create(
        survey=survey, number=1, definition=survey.draft, content_hash=content_hash(survey.draft)
    )
    survey.status = Survey.Status.PUBLISHED
    survey.save()
    return survey


def commune(code: str = "47001", name: str = "Agen", *, within: Territory | None = None) -> Territory:
    """A commune under its INSEE code."""
    territory = place(name, "commune", within=within)
    territory.code = code
    territory.save()
    return territory


def answer(survey: Survey, answers: dict[str, Any] | None = None, **fields: Any) -> SubmissionResult:
    """One more response, projected."""
    assert survey.current_version is not None
    fields.setdefault("client_uuid", uuid.uuid4())
    given = {"seul": "oui"} if answers is None else answers
    with TestCase.captureOnCommitCallbacks(execute=True):
        return submit_response(version=survey.current_version, answers=given, **fields)
