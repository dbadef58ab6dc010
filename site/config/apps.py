"""The project itself, installed so that it can hold system checks."""

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class ConfigConfig(AppConfig):
    name = "config"


class StaticFiles(StaticFilesConfig):
    """Django's collector, without the htmx copies of django-htmx: ours comes from npm, and one of theirs
    imports a module by a bare name that hashed file names cannot follow.
    """

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "django_htmx"]
