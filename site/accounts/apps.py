"""People, their dated roles, their consents and their privacy."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from accounts.sources import register_sources  # noqa: PLC0415 - models are ready only now

        register_sources()
