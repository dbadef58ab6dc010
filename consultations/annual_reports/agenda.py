"""Satisfaction surveys propose themselves for the agenda of the council of their establishment (CASF D311-15 III)."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from consultations.annual_reports.selectors.surveys import SURVEY, surveys_of
from consultations.annual_reports.services.surveys import record_examination
from consultations.councils.models import Council
from consultations.meetings.models import AgendaItem
from consultations.meetings.registries import AgendaSource, Suggestion, agenda_sources
from consultations.surveys.models import Survey


def surveys_to_examine(council: Council, day: datetime.date) -> list[Suggestion]:
    """Those whose results are out and which the council has not examined."""
    waiting = [one for one in surveys_of([council.pk]).get(council.pk, []) if one.examined_on is None]
    return [
        Suggestion(
            str(one.survey.pk),
            _("Results of the survey: %(title)s") % {"title": one.survey.title},
            purpose=AgendaItem.Purpose.DEBATE,
            explanation=_("The council examines every year the satisfaction survey of the establishment. Results out on %(day)s.")
            % {"day": date_format(one.released_on, "j F Y")},
            minutes=30,
            is_late=one.year < timezone.localdate().year,
        )
        for one in waiting
        if one.released_on <= day
    ]  # fmt: skip


def examined(*, item: AgendaItem, actor: User | None) -> None:
    """The item was treated: the survey was examined on the day of the meeting."""
    survey = Survey.objects.filter(pk=item.subject_key).first()
    known = surveys_of([item.meeting.council_id]).get(item.meeting.council_id, [])
    due = next((one for one in known if survey is not None and one.survey.pk == survey.pk), None)
    if survey is None or due is None:
        return
    record_examination(
        actor=actor,
        council=item.meeting.council,
        survey=survey,
        examined_on=max(due.released_on, min(item.meeting.held_on, timezone.localdate())),
        item=item,
        entitled=True,
    )


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    source = AgendaSource(gettext_lazy("Surveys to examine"), surveys_to_examine, treated=examined)
    agenda_sources.register(SURVEY, source)
