"""The project itself, installed so that it can hold system checks."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"
