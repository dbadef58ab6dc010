"""Meetings of councils: convening, quorum, decisions, minutes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "consultations.meetings"
    verbose_name = _("Meetings")

    def ready(self) -> None:
        """Make the meeting a kind of live room, fill the council's pages, say what is held about a person."""
        # models are not loaded before ready()
        from consultations.live.registries import room_kinds  # noqa: PLC0415
        from consultations.meetings import lineage, panels, polling, privacy  # noqa: PLC0415
        from consultations.meetings.live_room import ROOM_KIND  # noqa: PLC0415
        from consultations.meetings.services import convening, reminding, returning  # noqa: PLC0415
        from core.due import due  # noqa: PLC0415
        from core.returned_mail import returned_letters  # noqa: PLC0415

        room_kinds.register(ROOM_KIND.key, ROOM_KIND)
        due.register("meetings.resume_notices", convening.resume_notices)
        due.register("meetings.send_reminders", reminding.send_reminders)
        returned_letters.register(returning.NOTICE, returning.notice_returned)
        lineage.register()
        panels.register()
        polling.register()
        privacy.register()
