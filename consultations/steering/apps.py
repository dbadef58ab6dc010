"""The board of actions."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SteeringConfig(AppConfig):
    name = "consultations.steering"
    verbose_name = _("Board of actions")

    def ready(self) -> None:
        """Offer the board in the workspace."""
        # models are not loaded before ready()
        from consultations.actions.permissions import can_open_actions  # noqa: PLC0415
        from core.navigation import MenuItem, workspace_menu  # noqa: PLC0415

        item = MenuItem(_("Board of actions"), "steering:board", "chart-column", can_open_actions, order=17)
        workspace_menu.register(item.url_name, item)
