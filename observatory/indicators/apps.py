"""Sources, indicators, facts, releases and the published cells."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    name = "observatory.indicators"
    verbose_name = _("Indicators")
