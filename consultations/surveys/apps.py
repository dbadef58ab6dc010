"""Questionnaires, their immutable versions, and responses."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    name = "consultations.surveys"
    verbose_name = _("Surveys")

    def ready(self) -> None:
        # models are not loaded before ready()
        from consultations.surveys import lineage, privacy  # noqa: PLC0415
        from consultations.surveys.services import (  # noqa: PLC0415
            forget_invited_addresses,
            project_waiting,
            purge_drafts,
            purge_expired_responses,
            resume_mailings,
        )
        from consultations.surveys.workspace import panels  # noqa: PLC0415
        from core.due import due  # noqa: PLC0415

        lineage.register()
        privacy.register()
        panels.register()
        due.register("surveys.purge_drafts", purge_drafts)
        due.register("surveys.project_waiting", project_waiting)
        due.register("surveys.forget_invited_addresses", forget_invited_addresses)
        due.register("surveys.resume_mailings", resume_mailings)
        due.register("surveys.purge_expired_responses", purge_expired_responses)
