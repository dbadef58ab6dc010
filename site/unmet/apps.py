"""Needs that found no answer: counted, seen, answered."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnmetConfig(AppConfig):
    name = "unmet"
    verbose_name = _("Needs without an answer")

    def ready(self) -> None:
        """Fill the registries of the apps below; count once a day by the tick."""
        # models are not loaded before ready()
        from core.due import due  # noqa: PLC0415
        from unmet import lineage, menus, privacy  # noqa: PLC0415
        from unmet.services.gathering import gather_when_due  # noqa: PLC0415

        menus.register()
        privacy.register()
        lineage.register()
        due.register("unmet.gather_when_due", gather_when_due)
