"""The polls of a place, for the pages of the app that has the place."""

from typing import Any

from django.template import Library

from consultations.polls.panels import place_context

register = Library()


@register.simple_tag(takes_context=True)
def polls_of_place(context: dict[str, Any], kind: str, key: object) -> dict[str, Any]:
    """What `polls/partials/place_public.html` and `place_desk.html` show; one query for the polls."""
    return place_context((kind, str(key)), context["request"].user)
