"""What upper apps add to a consultation from their `AppConfig.ready()`."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from consultations.process.models import Consultation
from core.registry import Registry

ClosingRule = Callable[[Consultation], list[str]]
StageFigure = Callable[[Consultation], str]

closing_rules: Registry[ClosingRule] = Registry("reasons why a consultation may not be closed yet")
stage_figures: Registry[StageFigure] = Registry("figure shown at a stage, by kind; empty when withheld")


def needs_restitution(consultation: Consultation) -> list[str]:
    """No closing without telling people what became of what they said."""
    if consultation.restitution.strip():
        return []
    return [_("Write what became of it: those who spoke will read it.")]
