"""Pages shown when something goes wrong: what happened, what to do, where to go."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template import loader

FOR_PROGRAMS = ("/api/", "/hsds/")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The address or the form could not be understood; a program is answered as one."""
    if request.path.startswith(FOR_PROGRAMS):
        reason = f": {exception}" if isinstance(exception, ValueError) else ""
        return JsonResponse({"detail": f"Bad Request{reason}"}, status=400)
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The person may not; a reason written for people is shown."""
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    return render(request, "403.html", {"reason": reason}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing lives at this address."""
    return render(request, "404.html", status=404)


def method_not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """The address of a form, asked for as a page: after signing in again, or from a copied address."""
    response = render(request, "405.html", status=405)
    response["Allow"] = allowed
    return response


def gone(request: HttpRequest) -> HttpResponse:
    """What lived at this address was withdrawn for good."""
    return render(request, "410.html", status=410)


def too_many_requests(request: HttpRequest, retry_after: int = 60) -> HttpResponse:
    """Too many attempts; `retry_after` is in seconds."""
    response = render(request, "429.html", {"minutes": max(1, round(retry_after / 60))}, status=429)
    response["Retry-After"] = str(retry_after)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault. Reads neither the database nor the session, which may be what failed."""
    return HttpResponseServerError(loader.render_to_string("500.html"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came without the mark of this browser: nothing was recorded, sending again works."""
    return render(request, "403_csrf.html", status=403)
