"""Consultations: purpose, territory, stages, legal basis, closing."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.navigation import MenuItem, workspace_menu


class ProcessConfig(AppConfig):
    name = "consultations.process"
    verbose_name = _("Consultations")

    def ready(self) -> None:
        """Close nothing without a restitution; later lines fill the registries of the apps below."""
        from consultations.process import lineage, permissions, privacy, registries  # noqa: PLC0415 - needs models

        lineage.register()
        privacy.register()
        registries.closing_rules.register("restitution", registries.needs_restitution)
        for item in (
            MenuItem(_("Today"), "process:workspace", "inbox", permissions.can_open_home, order=10),
            MenuItem(
                _("Consultations"),
                "process:workspace_consultations",
                "messages-square",
                permissions.can_open_workspace,
                order=11,
            ),
            MenuItem(
                _("Register"), "process:register", "shield-check", permissions.can_read_register, order=90
            ),
        ):
            workspace_menu.register(item.url_name, item)
