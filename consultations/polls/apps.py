"""Polls: one question, ballots kept apart from voters."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PollsConfig(AppConfig):
    name = "consultations.polls"
    verbose_name = _("Polls")
