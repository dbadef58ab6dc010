"""Who may do what with a survey, in every state, as one table."""

import pytest

from accounts.models import Role
from consultations.process.models import Consultation
from consultations.surveys import permissions
from consultations.surveys.models import Survey
from consultations.surveys.permissions import SurveyState, survey_state
from tests.factories.days import DAY, dated
from tests.factories.process import ConsultationFactory, an_actor, person
from tests.factories.surveys import draft_survey, open_survey

pytestmark = pytest.mark.django_db

ALL = {"edit", "publish", "close", "preview", "follow", "answer"}
WORK = {"preview", "follow"}
# actor × state of the survey → what is allowed
TABLE = {
    ("visitor", "draft"): set(),
    ("visitor", "published"): {"answer"},
    ("visitor", "closed"): set(),
    ("organiser", "draft"): {"edit", "publish", "preview", "follow"},
    ("organiser", "published"): ALL,
    ("organiser", "closed"): WORK,
    ("organiser elsewhere", "draft"): set(),
    ("organiser elsewhere", "published"): {"answer"},
    ("organiser elsewhere", "closed"): set(),
    ("former organiser", "draft"): set(),
    ("former organiser", "published"): {"answer"},
    ("former organiser", "closed"): set(),
    ("analyst", "draft"): WORK,
    ("analyst", "published"): {"answer", *WORK},
    ("analyst", "closed"): WORK,
    ("editor", "draft"): set(),
    ("editor", "published"): {"answer"},
    ("editor", "closed"): set(),
}
RULES = {
    "edit": permissions.can_edit_survey,
    "publish": permissions.can_publish_survey,
    "close": permissions.can_close_survey,
    "preview": permissions.can_preview_survey,
    "follow": permissions.can_read_participation,
    "answer": permissions.can_answer_survey,
}


def make_survey(state, consultation):
    if state == "draft":
        return draft_survey(consultation=consultation)
    survey = open_survey(consultation=consultation)
    if state == "closed":
        survey.status = Survey.Status.CLOSED
        survey.save()
    return survey


@pytest.mark.parametrize(("actor", "state"), TABLE)
def test_who_may_do_what(actor, state):
    consultation = ConsultationFactory(status=Consultation.Status.PUBLISHED)
    survey = make_survey(state, consultation)
    user = an_actor(actor, consultation)
    assert {name for name, may in RULES.items() if may(user, survey)} == TABLE[actor, state]


def test_nothing_is_edited_once_the_consultation_is_closed():
    survey = open_survey()
    organiser = person(Role.ORGANISER, on=survey.consultation.territory)
    survey.consultation.status = Consultation.Status.CLOSED
    assert {name for name, may in RULES.items() if may(organiser, survey)} == WORK


@pytest.mark.parametrize(
    ("survey_fields", "consultation_fields", "state"),
    [
        ({}, {}, SurveyState.OPEN),
        ({"closes_on": 0 * DAY}, {}, SurveyState.OPEN),
        ({"closes_on": -DAY}, {}, SurveyState.CLOSED),
        ({"opens_on": DAY}, {}, SurveyState.NOT_YET),
        ({}, {"starts_on": DAY}, SurveyState.NOT_YET),
        ({}, {"starts_on": -9 * DAY, "ends_on": -DAY}, SurveyState.CLOSED),
        ({}, {"status": Consultation.Status.DRAFT}, SurveyState.HIDDEN),
        ({}, {"status": Consultation.Status.CLOSED}, SurveyState.CLOSED),
    ],
)
def test_a_survey_follows_its_dates_and_its_consultation(survey_fields, consultation_fields, state):
    survey = open_survey(**dated(survey_fields))
    for name, value in dated(consultation_fields).items():
        setattr(survey.consultation, name, value)
    assert survey_state(survey) == state
