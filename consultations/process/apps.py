"""Consultations: purpose, territory, stages, legal basis, closing."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProcessConfig(AppConfig):
    name = "consultations.process"
    verbose_name = _("Consultations")

    def ready(self) -> None:
        """Close nothing without a restitution; later lines fill the registries of the apps below."""
        from consultations.process import registries  # noqa: PLC0415 - models are not loaded before ready()

        registries.closing_rules.register("restitution", registries.needs_restitution)
