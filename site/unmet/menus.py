"""What signals add to the workspace."""

from django.utils.translation import gettext_lazy

from accounts.registries import workspace_openers
from core.navigation import MenuItem, workspace_menu
from unmet.permissions import can_read_signals


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    workspace_openers.register("unmet", can_read_signals)
    item = MenuItem(gettext_lazy("Signals"), "unmet:list", "megaphone", can_read_signals, order=37)
    workspace_menu.register(item.url_name, item)
