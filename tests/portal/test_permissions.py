"""Who may look at the publication of a survey's results and ask for it, in every state, as one table."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from accounts.models import Role, User
from consultations.process.models import Consultation
from consultations.surveys.models import Survey
from observatory.portal.permissions import can_publish_results, can_read_releases
from observatory.portal.services import publish_survey
from tests.factories.process import ConsultationFactory, person
from tests.factories.surveys import draft_survey, open_survey

pytestmark = pytest.mark.django_db

NOTHING, READ, ALL = set(), {"read"}, {"read", "publish"}
# actor × state of the survey → what is allowed
TABLE = {
    "visitor": {"draft": NOTHING, "published": NOTHING, "closed": NOTHING},
    "member": {"draft": NOTHING, "published": NOTHING, "closed": NOTHING},
    "organiser": {"draft": NOTHING, "published": ALL, "closed": ALL},
    "organiser elsewhere": {"draft": NOTHING, "published": NOTHING, "closed": NOTHING},
    "former organiser": {"draft": NOTHING, "published": NOTHING, "closed": NOTHING},
    "facilitator here, organiser elsewhere": {"draft": NOTHING, "published": READ, "closed": READ},
    "administrator": {"draft": NOTHING, "published": ALL, "closed": ALL},
    "analyst": {"draft": NOTHING, "published": ALL, "closed": ALL},
    "interviewer": {"draft": NOTHING, "published": READ, "closed": READ},
    "data-protection officer": {"draft": NOTHING, "published": READ, "closed": READ},
    "page editor": {"draft": NOTHING, "published": NOTHING, "closed": NOTHING},
}
ROLES = {
    "organiser": Role.ORGANISER,
    "administrator": Role.ADMINISTRATOR,
    "analyst": Role.ANALYST,
    "interviewer": Role.INTERVIEWER,
    "data-protection officer": Role.DPO,
    "page editor": Role.EDITOR,
}
RULES = {"read": can_read_releases, "publish": can_publish_results}


def make_actor(name: str, consultation: Consultation) -> User | AnonymousUser:
    here = consultation.territory
    if name in ROLES:
        return person(ROLES[name], on=here)
    if name == "visitor":
        return AnonymousUser()
    if name == "member":
        return person()
    if name == "former organiser":
        return person(Role.ORGANISER, on=here, ended=True)
    if name == "organiser elsewhere":
        return person(Role.ORGANISER, on=ConsultationFactory().territory)
    both = person(Role.ORGANISER, on=ConsultationFactory().territory)
    both.memberships.create(role=Role.FACILITATOR, territory=here, starts_on=both.memberships.get().starts_on)
    return both


def make_survey(state: str, consultation: Consultation) -> Survey:
    if state == "draft":
        return draft_survey(consultation=consultation)
    survey = open_survey(consultation=consultation)
    if state == "closed":
        survey.status = Survey.Status.CLOSED
        survey.save()
    return survey


@pytest.mark.parametrize("state", ["draft", "published", "closed"])
@pytest.mark.parametrize("actor", TABLE)
def test_who_may_do_what(actor, state):
    consultation = ConsultationFactory(status=Consultation.Status.PUBLISHED)
    survey, user = make_survey(state, consultation), make_actor(actor, consultation)
    assert {name for name, may in RULES.items() if may(user, survey)} == TABLE[actor][state]


@pytest.mark.parametrize("actor", ["member", "organiser elsewhere", "interviewer"])
def test_service_refuses_whoever_may_not(actor):
    consultation = ConsultationFactory(status=Consultation.Status.PUBLISHED)
    survey, user = make_survey("published", consultation), make_actor(actor, consultation)
    with pytest.raises(PermissionDenied):
        publish_survey(actor=user, survey=survey)
