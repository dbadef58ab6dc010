"""Live rooms: an ordered log of events, presence and sockets. No business rule."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LiveConfig(AppConfig):
    name = "consultations.live"
    verbose_name = _("Live rooms")

    def ready(self) -> None:
        """Say what is held about a person."""
        from consultations.live import privacy  # noqa: PLC0415 - models are not loaded before ready()

        privacy.register()

    def ready(self) -> None:
        # models are not loaded before ready()
        from consultations.live.services import purge_rooms  # noqa: PLC0415
        from core.due import due  # noqa: PLC0415

        due.register("live.purge_rooms", purge_rooms)
