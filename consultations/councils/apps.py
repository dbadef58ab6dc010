"""Councils: seats, mandates, rules, federation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CouncilsConfig(AppConfig):
    name = "consultations.councils"
    verbose_name = _("Councils")

    def ready(self) -> None:
        """Say what is held about members; forget old names."""
        # models are not loaded before ready()
        from consultations.councils import privacy  # noqa: PLC0415
        from consultations.councils.services import retention  # noqa: PLC0415
        from core.due import due  # noqa: PLC0415

        privacy.register()
        due.register("councils.forget_old_names", retention.forget_old_names)
