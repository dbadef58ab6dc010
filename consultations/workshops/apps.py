"""Workshops: preparation, registration, the live board, and what follows."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkshopsConfig(AppConfig):
    name = "consultations.workshops"
    verbose_name = _("Workshops")

    def ready(self) -> None:
        """Say what is held about a person."""
        from consultations.workshops import privacy  # noqa: PLC0415 - models are not loaded before ready()

        privacy.register()
