"""What upper apps add to a council from their `AppConfig.ready()`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from accounts.permissions import Visitor
from consultations.councils.models import Council
from core.registry import Registry


@dataclass(frozen=True)
class CouncilPanel:
    """A part of a council's page: a template, what it shows, its place (lowest first)."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    order: int = 20


PanelOf = Callable[[Council, Visitor], CouncilPanel | None]

council_panels: Registry[PanelOf] = Registry("parts of a council's public page")
council_workspace_panels: Registry[PanelOf] = Registry("parts of a council's page in the workspace")
council_member_panels: Registry[PanelOf] = Registry("parts of the page its members read")


def panels(registry: Registry[PanelOf], council: Council, user: Visitor) -> list[CouncilPanel]:
    """The panels that have something to show, in their order."""
    made = (make(council, user) for make in registry)
    return sorted((panel for panel in made if panel is not None), key=lambda panel: panel.order)
