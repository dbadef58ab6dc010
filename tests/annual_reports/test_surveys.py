"""A satisfaction survey of an establishment is put before its council, and recorded as examined."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from consultations.annual_reports.agenda import surveys_to_examine
from consultations.annual_reports.models import SurveyExamination
from consultations.annual_reports.services.surveys import record_examination
from consultations.councils.models import Council
from consultations.meetings.models import AgendaItem
from consultations.meetings.services import agenda, sitting
from consultations.surveys.models import Survey
from observatory.indicators.models import Release
from tests.factories.annual_reports import old_council, released_survey
from tests.factories.councils import member_of, secretary_of
from tests.factories.meetings import opened

pytestmark = pytest.mark.django_db


def ago(days: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=days)


def waiting(of: Council) -> list[str]:
    return [one.key for one in surveys_to_examine(of, timezone.localdate())]


def test_a_released_satisfaction_survey_of_the_establishment_proposes_itself() -> None:
    council, other = old_council(), old_council()
    survey = released_survey(council, ago(20))
    assert waiting(council) == [str(survey.pk)]
    assert waiting(other) == []
    assert surveys_to_examine(council, ago(21)) == []


@pytest.mark.parametrize("fields", [{"purpose": "needs"}, {"status": "published"}])
def test_neither_a_needs_survey_nor_one_still_open(fields: dict[str, str]) -> None:
    council = old_council()
    released_survey(council, ago(20), **fields)
    assert waiting(council) == []


def test_neither_one_whose_results_were_withdrawn_nor_without_results() -> None:
    council = old_council()
    released_survey(council, ago(20))
    Release.objects.update(withdrawn_on=ago(1))
    assert waiting(council) == []
    Release.objects.all().delete()
    assert waiting(council) == []


def test_the_item_treated_records_the_examination() -> None:
    made = opened()
    survey = released_survey(made.council, ago(20))
    kind, key = "survey", str(survey.pk)
    type(made.meeting).objects.filter(pk=made.meeting.pk).update(state="convened")
    item = agenda.take_suggestion(actor=made.secretary, meeting=made.again(), kind=kind, key=key)
    type(made.meeting).objects.filter(pk=made.meeting.pk).update(state="open")
    sitting.finish_item(actor=made.secretary, item=AgendaItem.objects.get(pk=item.pk))
    found = SurveyExamination.objects.get()
    assert (found.survey, found.item, found.examined_on) == (survey, item, timezone.localdate())
    assert waiting(made.council) == []


def test_recorded_once_and_by_those_who_keep_the_papers() -> None:
    council = old_council()
    survey = released_survey(council, ago(20))
    with pytest.raises(PermissionDenied):
        record_examination(actor=member_of(council), council=council, survey=survey, examined_on=ago(3))
    first = record_examination(
        actor=secretary_of(council), council=council, survey=survey, examined_on=ago(3)
    )
    assert (
        record_examination(
            actor=secretary_of(council), council=council, survey=survey, examined_on=ago(1)
        ).examined_on
        == first.examined_on
    )


@pytest.mark.parametrize("days", [-1, 21])
def test_neither_before_the_results_nor_in_the_future(days: int) -> None:
    council = old_council()
    survey = released_survey(council, ago(20))
    with pytest.raises(ValidationError):
        record_examination(actor=None, council=council, survey=survey, examined_on=ago(days))


def test_a_survey_of_another_place_is_refused() -> None:
    survey: Survey = released_survey(old_council(), ago(20))
    with pytest.raises(ValidationError):
        record_examination(actor=None, council=old_council(), survey=survey, examined_on=ago(1))
