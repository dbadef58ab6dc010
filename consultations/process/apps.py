"""Consultations: purpose, territory, stages, legal basis, closing."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProcessConfig(AppConfig):
    name = "consultations.process"
    verbose_name = _("Consultations")
