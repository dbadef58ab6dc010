"""What happens to every request before any page is drawn."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

PAGE = Path(__file__).resolve().parent / "static" / "core" / "maintenance.html"
RETRY_AFTER_SECONDS = "600"


class MaintenanceMiddleware:
    """While `MAINTENANCE` is on, answers every page with the maintenance page, reading nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.MAINTENANCE:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.page = PAGE.read_bytes()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return self.get_response(request)
        return HttpResponse(self.page, status=503, headers={"Retry-After": RETRY_AFTER_SECONDS})
