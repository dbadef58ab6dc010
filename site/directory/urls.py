"""Addresses of the directory."""

from django.urls import include, path

app_name = "directory"
urlpatterns = [path("", include("directory.finding.urls")), path("", include("directory.record_urls"))]
