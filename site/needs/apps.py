"""The nomenclature of needs and services: the spine of the platform."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NeedsConfig(AppConfig):
    name = "needs"
    verbose_name = _("Needs")

    def ready(self) -> None:
        from needs.imports import register_imports  # noqa: PLC0415 - models are ready only now

        register_imports()
