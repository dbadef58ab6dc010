"""Addresses of territories."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter
from django.views.generic import RedirectView

from territories import views


class DigestConverter(StringConverter):
    regex = "[0-9a-f]{16}"


class PartConverter(StringConverter):
    regex = "full|light"


register_converter(DigestConverter, "digest")
register_converter(PartConverter, "part")

app_name = "territories"
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="territories:search"), name="index"),
    path("recherche/", views.search, name="search"),
    path("contours/<slug:level>/<int:vintage>/<part:part>.<digest:digest>.json", views.layer, name="layer"),
]
