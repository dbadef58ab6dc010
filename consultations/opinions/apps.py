"""Opinions of councils and what becomes of them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpinionsConfig(AppConfig):
    name = "consultations.opinions"
    verbose_name = _("Opinions")
