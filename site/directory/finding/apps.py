"""Finding services: the index, the search and its pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FindingConfig(AppConfig):
    name = "directory.finding"
    label = "finding"
    verbose_name = _("Search of services")

    def ready(self) -> None:
        """Fill the registries of the apps below."""
        from directory.finding import panels  # noqa: PLC0415 - models are loaded only now

        panels.register()
