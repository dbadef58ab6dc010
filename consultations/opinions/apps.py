"""Opinions of councils and what becomes of them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpinionsConfig(AppConfig):
    name = "consultations.opinions"
    verbose_name = _("Opinions")

    def ready(self) -> None:
        """Make opinions a kind of lineage object; say what is held about a person."""
        # models are not loaded before ready()
        from consultations.opinions import lineage, privacy  # noqa: PLC0415

        lineage.register()
        privacy.register()
