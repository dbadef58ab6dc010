"""Finding services: the search, nearby, side by side, a list of one's own, and the page for other sites."""

from typing import Any
from urllib.parse import urlencode

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from directory.finding.comparing import LONGEST_KEY, MOST, compared
from directory.finding.listing import CHOICES, search_page
from directory.finding.ordering import BANDS, RADIUS
from directory.finding.places import commune_at
from directory.finding.saved import KEPT_SECONDS, read_saved, remember, with_service
from directory.finding.selectors import hit_of, services_of
from directory.finding.words import LONGEST_TEXT

FROM_HERE = {"same-origin", "none"}
TO_COUNTERS = "guichets"


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The form, and what it finds; the address says everything but where the person is."""
    context, status = search_page(request, is_counted=request.method == "GET")
    return render(request, "directory/finding/search.html", context, status=status)


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def embed(request: HttpRequest) -> HttpResponse:
    """The same search for another site's page; no script, no cookie read."""
    context, status = search_page(request, is_counted=False)
    return render(request, "directory/finding/embed.html", context, status=status)


@csrf_exempt  # changes nothing, and a token would forbid caching the page of the form
@require_POST
def nearby(request: HttpRequest) -> HttpResponse:
    """From a point, sent because the person pressed the button, to the commune around it; the point is forgotten."""
    place = commune_at(_number(request.POST.get("lat", "")), _number(request.POST.get("lon", "")))
    if place is None:
        return render(request, "directory/finding/elsewhere.html", status=422)
    if request.POST.get("vers") == TO_COUNTERS:
        return redirect("directory:commune_counters", place.code)
    query = QueryDict(mutable=True)
    for name in ("q", *CHOICES):
        if values := [value[:LONGEST_TEXT] for value in request.POST.getlist(name) if value][:10]:
            query.setlist(name, values)
    query["lieu"], query["lieu_choice"] = place.name, f"{place.level_id}:{place.code}"
    return redirect(f"{reverse('directory:search')}?{query.urlencode(safe=':')}")


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Up to four services side by side."""
    comparison = compared(request.GET.getlist("s"), timezone.now())
    context = {"comparison": comparison, "most": MOST}
    return render(request, "directory/finding/compare.html", context, status=comparison.status)


@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """The list kept in this browser, to read, print or take to a counter."""
    keys, now = read_saved(request), timezone.now()
    rows = services_of(keys)
    hits = [hit_of(rows[key], None, now) for key in keys if key in rows]
    shared = urlencode([("s", hit.service.pk) for hit in hits[:MOST]])
    context = {
        "hits": hits,
        "gone": len(keys) - len(hits),
        "days": KEPT_SECONDS // 86_400,
        "share_url": request.build_absolute_uri(f"{reverse('directory:compare')}?{shared}"),
    }
    return render(request, "directory/finding/saved.html", context)


@csrf_exempt  # the list lives in the reader's browser; a token would forbid caching pages that offer to keep a service
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep a service, remove one, or empty the list; then the list."""
    kept, key, action = read_saved(request), _key(request.POST.get("service", "")), request.POST.get("action")
    if action == "empty":
        kept = []
    elif action == "remove":
        kept = [one for one in kept if one != key]
    elif services_of([key]):
        kept = with_service(kept, key)
    else:
        return render(request, "directory/finding/unknown_service.html", status=404)
    response = redirect("directory:saved")
    if request.headers.get("Sec-Fetch-Site", "same-origin") in FROM_HERE:
        remember(request, response, kept)
    return response


@require_safe
def order(request: HttpRequest) -> HttpResponse:
    """How results are ordered, said to everybody."""
    context: dict[str, Any] = {"bands": BANDS, "radius": round(RADIUS)}
    return render(request, "directory/finding/order.html", context)


def _number(text: str) -> float:
    try:
        return float(text[:20])
    except ValueError:
        return float("nan")


def _key(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY else 0
