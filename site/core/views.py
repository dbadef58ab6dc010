"""Reading preferences and the gallery."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.gallery import gallery_context
from core.preferences import read_preferences, remember_preferences
from core.returned_mail import follow, read_events, read_report


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


@csrf_exempt  # a mail provider has no session: the token of the setting is its key
@require_POST
def returned_mail(request: HttpRequest) -> HttpResponse:
    """Reports of non-delivery: a provider's events as JSON, or a mail server's report as it is."""
    if not settings.EMAIL_RETURN_TOKEN:
        raise Http404
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not constant_time_compare(given, settings.EMAIL_RETURN_TOKEN):
        raise PermissionDenied
    try:
        is_report = request.content_type == "message/rfc822"
        found = [read_report(request.body)] if is_report else read_events(request.body)
    except ValueError:
        return JsonResponse({"error": "neither JSON nor message/rfc822"}, status=400)
    return JsonResponse({"changed": sum(one is not None and follow(one) for one in found)})
