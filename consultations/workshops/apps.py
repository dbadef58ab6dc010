"""Workshops: preparation, registration, the live board, and what follows."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.navigation import MenuItem, workspace_menu


class WorkshopsConfig(AppConfig):
    name = "consultations.workshops"
    verbose_name = _("Workshops")

    def ready(self) -> None:
        """Make the workshop a kind of live room; say what is held about a person."""
        # models are not loaded before ready()
        from consultations.live.registries import room_kinds  # noqa: PLC0415
        from consultations.workshops import lineage, polling, privacy  # noqa: PLC0415
        from consultations.workshops.board.verbs import ROOM_KIND  # noqa: PLC0415
        from consultations.workshops.permissions import can_facilitate_anywhere  # noqa: PLC0415

        lineage.register()
        polling.register()
        privacy.register()
        room_kinds.register(ROOM_KIND.key, ROOM_KIND)
        item = MenuItem(_("Workshops"), "workshop_editor:list", "users", can_facilitate_anywhere, order=13)
        workspace_menu.register(item.url_name, item)
