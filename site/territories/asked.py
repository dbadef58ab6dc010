"""The territory a page is asked for, and the one page that answers when it cannot be known.

A view reads its parameter with `asked_territory(request)` and lets `TerritoryError` rise: `TerritoryMiddleware`
answers with what is wrong, the places it may be as links to the same page, and what else can be done.
"""

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from territories.models import Territory
from territories.selectors import AmbiguousTerritory, TerritoryError, resolve_code

PARAMETER = "territory"
LONGEST = 40


def asked_territory(request: HttpRequest, parameter: str = PARAMETER) -> Territory | None:
    """The territory of `?territory=commune:47001`, or of a code alone where it means one place; None when unasked.

    Raises AmbiguousTerritory, UnknownTerritory or CyclicTerritory.
    """
    written = request.GET.get(parameter, "").strip()[:LONGEST]
    if not written:
        return None
    level, colon, code = written.rpartition(":")
    return resolve_code(code, level=level.strip() if colon else None)


def address_of(territory: Territory) -> str:
    """What `asked_territory` reads."""
    return f"{territory.level_id}:{territory.code}"


class TerritoryMiddleware:
    """Answers for every page that was asked for a territory nobody knows, or for several at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, TerritoryError):
            return None
        candidates = exception.candidates if isinstance(exception, AmbiguousTerritory) else ()
        context = {
            "message": str(exception),
            "code": getattr(exception, "code", ""),
            "choices": [(territory, _same_page(request, territory)) for territory in candidates],
            "without": _without(request),
        }
        status = 404 if is_in_path(request) and not candidates else 400
        return render(request, "territories/which.html", context, status=status)


def is_in_path(request: HttpRequest) -> bool:
    """Whether the page is the territory's own, rather than a list asked for a territory."""
    match = request.resolver_match
    return match is not None and {"level", "code"} <= match.kwargs.keys()


def _same_page(request: HttpRequest, territory: Territory) -> str:
    """The page that was asked for, for this territory: in its query or in its path."""
    match = request.resolver_match
    if match and is_in_path(request):
        path = reverse(
            match.view_name, kwargs={**match.kwargs, "level": territory.level_id, "code": territory.code}
        )
        return path + (f"?{request.GET.urlencode()}" if request.GET else "")
    query = request.GET.copy()
    query[PARAMETER] = address_of(territory)
    return f"{request.path}?{urlencode(query, doseq=True, safe=':')}"


def _without(request: HttpRequest) -> str:
    """The same page without a territory; empty where the territory is in the path."""
    if PARAMETER not in request.GET:
        return ""
    query = request.GET.copy()
    del query[PARAMETER]
    return request.path + (f"?{query.urlencode()}" if query else "")
