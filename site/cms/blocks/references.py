"""Blocks that show an object of another app: what is chosen is kept by address, never by row.

An object that is deleted, closed or not public still renders: a sentence says so and where to go.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms import lookups
from core.content import content_blocks
from observatory.portal.cards import CHART, MAP


class ReferenceBlock(blocks.ChoiceBlock):
    """A choice whose list is read when a form shows it, never when a page does."""

    def normalize_choice(self, value: Any) -> Any:
        return value


class ConsultationThreadBlock(blocks.StructBlock):
    """The thread of a consultation, from voices to satisfaction."""

    consultation = ReferenceBlock(label=_("consultation"), choices=lookups.consultation_choices)

    def get_context(self, value: Any, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        found = lookups.consultations_of(parent_context, value["consultation"])
        return context | {"story": found.get(value["consultation"])}

    class Meta:
        icon = "arrow-right"
        label = _("thread of a consultation")
        template = "cms/blocks/thread.html"


class SurveyBlock(blocks.StructBlock):
    """A tile that leads to a survey and says whether it is open."""

    survey = ReferenceBlock(label=_("survey"), choices=lookups.survey_choices)
    text = blocks.CharBlock(label=_("text"), required=False, max_length=200)

    def get_context(self, value: Any, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        found = lookups.surveys_of(parent_context, value["survey"])
        return context | {"survey": found.get(value["survey"])}

    class Meta:
        icon = "form"
        label = _("survey")
        template = "cms/blocks/survey.html"


class FigureBlock(blocks.StructBlock):
    """A published indicator; only figures that are already protected can be shown."""

    kind = CHART
    indicator = ReferenceBlock(label=_("indicator"), choices=lookups.indicator_choices)
    title = blocks.CharBlock(label=_("title"), required=False, max_length=120)

    def get_context(self, value: Any, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        return context | {"card": lookups.figure_of(value["indicator"], self.kind)}

    class Meta:
        icon = "doc-full-inverse"
        label = _("chart")
        template = "cms/blocks/figure.html"


class MapBlock(FigureBlock):
    """The same, drawn on the territory's map."""

    kind = MAP

    class Meta:
        icon = "site"
        label = _("map")
        template = "cms/blocks/figure.html"


def _registered_choices() -> list[tuple[str, str]]:
    return [
        (f"{name}:{reference}", str(_("%(kind)s: %(title)s") % {"kind": block.label, "title": label}))
        for name, block in content_blocks.items()
        for reference, label in block.choices()
    ]


class RegisteredBlock(blocks.StructBlock):
    """Content registered by another app in `core.content`, so that a new kind needs no migration here."""

    content = ReferenceBlock(label=_("content"), choices=_registered_choices)

    def get_context(self, value: Any, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        name, _separator, reference = value["content"].partition(":")
        request: HttpRequest | None = (parent_context or {}).get("request")
        html = content_blocks[name].render(reference, request) if name in content_blocks else ""
        return context | {"html": html}

    class Meta:
        icon = "placeholder"
        label = _("content of another part of the site")
        template = "cms/blocks/registered.html"
