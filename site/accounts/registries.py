"""What the apps above add to a person's account page and workspace, from their `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import User
from accounts.permissions import Visitor
from core.registry import Registry


@dataclass(frozen=True)
class AccountLink:
    """Something that waits for a person in their account."""

    label: str
    url: str
    icon: str = "circle-dot"


account_links: Registry[Callable[[User], list[AccountLink]]] = Registry("what waits in a person's account")


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a person in the workspace."""

    label: str
    detail: str
    url: str
    icon: str = "circle-dot"
    is_late: bool = False


workspace_openers: Registry[Callable[[Visitor], bool]] = Registry("who else the workspace has something for")
waiting_lists: Registry[Callable[[User], list[Waiting]]] = Registry(
    "what waits for a person in the workspace"
)
