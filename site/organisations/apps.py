"""Organisations and their identifiers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "organisations"
    verbose_name = _("Organisations")

    def ready(self) -> None:
        from organisations.imports import register_imports  # noqa: PLC0415 - models are ready only now

        register_imports()
