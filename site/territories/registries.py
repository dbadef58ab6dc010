"""What upper apps show on the page of a territory, filled from their `AppConfig.ready()`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.registry import Registry
from territories.models import Territory


@dataclass(frozen=True)
class TerritoryPanel:
    """A part of a territory's page: a template, what it shows, its place (lowest first)."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    order: int = 20


territory_panels: Registry[Callable[[Territory], TerritoryPanel | None]] = Registry(
    "parts of a territory's page"
)


def panels_of(territory: Territory) -> list[TerritoryPanel]:
    """The panels that have something to show there, in their order."""
    made = (make(territory) for make in territory_panels)
    return sorted((panel for panel in made if panel is not None), key=lambda panel: panel.order)
