"""Surveys and responses as lineage objects."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy

from consultations.lineage.models import Link, Relation
from consultations.lineage.registries import Gap, Item, LineageKind, lineage_checks, lineage_kinds
from consultations.lineage.selectors import compare
from consultations.surveys.models import Response, Survey
from consultations.surveys.permissions import SurveyState, survey_state


def as_uuids(keys: Collection[str]) -> list[UUID]:
    """The keys that can be one of ours."""
    found = []
    for key in keys:
        try:
            found.append(UUID(key))
        except ValueError:
            continue
    return found


def resolve_responses(keys: Collection[str]) -> Mapping[str, Item]:
    """A response is told by its survey's title, with nothing of what it says: only its receipt leads to it."""
    rows = Response.objects.filter(pk__in=as_uuids(keys)).values_list("pk", "survey__title")
    return {str(pk): Item(title, is_public=False) for pk, title in rows}


def resolve_surveys(keys: Collection[str]) -> Mapping[str, Item]:
    """A survey leads to its first question while it is open, to its consultation once it is over."""
    surveys = Survey.objects.filter(pk__in=as_uuids(keys)).select_related("consultation")
    return {
        str(survey.pk): Item(
            survey.title,
            url=_page_of(survey),
            is_public=survey.status != Survey.Status.DRAFT and survey.consultation.status != "draft",
            territory_id=survey.consultation.territory_id,
        )
        for survey in surveys
    }


def _page_of(survey: Survey) -> str:
    if survey_state(survey) == SurveyState.CLOSED:
        return reverse("process:consultation_detail", args=[survey.consultation.slug])
    return reverse("surveys:start", args=[survey.slug])


def survey_gaps() -> Iterable[Gap]:
    """Each survey that was published leads to its consultation."""
    asked = Survey.objects.exclude(status=Survey.Status.DRAFT).values_list("pk", "consultation")
    wanted = {
        (("survey", str(pk)), str(Relation.RAISED_IN), ("consultation", str(consultation)))
        for pk, consultation in asked
    }
    own = Link.objects.filter(source_kind="survey", relation=Relation.RAISED_IN)
    return compare(wanted, own)


def register() -> None:
    lineage_checks.register("survey", survey_gaps)
    lineage_kinds.register(
        "response", LineageKind(gettext_lazy("response"), resolve_responses, is_personal=True)
    )
    lineage_kinds.register(
        "survey", LineageKind(gettext_lazy("survey"), resolve_surveys, icon="clipboard-list")
    )
