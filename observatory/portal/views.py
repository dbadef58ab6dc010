"""The public observatory. Reads published figures only; works without JavaScript."""

from collections.abc import Callable
from functools import wraps

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from observatory.indicators.selectors import UnknownFigure, figure
from observatory.portal.addresses import FigureAddress
from observatory.portal.exports import cell_rows, csv_lines
from observatory.portal.gap import replies_to
from observatory.portal.pages import figure_context
from observatory.portal.payload import chart_payload
from observatory.portal.portraits import portrait as portrait_of
from observatory.portal.selectors import catalogue, collection, figure_view, home_figure, own_page
from territories.registries import panels_of
from territories.selectors import search_territories

View = Callable[..., HttpResponse | StreamingHttpResponse]
INLINE_STYLES = {"style-src": [SELF, UNSAFE_INLINE]}
"""Plotly positions its drawing by inline styles: allowed on these pages, and nothing else is."""


def says_unknown(view: View) -> View:
    """Answer 404, or 410 for what was withdrawn, in words."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse | StreamingHttpResponse:
        try:
            return view(request, *args, **kwargs)
        except UnknownFigure as error:
            context = {"message": str(error), "is_gone": error.is_gone}
            return render(request, "portal/unknown.html", context, status=410 if error.is_gone else 404)

    return wrapped


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Everything published, a search of places, and one figure in front."""
    text = request.GET.get("q", "").strip()[:100]
    context = {
        "collections": catalogue(),
        "featured": home_figure(),
        "text": text,
        "places": search_territories(text, limit=12) if text else [],
    }
    return render(request, "portal/index.html", context)


@require_safe
@csp_replace(INLINE_STYLES)
@says_unknown
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: map, chart, table, download; its address says all that it shows."""
    address = FigureAddress.read(code, request.GET)
    try:
        view = figure_view(code, address.level, choice=address.choice())
    except UnknownFigure:
        if not (elsewhere := own_page(code)):
            raise
        return redirect(elsewhere)
    context = {**figure_context(view, address), "answered": replies_to(view.figure)}
    return render(request, "portal/figure.html", context)


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@says_unknown
def embed(request: HttpRequest, code: str) -> HttpResponse:
    """The same figure alone, for another site's page; no script, no cookie read."""
    address = FigureAddress.read(code, request.GET)
    view = figure_view(code, address.level, choice=address.choice())
    return render(request, "portal/embed.html", figure_context(view, address))


@require_safe
@says_unknown
def indicator_json(request: HttpRequest, code: str) -> HttpResponse:
    """What the interactive chart is drawn from."""
    address = FigureAddress.read(code, request.GET)
    return JsonResponse(chart_payload(figure(code, address.level, **address.choice())))


@require_safe
@says_unknown
def indicator_csv(request: HttpRequest, code: str) -> HttpResponse | StreamingHttpResponse:
    """The cells of an indicator at one level, or at all levels with `niveau=tous`."""
    address = FigureAddress.read(code, request.GET)
    everything = address.level == "tous"
    found = figure(code, "" if everything else address.level, release_id=address.release)
    rows = cell_rows(found.release, indicator=code, level="" if everything else found.level.code)
    return _csv(request, rows, f"{code}-{address.level or found.level.code}")


@require_safe
@says_unknown
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """Every question of a survey's release, each with its answers for the whole; a poll has its own page."""
    found = collection(slug, request.GET.get("publication", "")[:36])
    if found.is_poll and found.release.is_latest:
        return redirect(found.url)
    exact = {"release_id": found.release.id}
    views = [figure_view(card.code, card.levels[0], choice=exact) for card in found.cards if card.levels]
    hidden = [card for card in found.cards if not card.levels]
    return render(request, "portal/results.html", {"collection": found, "views": views, "hidden": hidden})


@require_safe
@says_unknown
def results_csv(request: HttpRequest, slug: str) -> HttpResponse | StreamingHttpResponse:
    """Every cell of a release."""
    found = collection(slug, request.GET.get("publication", "")[:36])
    return _csv(request, cell_rows(found.release), f"{slug}-{found.release.number}")


@require_safe
@says_unknown
def portrait(request: HttpRequest, level: str, code: str) -> HttpResponse:
    """One territory beside its département."""
    shown = portrait_of(level, code)
    context = {"portrait": shown, "panels": panels_of(shown.territory)}
    return render(request, "portal/portrait.html", context)


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """Every file that can be taken away, and the API."""
    return render(request, "portal/open_data.html", {"collections": catalogue(), "title": _("Open data")})


def _csv(request: HttpRequest, rows: object, name: str) -> StreamingHttpResponse:
    lines = csv_lines(rows, bom=request.GET.get("bom") == "1")  # type: ignore[arg-type]
    return StreamingHttpResponse(
        lines,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
