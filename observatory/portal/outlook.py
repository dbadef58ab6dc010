"""Where a survey stands before its next release: for those who work on it, and for the tick.

The number of new responses is shown as organisers may know it: it moves by groups of five, as
participation does, so that no reading of this page tells that one person more has answered.
"""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

from consultations.surveys.models import Survey
from consultations.surveys.selectors import codebook, is_counted, participation
from observatory.disclosure import PUBLIC
from observatory.indicators.models import Release
from observatory.indicators.wording import left_out_reason
from observatory.portal.feeds.names import SURVEY
from observatory.portal.feeds.questions import counting_of, reason_without_figure


class Moment(StrEnum):
    """When the platform releases by itself."""

    TOO_FEW = "too_few"
    TOO_FEW_NEW = "too_few_new"
    UP_TO_DATE = "up_to_date"
    READING = "reading"
    TOMORROW = "tomorrow"
    NOW = "now"


@dataclass(frozen=True)
class Planned:
    """A question and how it is counted, or why it has no figure."""

    label: str
    words: str
    has_figure: bool


@dataclass(frozen=True)
class Outlook:
    """What would be published; `new_count` is protected, and at least the minimum when that is reached."""

    moment: Moment
    is_open: bool
    new_count: int
    minimum: int
    questions: list[Planned]
    last: Release | None

    @property
    def is_ready(self) -> bool:
        return self.moment in {Moment.NOW, Moment.TOMORROW}


def outlook(survey: Survey) -> Outlook:
    """Reads the responses: for the workspace only. The caller checks `can_read_releases`."""
    last, is_running = last_release(survey), is_open(survey)
    moment = moment_of(survey, last)
    shown = max(0, participation(survey).total - (last.base_count if last else 0))
    is_ready = moment in {Moment.NOW, Moment.TOMORROW}
    known = max(shown, PUBLIC.minimum) if is_ready and (is_running or last is None) else shown
    if not is_ready and is_running:
        known = min(shown, PUBLIC.minimum - 1)
    return Outlook(moment, is_running, known, PUBLIC.minimum, planned(survey), last)


def moment_of(survey: Survey, last: Release | None) -> Moment:
    """When the tick would release this survey, from what people answered so far."""
    count = survey.responses.filter(is_projected=True).count()
    new = count - (last.base_count if last else 0)
    if survey.responses.filter(is_projected=False).exists():
        return Moment.READING
    if count < PUBLIC.minimum:
        return Moment.TOO_FEW
    if last is not None and not is_open(survey):
        return Moment.NOW if new else Moment.UP_TO_DATE
    if new < PUBLIC.minimum:
        return Moment.TOO_FEW_NEW
    return Moment.TOMORROW if last and last.released_on == timezone.localdate() else Moment.NOW


def planned(survey: Survey) -> list[Planned]:
    """Every question ever asked, in order."""
    return [
        Planned(one.label.say() or one.code, counting_of(one), has_figure=True)
        if is_counted(one)
        else Planned(
            one.label.say() or one.code, left_out_reason(reason_without_figure(one)), has_figure=False
        )
        for one in codebook(survey)
    ]


def last_release(survey: Survey) -> Release | None:
    """The last release made of a survey, withdrawn or not."""
    return Release.objects.of(SURVEY, str(survey.pk)).order_by("-number").first()


def releases_of(survey: Survey) -> list[Release]:
    """Every release of a survey, the last first."""
    return list(Release.objects.of(SURVEY, str(survey.pk)).order_by("-number"))


def is_open(survey: Survey, today: datetime.date | None = None) -> bool:
    """Whether more responses may come."""
    ended = survey.closes_on is not None and survey.closes_on < (today or timezone.localdate())
    return survey.status == Survey.Status.PUBLISHED and not ended
