"""Any page of the web may read the interface: it holds nothing that is not public, and knows no cookie."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern
from django.utils import translation

View = Callable[..., HttpResponseBase]
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Max-Age": "86400",
}


def open_to_all(view: View) -> View:
    """Answer the question browsers ask first, and say that everyone may read; in the language of the records."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with translation.override(settings.LANGUAGE_CODE):
            response = (
                HttpResponse(status=204) if request.method == "OPTIONS" else view(request, *args, **kwargs)
            )
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return answer


def opened(urls: tuple[list[Any], str, str]) -> tuple[list[Any], str, str]:
    """The same addresses, open to all."""
    patterns, app_name, namespace = urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = open_to_all(pattern.callback)
    return patterns, app_name, namespace
