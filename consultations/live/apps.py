"""Live rooms: an ordered log of events, presence and sockets. No business rule."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LiveConfig(AppConfig):
    name = "consultations.live"
    verbose_name = _("Live rooms")
