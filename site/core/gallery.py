"""What the gallery shows: invented content for each component."""

from typing import Any

from django.http import HttpRequest


def gallery_context(request: HttpRequest) -> dict[str, Any]:
    """Values the gallery's template needs."""
    return {}
