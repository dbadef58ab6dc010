"""The surveys people are answering, read again at most once a second by each process.

A thousand people answer the same questionnaire: its row is not read for each of their pages. What an organiser
changes (closing it, publishing a correction) is seen within `SURVEY_FRESH_SECONDS`. Kept objects are
shared by requests: read them, never change them.
"""

from time import monotonic

from django.conf import settings

from consultations.surveys.models import Survey, SurveyVersion

MOST = 500
_surveys: dict[str, tuple[Survey, float]] = {}


def find_survey(slug: str) -> Survey:
    """The survey with its consultation and current version; raises Survey.DoesNotExist."""
    survey, read_at = _surveys.get(slug, (None, 0.0))
    if survey is None or monotonic() - read_at >= settings.SURVEY_FRESH_SECONDS:
        survey = _read_survey(slug)
        if len(_surveys) >= MOST:
            _surveys.clear()
        _surveys[slug] = (survey, monotonic())
    return survey


def _read_survey(slug: str) -> Survey:
    surveys = Survey.objects.select_related("consultation", "current_version")
    survey = surveys.defer("draft", "current_version__definition").get(slug=slug)
    if survey.current_version is not None:
        survey.current_version.survey = survey
    return survey


def find_version(survey: Survey, pk: int) -> SurveyVersion:
    """One of its versions, the current one without a query; raises SurveyVersion.DoesNotExist."""
    current = survey.current_version
    if current is not None and current.pk == pk:
        return current
    version = SurveyVersion.objects.defer("definition").get(pk=pk, survey_id=survey.pk)
    version.survey = survey
    return version


def forget_surveys() -> None:
    """The next page reads its survey again."""
    _surveys.clear()
