"""What other parts add to the records' pages from their `AppConfig.ready()`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from core.registry import Registry
from directory.models import Service


@dataclass(frozen=True)
class Panel:
    """A part of a service's page: a template, what it shows (as `panel`), its place (lowest first)."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    order: int = 20


PanelOf = Callable[[Service, HttpRequest], Panel | None]

service_actions: Registry[PanelOf] = Registry("buttons under the title of a service's page")
service_panels: Registry[PanelOf] = Registry("parts of a service's page, before its foot")
desk_panels: Registry[PanelOf] = Registry("parts of a service's page in the workspace")


def panels(registry: Registry[PanelOf], service: Service, request: HttpRequest) -> list[Panel]:
    """The panels that have something to show, in their order."""
    made = (make(service, request) for make in registry)
    return sorted((panel for panel in made if panel is not None), key=lambda panel: panel.order)
