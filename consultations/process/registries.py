"""What upper apps add to a consultation from their `AppConfig.ready()`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.permissions import Visitor
from accounts.registries import Waiting as Waiting
from accounts.registries import waiting_lists as waiting_lists
from accounts.registries import workspace_openers as workspace_openers
from consultations.process.models import Consultation
from core.registry import Registry


@dataclass(frozen=True)
class Panel:
    """A part of a consultation's page: a template, what it shows, and its place (lowest first)."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    order: int = 20


@dataclass(frozen=True)
class Processing:
    """Something else collected in a consultation, as the register of processings names it."""

    label: str
    data: str
    recipients: str
    retention: str


ClosingRule = Callable[[Consultation], list[str]]
StageFigures = Callable[[Sequence[Consultation]], Mapping[UUID, str]]
PanelOf = Callable[[Consultation, Visitor], Panel | None]
Processings = Callable[[Sequence[Consultation]], Mapping[UUID, Sequence[Processing]]]
CardNotes = Callable[[Sequence[Consultation]], Mapping[UUID, str]]

closing_rules: Registry[ClosingRule] = Registry("reasons why a consultation may not be closed yet")
stage_figures: Registry[StageFigures] = Registry("figures shown at a stage, by kind; none when withheld")
public_panels: Registry[PanelOf] = Registry("parts of a consultation's public page")
workspace_panels: Registry[PanelOf] = Registry("parts of a consultation's dashboard")
other_processings: Registry[Processings] = Registry("what else is collected, for the register")
card_notes: Registry[CardNotes] = Registry("what can be answered now, by consultation, for public lists")


def needs_restitution(consultation: Consultation) -> list[str]:
    """No closing without telling people what became of what they said."""
    if consultation.restitution.strip():
        return []
    return [_("Write what became of it: those who spoke will read it.")]


def panels(registry: Registry[PanelOf], consultation: Consultation, user: Visitor) -> list[Panel]:
    """The panels that have something to show, in their order."""
    made = (make(consultation, user) for make in registry)
    return sorted((panel for panel in made if panel is not None), key=lambda panel: panel.order)
