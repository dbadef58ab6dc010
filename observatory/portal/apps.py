"""The public observatory: feeds, pages, charts and open data."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "observatory.portal"
    verbose_name = _("Observatory")
