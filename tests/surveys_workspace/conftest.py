"""An organiser signed in, with a draft of two questions in a published consultation."""

import copy

import pytest
from django.test import Client

from accounts.models import Role, User
from consultations.process.models import Consultation
from consultations.surveys.models import Survey
from consultations.surveys.services import create_survey, save_draft_definition
from tests.factories.process import ConsultationFactory, person

DOCUMENT = {
    "schema": 1,
    "intro": {"fr": "Bonjour"},
    "questions": [
        {
            "code": "seul",
            "type": "single",
            "label": {"fr": "Vivez-vous seul ?"},
            "choices": [
                {"code": "oui", "label": {"fr": "Oui"}, "icon": "user"},
                {"code": "non", "label": {"fr": "Non"}},
            ],
        },
        {"code": "visites", "type": "number", "label": {"fr": "Combien de visites ?"}, "min": 0, "max": 50},
    ],
}


@pytest.fixture
def consultation(db: None) -> Consultation:
    return ConsultationFactory(status="published")


@pytest.fixture
def organiser(consultation: Consultation) -> User:
    return person(Role.ORGANISER, on=consultation.territory)


@pytest.fixture
def survey(consultation: Consultation, organiser: User) -> Survey:
    made = create_survey(actor=organiser, consultation=consultation, title="Vos besoins")
    save_draft_definition(actor=organiser, survey=made, document=copy.deepcopy(DOCUMENT), revision=0)
    return made


@pytest.fixture
def staff(client: Client, organiser: User) -> Client:
    client.force_login(organiser)
    return client


@pytest.fixture
def base(survey: Survey) -> str:
    return f"/espace/enquetes/{survey.pk}/"
