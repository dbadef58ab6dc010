"""Workshops: preparation, registration, the live board, and what follows."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkshopsConfig(AppConfig):
    name = "consultations.workshops"
    verbose_name = _("Workshops")

    def ready(self) -> None:
        """Make the workshop a kind of live room; say what is held about a person."""
        # models are not loaded before ready()
        from consultations.live.registries import room_kinds  # noqa: PLC0415
        from consultations.workshops import lineage, panels, polling, privacy  # noqa: PLC0415
        from consultations.workshops.board.verbs import ROOM_KIND  # noqa: PLC0415
        from consultations.workshops.services import inviting, mailing, retention  # noqa: PLC0415
        from core.due import due  # noqa: PLC0415

        lineage.register()
        panels.register()
        polling.register()
        due.register("workshops.tell_changes", mailing.tell_changes)
        due.register("workshops.send_due_reminders", mailing.send_due_reminders)
        due.register("workshops.resume_invitations", inviting.resume_invitations)
        due.register("workshops.purge_access_needs", retention.purge_access_needs)
        due.register("workshops.purge_registrations", retention.purge_registrations)
        due.register("workshops.purge_ended_workshops", retention.purge_ended_workshops)
        privacy.register()
        room_kinds.register(ROOM_KIND.key, ROOM_KIND)
