"""The tabs that apps above add to a survey's pages in the workspace."""

from typing import Any

from django.template import Library

from consultations.surveys.models import Survey
from consultations.surveys.registries import Tab, survey_tabs

register = Library()


@register.simple_tag(takes_context=True)
def added_tabs(context: dict[str, Any], survey: Survey) -> list[Tab]:
    """Those the reader may open."""
    user = context["request"].user
    return [tab for offer in survey_tabs if (tab := offer(survey, user))]
