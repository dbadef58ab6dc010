"""Meetings of councils: convening, quorum, decisions, minutes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "consultations.meetings"
    verbose_name = _("Meetings")
