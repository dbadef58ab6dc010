"""Search of territories and files of outlines."""

import re

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from territories.models import TerritoryLevel
from territories.selectors import TerritoryMatch, read_layer_file, search_territories

FOR_EVER = 31_536_000


@require_safe
@vary_on_headers("Accept")
def search(request: HttpRequest) -> HttpResponse:
    """Territories by name or code: a page, or JSON for the commune field."""
    text, level = request.GET.get("q", "").strip(), request.GET.get("niveau", "")
    levels = list(TerritoryLevel.objects.all())
    known = {one.pk for one in levels}
    matches = search_territories(text, levels=[level] if level in known else None, limit=20)
    if request.accepts("application/json") and not request.accepts("text/html"):
        return JsonResponse({"results": [_as_json(match) for match in matches]})
    context = {"matches": matches, "text": text, "level": level if level in known else "", "levels": levels}
    return render(request, "territories/search.html", context)


def _as_json(match: TerritoryMatch) -> dict[str, str]:
    place = match.territory
    return {
        "code": place.code,
        "level": place.level_id,
        "level_name": place.level.name,
        "name": place.name,
        "context": match.context,
        "via": match.via,
    }


@require_safe
@cache_control(public=True, max_age=FOR_EVER, immutable=True)
@vary_on_headers("Accept-Encoding")
def layer(request: HttpRequest, level: str, vintage: int, part: str, digest: str) -> HttpResponse:
    """One file of outlines, kept by browsers for ever since its name changes with its content."""
    files = read_layer_file(f"geometries/{level}-{vintage}-{part}.{digest}.json")
    if files is None:
        raise Http404
    plain, compressed = files
    if re.search(r"\bgzip\b", request.headers.get("Accept-Encoding", "")):
        return HttpResponse(
            compressed, content_type="application/geo+json", headers={"Content-Encoding": "gzip"}
        )
    return HttpResponse(plain, content_type="application/geo+json")
