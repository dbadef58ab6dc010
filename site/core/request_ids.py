"""One number for each request, in every log line and in the answer, so that a report can be followed.

It is random: it says nothing of the person. Logs carry no address, no agent and no form content.
"""

import logging
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

current: ContextVar[str] = ContextVar("request_id", default="-")


class RequestIdMiddleware:
    """Gives the request its number; outermost, so that every other middleware logs with it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = current.set(secrets.token_hex(6))
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = current.get()
            return response
        finally:
            current.reset(token)


class RequestIdFilter(logging.Filter):
    """Adds `request_id` to every record; `-` outside a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current.get()
        return True
