"""Addresses of opinions, for anyone and in the workspace."""

from django.urls import URLPattern, URLResolver

app_name = "opinions"

urlpatterns: list[URLPattern | URLResolver] = []
