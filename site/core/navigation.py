"""The workspace menu: each app registers its entries from `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.registry import Registry


@dataclass(frozen=True)
class MenuItem:
    """One entry: its words, where it leads, its pictogram, who sees it, and its place (lowest first)."""

    label: Any
    url_name: str
    icon: str
    may: Callable[[Any], bool]
    order: int = 20


workspace_menu: Registry[MenuItem] = Registry("workspace menu")
