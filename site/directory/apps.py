"""The public service directory."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = _("Directory of services")

    def ready(self) -> None:
        """Fill the registries of the apps below; open again what was closed for a time."""
        # models are not loaded before ready()
        from core.due import due  # noqa: PLC0415
        from directory import imports, menus, privacy  # noqa: PLC0415
        from directory.services import duplicates, open_files, records, reviews  # noqa: PLC0415
        from directory.services.importing import running  # noqa: PLC0415

        imports.register_imports()
        menus.register()
        privacy.register()
        due.register("directory.reopen_services", records.reopen_due_services)
        due.register("directory.purge_waiting_imports", running.purge_waiting_imports)
        due.register("directory.remind_keepers", reviews.remind_keepers)
        due.register("directory.send_campaigns", reviews.send_campaigns)
        due.register("directory.remind_campaigns", reviews.remind_campaigns)
        due.register("directory.find_duplicates", duplicates.find_duplicates)
        due.register("directory.prepare_open_files", open_files.prepare_open_files)
