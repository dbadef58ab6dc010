"""The demo refuses to exist anywhere but on the machine of the person trying it."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from demo.loopback import is_loopback_url


def demo_stays_on_this_machine(app_configs: Sequence[Any] | None, **_kwargs: Any) -> list[CheckMessage]:
    """Errors when the demo is installed with other settings than its own, or behind a public address."""
    problems: list[CheckMessage] = []
    if not settings.DEMO:
        problems.append(
            Error(
                "The demo app is installed but DEMO is off.",
                hint="Remove 'demo' from INSTALLED_APPS: it signs anyone in.",
                id="demo.E001",
            )
        )
    if not is_loopback_url(settings.PUBLIC_URL):
        problems.append(
            Error(
                f"The demo cannot be served at {settings.PUBLIC_URL}.",
                hint="It signs anyone in: use a loopback PUBLIC_URL, or production settings without the demo.",
                id="demo.E002",
            )
        )
    return problems
