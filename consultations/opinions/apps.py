"""Opinions of councils and what becomes of them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpinionsConfig(AppConfig):
    name = "consultations.opinions"
    verbose_name = _("Opinions")

    def ready(self) -> None:
        """Fill the registries of the apps below; let days pass, remind, put answers on agendas."""
        # models are not loaded before ready()
        from consultations.opinions import agenda, federation_panels, lineage, panels, privacy  # noqa: PLC0415
        from consultations.opinions.services import due as dues  # noqa: PLC0415
        from consultations.opinions.services import placing  # noqa: PLC0415
        from core.due import due  # noqa: PLC0415

        agenda.register()
        federation_panels.register()
        due.register("opinions.fall_due", dues.fall_due)
        due.register("opinions.send_reminders", dues.send_reminders)
        due.register("opinions.put_answers_on_agendas", placing.put_answers_on_agendas)
        lineage.register()
        panels.register()
        privacy.register()
