"""What happens to every request before any page is drawn."""

from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

from core.errors import bad_request, method_not_allowed

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


NULL_REFUSED = "the address or the form holds a null character (%00). Take it out."


class NullCharacterMiddleware:
    """Refuses the character no person can type and no database can keep, in addresses and forms."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_form = request.content_type == "application/x-www-form-urlencoded"
        if (
            "\x00" in request.path
            or "%00" in request.META.get("QUERY_STRING", "")
            or (request.method == "POST" and is_form and b"%00" in request.body)
        ):
            return bad_request(request, ValueError(NULL_REFUSED))
        return self.get_response(request)


class MethodNotAllowedMiddleware:
    """Gives a page to a refusal that Django leaves blank: the address of a form, opened without sending it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or response.content:
            return response
        return method_not_allowed(request, response.headers.get("Allow", ""))
