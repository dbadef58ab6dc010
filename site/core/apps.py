"""What every room uses: audit, jobs, receipts, registries and the interface components."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        from core.due import register_housekeeping  # noqa: PLC0415 - apps must be loaded first

        register_housekeeping()
