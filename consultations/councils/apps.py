"""Councils: seats, mandates, rules, federation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CouncilsConfig(AppConfig):
    name = "consultations.councils"
    verbose_name = _("Councils")

    def ready(self) -> None:
        """Fill the registries of the apps below; warn of endings, forget old names."""
        # models are not loaded before ready()
        from consultations.councils import imports, lineage, panels, privacy  # noqa: PLC0415
        from consultations.councils.services import alerts, retention  # noqa: PLC0415
        from core.due import due  # noqa: PLC0415

        imports.register()
        lineage.register()
        panels.register()
        privacy.register()
        due.register("councils.alert_ending_mandates", alerts.alert_ending_mandates)
        due.register("councils.forget_old_names", retention.forget_old_names)
