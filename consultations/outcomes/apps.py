"""From what was said to what was done."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutcomesConfig(AppConfig):
    name = "consultations.outcomes"
    verbose_name = _("From what was said to what was done")

    def ready(self) -> None:
        """Fill the registries of the apps below."""
        from consultations.outcomes import panels  # noqa: PLC0415 - models are not loaded before ready()

        panels.register()
