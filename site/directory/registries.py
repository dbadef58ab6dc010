"""What other parts add to the records' pages from their `AppConfig.ready()`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from core.registry import Registry
from directory.models import Scheme, Service
from organisations.models import Organisation


@dataclass(frozen=True)
class Panel:
    """A part of a service's page: a template, what it shows (as `panel`), its place (lowest first)."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    order: int = 20


@dataclass(frozen=True)
class RecordLink:
    """A link at the foot of a page of the directory, to what another part says of the same thing."""

    label: str
    url: str
    icon: str
    order: int = 20


LinkOf = Callable[[Scheme | Organisation | None], RecordLink | None]
"""Of a scheme, of an organisation; of the directory as a whole when it is None."""
PanelOf = Callable[[Service, HttpRequest], Panel | None]

service_actions: Registry[PanelOf] = Registry("buttons under the title of a service's page")
service_panels: Registry[PanelOf] = Registry("parts of a service's page, before its foot")
desk_panels: Registry[PanelOf] = Registry("parts of a service's page in the workspace")
closing_panels: Registry[PanelOf] = Registry("what waits at a service, said before it is closed")
record_links: Registry[LinkOf] = Registry("links of the pages of schemes, organisations and of the directory")


def links_of(record: Scheme | Organisation | None = None) -> list[RecordLink]:
    """What other parts have to say of it, the lowest order first."""
    made = (make(record) for make in record_links)
    return sorted((link for link in made if link is not None), key=lambda link: link.order)


def panels(registry: Registry[PanelOf], service: Service, request: HttpRequest) -> list[Panel]:
    """The panels that have something to show, in their order."""
    made = (make(service, request) for make in registry)
    return sorted((panel for panel in made if panel is not None), key=lambda panel: panel.order)
