"""What every room uses: audit, jobs, receipts, registries and the interface components."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        # apps must be loaded first
        from core import folding  # noqa: PLC0415
        from core.due import register_housekeeping  # noqa: PLC0415

        folding.register()
        register_housekeeping()
