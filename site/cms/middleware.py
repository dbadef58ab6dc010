"""Public pages are made once for everybody who is not signed in, until something public changes."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers

from cms import stamps
from core.preferences import Preferences, read_preferences

SECONDS = 60
PRIVATE_COOKIES = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages")
PRIVATE_HEADERS = ("Authorization", "HX-Request", "Range")


@dataclass(frozen=True)
class KeptPage:
    """A finished response: its body and its headers."""

    content: bytes
    headers: tuple[tuple[str, str], ...]
    etag: str

    def response(self, request: HttpRequest) -> HttpResponse:
        """The page again, or 304 when the browser already has it."""
        if request.headers.get("If-None-Match") == self.etag:
            unchanged = HttpResponseNotModified()
            unchanged["ETag"] = self.etag
            return unchanged
        response = HttpResponse(self.content)
        for name, value in self.headers:
            response[name] = value
        return response


def cache_key(request: HttpRequest) -> str | None:
    """What the page depends on; None when it may depend on the person."""
    if request.method not in {"GET", "HEAD"} or any(name in request.COOKIES for name in PRIVATE_COOKIES):
        return None
    if any(name in request.headers for name in PRIVATE_HEADERS):
        return None
    query = request.META.get("QUERY_STRING", "")
    if query and not (query.startswith("page=") and query[5:].isdigit() and len(query) < 12):
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    reading: Preferences = read_preferences(request)
    parts = (request.scheme, host, request.path, query, reading.to_cookie())
    digest = hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()
    return f"cms:{stamps.current_version()}:page:{digest}"


class AnonymousPageCacheMiddleware:
    """Keeps what the pages' hook marked `is_public_page`; everything else passes through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = cache_key(request)
        kept: KeptPage | None = cache.get(key) if key else None
        if kept is not None:
            return kept.response(request)
        response = self.get_response(request)
        if key is None or not self._may_keep(response):
            return response
        kept = self._kept(response)
        cache.set(key, kept, SECONDS)
        return kept.response(request)

    @staticmethod
    def _may_keep(response: HttpResponse) -> bool:
        return (
            getattr(response, "is_public_page", False)
            and response.status_code == 200
            and not response.streaming
            and not response.cookies
            and "no-store" not in response.get("Cache-Control", "")
            and "private" not in response.get("Cache-Control", "")
            and "'nonce-" not in response.get("Content-Security-Policy", "")
        )

    @staticmethod
    def _kept(response: HttpResponse) -> KeptPage:
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        patch_vary_headers(response, ["Cookie"])  # reading preferences
        response["ETag"] = etag
        response["Cache-Control"] = "no-cache"  # always asked again, answered by 304 when unchanged
        return KeptPage(response.content, tuple(response.items()), etag)
