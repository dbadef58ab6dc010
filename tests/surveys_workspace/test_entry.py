"""Answers typed in by an interviewer, and answers erased when their time is over."""

import datetime
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Role
from consultations.lineage.models import Link
from consultations.process.models import Consultation
from consultations.surveys.models import AnswerFact, Response, Survey
from consultations.surveys.services import publish_survey, purge_expired_responses
from core.models import AuditEntry, Receipt
from tests.factories.process import person, place
from tests.factories.surveys import answer


@pytest.fixture
def opened(survey: Survey, organiser) -> Survey:
    publish_survey(actor=organiser, survey=survey)
    survey.refresh_from_db()
    return survey


def typed(**changes: str) -> dict[str, str]:
    today = timezone.localdate().isoformat()
    return {"day": today, "mode": "helped", "helper": "interviewer", "q-seul": "oui", **changes}


@pytest.mark.parametrize(
    ("role", "status"), [(Role.INTERVIEWER, 200), (Role.ORGANISER, 200), (Role.ANALYST, 403), (Role.DPO, 403)]
)
def test_entry_is_for_interviewers_and_organisers(
    client: Client, opened: Survey, base: str, role: Role, status: int
) -> None:
    client.force_login(person(role, on=opened.consultation.territory))
    assert client.get(base + "saisie/").status_code == status


def test_entry_elsewhere_or_on_a_draft_is_refused(client: Client, survey: Survey, base: str) -> None:
    client.force_login(person(Role.INTERVIEWER, on=place("Agen")))
    assert client.get(base + "saisie/").status_code == 403
    client.force_login(person(Role.INTERVIEWER, on=survey.consultation.territory))
    assert client.get(base + "saisie/").status_code == 403


def test_entry_keeps_the_mode_and_gives_a_receipt_once(staff: Client, opened: Survey, base: str) -> None:
    response = staff.post(base + "saisie/", typed(), follow=True)
    assert response.status_code == 200
    kept = Response.objects.get()
    assert (kept.mode, kept.helper, kept.answers["seul"]) == ("helped", "interviewer", "oui")
    assert "code-words" in response.content.decode()
    assert staff.get(base + "saisie/recu/").status_code == 302


def test_entry_sent_twice_is_kept_once(staff: Client, opened: Survey, base: str) -> None:
    data = typed(envoi=str(uuid.uuid4()))
    staff.post(base + "saisie/", data)
    staff.post(base + "saisie/", data)
    assert Response.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"day": "2999-01-01"},
        {"day": "hier"},
        {"mode": "telepathy"},
        {"q-visites": "beaucoup"},
        {"q-seul": "?"},
    ],
    ids=str,
)
def test_bad_entry_is_said_and_nothing_typed_is_lost(
    staff: Client, opened: Survey, base: str, changes: dict
) -> None:
    response = staff.post(base + "saisie/", typed(**{"q-visites": "7"} | changes))
    assert response.status_code == 422
    assert Response.objects.count() == 0
    assert f'value="{changes.get("q-visites", "7")}"' in response.content.decode()


def test_answers_are_erased_after_their_retention_and_it_is_written_down(opened: Survey) -> None:
    for _n in range(3):
        answer(opened, {"seul": "oui"})
    past = timezone.localdate() - datetime.timedelta(days=200)
    Consultation.objects.filter(pk=opened.consultation_id).update(
        starts_on=past, ends_on=past, retention_months=6
    )
    assert purge_expired_responses() == 3
    left = Response, AnswerFact, Receipt, Link.objects.filter(source_kind="response")
    assert [getattr(each, "objects", each).count() for each in left] == [0, 0, 0, 0]
    assert AuditEntry.objects.get(verb="responses_purged").changes == {"count": 3}
    assert purge_expired_responses() == 0


@pytest.mark.parametrize(("ends", "months"), [(None, 1), (-20, 1), (10, 1)])
def test_answers_are_kept_until_then(opened: Survey, ends: int | None, months: int) -> None:
    answer(opened, {"seul": "oui"})
    today = timezone.localdate()
    last = None if ends is None else today + datetime.timedelta(days=ends)
    Consultation.objects.filter(pk=opened.consultation_id).update(
        starts_on=today - datetime.timedelta(days=60), ends_on=last, retention_months=months
    )
    assert purge_expired_responses() == 0
    assert Response.objects.count() == 1


def test_erasure_shows_in_the_register(client: Client, opened: Survey) -> None:
    answer(opened, {"seul": "oui"})
    past = timezone.localdate() - datetime.timedelta(days=400)
    Consultation.objects.filter(pk=opened.consultation_id).update(starts_on=past, ends_on=past)
    purge_expired_responses()
    client.force_login(person(Role.DPO, on=opened.consultation.territory))
    erasures = client.get("/espace/registre/").context["lines"][0].erasures
    assert [erasure.count for erasure in erasures] == [1]
