"""A survey is examined when the item of an agenda that is about it was treated."""

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.annual_reports.models import SurveyExamination
from consultations.annual_reports.permissions import can_draw_up
from consultations.annual_reports.selectors.surveys import surveys_of
from consultations.councils.models import Council
from consultations.meetings.models import AgendaItem
from consultations.surveys.models import Survey
from core.services import record_audit


@transaction.atomic
def record_examination(
    *,
    actor: User | None,
    council: Council,
    survey: Survey,
    examined_on: datetime.date,
    item: AgendaItem | None = None,
    entitled: bool = False,
) -> SurveyExamination:
    """The council examined the results on that day; recorded once, the first day stays.

    `entitled` is for the meeting itself: whoever may mark an item as treated was checked there.
    """
    if actor is not None and not entitled and not can_draw_up(actor, council):
        raise PermissionDenied
    due = next(
        (one for one in surveys_of([council.pk]).get(council.pk, []) if one.survey.pk == survey.pk), None
    )
    if due is None:
        raise ValidationError(
            _(
                "This is not a satisfaction survey of an establishment of this council, or its results are not out."
            )
        )
    if not due.released_on <= examined_on <= timezone.localdate():
        raise ValidationError(
            {"examined_on": _("Choose a day after the results came out, today at the latest.")}
        )
    found, is_new = SurveyExamination.objects.get_or_create(
        council=council,
        survey=survey,
        defaults={"item": item, "examined_on": examined_on, "recorded_by": actor},
    )
    if is_new:
        record_audit(actor=actor, verb="survey_examined", target=council, changes={"survey": str(survey.pk)})
    return found
