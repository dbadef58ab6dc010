"""The year of councils: figures, annual report, surveys examined, what is late."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnnualReportsConfig(AppConfig):
    name = "consultations.annual_reports"
    verbose_name = _("Annual reports")

    def ready(self) -> None:
        """Fill the council's pages and agendas; say what is held about a person."""
        # models are not loaded before ready()
        from consultations.annual_reports import agenda, panels, privacy  # noqa: PLC0415

        agenda.register()
        panels.register()
        privacy.register()
