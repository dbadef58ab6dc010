"""Polls: one question, ballots kept apart from voters."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PollsConfig(AppConfig):
    name = "consultations.polls"
    verbose_name = _("Polls")

    def ready(self) -> None:
        # models are not loaded before ready()
        from consultations.polls import lineage, panels, places, privacy, service_places  # noqa: PLC0415
        from consultations.polls.services import close_due_polls, purge_expired_ballots  # noqa: PLC0415
        from core.due import due  # noqa: PLC0415

        places.register()
        service_places.register()
        lineage.register()
        panels.register()
        privacy.register()
        due.register("polls.close_due_polls", close_due_polls)
        due.register("polls.purge_expired_ballots", purge_expired_ballots)
