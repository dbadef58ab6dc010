"""Finding the survey a person may work on, or refusing with the right status."""

from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.surveys.models import Survey
from consultations.surveys.workspace.document import QuestionGone, find

INVALID, CONFLICT = 422, 409


def survey_or_refuse(pk: UUID, user: User, may: Callable[[User, Survey], bool]) -> Survey:
    """The survey when the person may; 404 when it does not exist, 403 when they may not."""
    found = Survey.objects.select_related(
        "consultation__territory__level", "consultation__organisation", "current_version"
    )
    survey = get_object_or_404(found, pk=pk)
    if not may(user, survey):
        raise PermissionDenied(_("You may not do this with this survey, or not in its present state."))
    return survey


def question_or_404(survey: Survey, code: str) -> dict:
    """A question of the draft."""
    try:
        return find(survey.draft, code)
    except QuestionGone as gone:
        raise Http404(_("This question no longer exists.")) from gone
