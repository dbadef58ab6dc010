"""Workshops: preparation, registration, the live board, and what follows."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkshopsConfig(AppConfig):
    name = "consultations.workshops"
    verbose_name = _("Workshops")
