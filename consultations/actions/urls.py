"""Addresses of action sheets, for anyone and in the workspace."""

from django.urls import URLPattern, URLResolver

app_name = "actions"

urlpatterns: list[URLPattern | URLResolver] = []
