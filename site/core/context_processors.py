"""What every template may read."""

from django.conf import settings
from django.http import HttpRequest

from core.preferences import Preferences, read_preferences


def interface(request: HttpRequest) -> dict[str, Preferences | bool]:
    """The reader's preferences, and whether this is the demo."""
    return {"preferences": read_preferences(request), "is_demo": settings.DEMO}
