"""Addresses of elections, for anyone and in the workspace."""

from django.urls import URLPattern, URLResolver

app_name = "elections"

urlpatterns: list[URLPattern | URLResolver] = []
