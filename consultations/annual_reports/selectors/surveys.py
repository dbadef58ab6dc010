"""Satisfaction surveys of the establishments of councils, once their results are published."""

import datetime
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from consultations.annual_reports.models import SurveyExamination
from consultations.councils.models import CouncilEstablishment
from consultations.surveys.models import Survey
from observatory.indicators.models import Release

SURVEY = "survey"


@dataclass(frozen=True)
class DueSurvey:
    """A survey whose results came out, and when the council examined it."""

    survey: Survey
    released_on: datetime.date
    examined_on: datetime.date | None

    @property
    def year(self) -> int:
        """The civil year in which it is to be examined: that of its results."""
        return self.released_on.year


def surveys_of(councils: Collection[UUID]) -> dict[UUID, list[DueSurvey]]:
    """By council, the closed satisfaction surveys of its establishments that were released, oldest first."""
    links = CouncilEstablishment.objects.filter(council__in=councils).values_list(
        "council_id", "organisation_id", "joined_on", "left_on"
    )
    wanted = list(links)
    surveys = Survey.objects.filter(
        purpose=Survey.Purpose.SATISFACTION,
        status=Survey.Status.CLOSED,
        consultation__organisation__in={place for _council, place, _joined, _left in wanted},
    ).select_related("consultation")
    found = {str(one.pk): one for one in surveys} if wanted else {}
    first = _first_releases(found.keys())
    examined = _examined(councils) if first else {}
    due: dict[UUID, list[DueSurvey]] = defaultdict(list)
    for council, place, joined, left in wanted:
        for key, day in first.items():
            survey = found[key]
            if survey.consultation.organisation_id == place and joined <= day <= (left or day):
                due[council].append(DueSurvey(survey, day, examined.get((council, survey.pk))))
    return {council: sorted(rows, key=lambda one: one.released_on) for council, rows in due.items()}


def _first_releases(keys: Collection[str]) -> dict[str, datetime.date]:
    """The day each survey's results came out first; a withdrawn survey is not asked about."""
    if not keys:
        return {}
    shown = set(
        Release.objects.shown()
        .filter(subject_kind=SURVEY, subject_id__in=keys)
        .values_list("subject_id", flat=True)
    )
    rows = Release.objects.filter(subject_kind=SURVEY, subject_id__in=shown).order_by("-released_on")
    return dict(rows.values_list("subject_id", "released_on"))


def _examined(councils: Collection[UUID]) -> dict[tuple[UUID, UUID], datetime.date]:
    rows = SurveyExamination.objects.filter(council__in=councils)
    return {
        (council, survey): day
        for council, survey, day in rows.values_list("council_id", "survey_id", "examined_on")
    }
