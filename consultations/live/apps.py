"""Live rooms: an ordered log of events, presence and sockets. No business rule."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LiveConfig(AppConfig):
    name = "consultations.live"
    verbose_name = _("Live rooms")

    def ready(self) -> None:
        """Say what is held about a person, and for how long."""
        # models are not loaded before ready()
        from consultations.live import privacy  # noqa: PLC0415
        from consultations.live.services import purge_rooms  # noqa: PLC0415
        from core.due import due  # noqa: PLC0415

        privacy.register()
        due.register("live.purge_rooms", purge_rooms)
