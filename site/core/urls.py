"""Health checks, the gallery and the receipt door."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

app_name = "core"


def healthz(request: HttpRequest) -> HttpResponse:
    """Says that the process answers."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [path("healthz", healthz, name="healthz")]
