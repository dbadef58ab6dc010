"""Texts written together."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CowritingConfig(AppConfig):
    name = "consultations.cowriting"
    verbose_name = _("Writing together")

    def ready(self) -> None:
        """Make the manuscript a kind of live room, and say what is held about a person."""
        # models are not loaded before ready()
        from consultations.cowriting import privacy  # noqa: PLC0415
        from consultations.cowriting.live_room import ROOM_KIND  # noqa: PLC0415
        from consultations.live.registries import room_kinds  # noqa: PLC0415

        room_kinds.register(ROOM_KIND.key, ROOM_KIND)
        privacy.register()
