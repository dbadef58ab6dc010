"""The bank of verbatims, coded with needs."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BankConfig(AppConfig):
    name = "consultations.bank"
    verbose_name = _("Data bank")

    def ready(self) -> None:
        """Say what is quoted, in the threads and in the register of processings."""
        from consultations.bank import lineage, processings  # noqa: PLC0415 - models are not loaded before ready()

        lineage.register()
        processings.register()
