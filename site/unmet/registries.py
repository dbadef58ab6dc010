"""What upper apps add to signals from their `AppConfig.ready()`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from core.registry import Registry
from unmet.models import Signal


@dataclass(frozen=True)
class Panel:
    """A part of the page of a signal in the workspace: a template, what it shows (as `panel`)."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


PanelOf = Callable[[Signal, User], Panel | None]
signal_panels: Registry[PanelOf] = Registry("parts of a signal's page in the workspace")
public_addresses: Registry[Callable[[Signal], str]] = Registry("where anyone reads a signal")


def panels_of(signal: Signal, user: User) -> list[Panel]:
    """Those that have something to show."""
    return [panel for make in signal_panels if (panel := make(signal, user)) is not None]


def public_address(signal: Signal) -> str:
    """The first address known, empty while its figure is not published."""
    if not signal.is_public:
        return ""
    return next((address for find in public_addresses if (address := find(signal))), "")
