"""The bank of verbatims, coded with needs."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BankConfig(AppConfig):
    name = "consultations.bank"
    verbose_name = _("Data bank")
