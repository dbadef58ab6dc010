"""Surveys and responses as lineage objects."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy

from consultations.lineage.registries import Item, LineageKind, lineage_kinds
from consultations.surveys.models import Response, Survey


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
    surveys = (
        Survey.objects.filter(pk__in=as_uuids(keys))
        .select_related("consultation")
        .only("pk", "title", "slug", "status", "consultation__status", "consultation__territory_id")
    )
    return {
        str(survey.pk): Item(
            survey.title,
            url=reverse("surveys:start", args=[survey.slug]),
            is_public=survey.status != Survey.Status.DRAFT and survey.consultation.status != "draft",
            territory_id=survey.consultation.territory_id,
        )
        for survey in surveys
    }


def register() -> None:
    lineage_kinds.register(
        "response", LineageKind(gettext_lazy("response"), resolve_responses, is_personal=True)
    )
    lineage_kinds.register(
        "survey", LineageKind(gettext_lazy("survey"), resolve_surveys, icon="clipboard-list")
    )
