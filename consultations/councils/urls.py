"""Addresses of councils, for anyone and in the workspace."""

from django.urls import URLPattern, URLResolver

app_name = "councils"

urlpatterns: list[URLPattern | URLResolver] = []
