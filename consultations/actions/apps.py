"""Action sheets: written together, carried out in public."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActionsConfig(AppConfig):
    name = "consultations.actions"
    verbose_name = _("Action sheets")

    def ready(self) -> None:
        """Fill the registries of the apps below."""
        from consultations.actions import (  # noqa: PLC0415 - need models
            imports,
            lineage,
            manuscripts,
            panels,
            polling,
            privacy,
            search,
            signals,
        )
        from consultations.actions.services.reminding import send_reminders  # noqa: PLC0415
        from core.due import due  # noqa: PLC0415

        due.register("actions.send_reminders", send_reminders)
        imports.register()
        lineage.register()
        manuscripts.register()
        panels.register()
        polling.register()
        privacy.register()
        search.register()
        signals.register()
