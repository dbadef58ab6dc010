"""Elections in councils."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ElectionsConfig(AppConfig):
    name = "consultations.elections"
    verbose_name = _("Elections")

    def ready(self) -> None:
        """Open, close and seal at the hours announced; fill the council pages; say what is held about a person."""
        # models are not loaded before ready()
        from consultations.elections import panels, privacy  # noqa: PLC0415
        from consultations.elections.services import sealing  # noqa: PLC0415
        from core.due import due  # noqa: PLC0415

        due.register("elections.open_due_elections", sealing.open_due_elections)
        due.register("elections.close_due_elections", sealing.close_due_elections)
        due.register("elections.erase_traces", sealing.erase_traces)
        panels.register()
        privacy.register()
