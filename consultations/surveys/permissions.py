"""Who may edit, publish, follow and answer a survey. Denied unless said otherwise.

A survey follows its consultation: its organisers are those of the consultation.
"""

import datetime
from enum import StrEnum

from django.utils import timezone

from accounts.permissions import Visitor
from consultations.process.models import Consultation
from consultations.process.permissions import (
    can_edit_consultation,
    can_enter_answers,
    can_follow_consultation,
)
from consultations.surveys.models import Survey


class SurveyState(StrEnum):
    """Where a survey stands for a person who would answer it."""

    HIDDEN = "hidden"
    NOT_YET = "not_yet"
    OPEN = "open"
    CLOSED = "closed"


def survey_state(survey: Survey, day: datetime.date | None = None) -> SurveyState:
    """Hidden until survey and consultation are published; both have dates, last day included."""
    day = day or timezone.localdate()
    consultation = survey.consultation
    draft = survey.status == Survey.Status.DRAFT or consultation.status == Consultation.Status.DRAFT
    if draft or survey.current_version_id is None:
        return SurveyState.HIDDEN
    if survey.status == Survey.Status.CLOSED or consultation.status == Consultation.Status.CLOSED:
        return SurveyState.CLOSED
    if any(last and day > last for last in (survey.closes_on, consultation.ends_on)):
        return SurveyState.CLOSED
    if any(first and day < first for first in (survey.opens_on, consultation.starts_on)):
        return SurveyState.NOT_YET
    return SurveyState.OPEN


def can_answer_survey(user: Visitor, survey: Survey, day: datetime.date | None = None) -> bool:
    """Anyone, without an account, while the survey is open."""
    return survey_state(survey, day) == SurveyState.OPEN


def can_enter_response(user: Visitor, survey: Survey) -> bool:
    """Interviewers and organisers of the consultation, while the survey is open."""
    return can_answer_survey(user, survey) and can_enter_answers(user, survey.consultation)


def can_create_survey(user: Visitor, consultation: Consultation) -> bool:
    """The organisers of the consultation, until it is closed."""
    return can_edit_consultation(user, consultation)


def can_edit_survey(user: Visitor, survey: Survey) -> bool:
    """The organisers of the consultation, until the survey or the consultation is closed."""
    return survey.status != Survey.Status.CLOSED and can_edit_consultation(user, survey.consultation)


def can_publish_survey(user: Visitor, survey: Survey) -> bool:
    """Those who may edit it: publishing again makes a new version."""
    return can_edit_survey(user, survey)


def can_close_survey(user: Visitor, survey: Survey) -> bool:
    """Those who may edit it, once it is published."""
    return survey.status == Survey.Status.PUBLISHED and can_edit_survey(user, survey)


def can_preview_survey(user: Visitor, survey: Survey) -> bool:
    """Those who work on the consultation see its questions as people will, storing nothing."""
    return can_follow_consultation(user, survey.consultation)


def can_read_participation(user: Visitor, survey: Survey) -> bool:
    """Those who work on the consultation see its protected counts."""
    return can_follow_consultation(user, survey.consultation)


def can_invite(user: Visitor, survey: Survey) -> bool:
    """The organisers of the consultation, until the survey is closed."""
    return can_edit_survey(user, survey)
