"""Reading preferences and the gallery."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.gallery import gallery_context
from core.preferences import read_preferences, remember_preferences


def _safe_next(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or "/"
    if url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        return target
    return "/"


@csrf_exempt  # a token would forbid caching the pages that hold the switch; nothing personal changes
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Show the reading preferences; remember those posted from this site and go back to the page."""
    current = read_preferences(request)
    if request.method != "POST":
        return render(request, "core/preferences.html", {"next": _safe_next(request)})
    response = HttpResponseRedirect(_safe_next(request), status=303)
    if request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}:
        remember_preferences(request, response, current.changed_by(request.POST.dict()))
    return response


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in every state; for those who build and edit the site."""
    if not (
        settings.DEBUG
        or settings.DEMO
        or request.user.is_superuser
        or request.user.has_perm("wagtailadmin.access_admin")
    ):
        raise Http404
    return render(request, "core/styleguide.html", gallery_context(request))
