"""What the apps above add to a person's account page, from their `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import User
from core.registry import Registry


@dataclass(frozen=True)
class AccountLink:
    """Something that waits for a person in their account."""

    label: str
    url: str
    icon: str = "circle-dot"


account_links: Registry[Callable[[User], list[AccountLink]]] = Registry("what waits in a person's account")
