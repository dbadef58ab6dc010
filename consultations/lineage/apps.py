"""Typed links between what was said and what became of it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LineageConfig(AppConfig):
    name = "consultations.lineage"
    verbose_name = _("Lineage")

    def ready(self) -> None:
        from consultations.lineage import needs  # noqa: PLC0415 - models are not loaded before ready()

        needs.register()
