"""What meetings hold about the people who sit in councils and those who keep their papers."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.privacy import PersonalDataSource, Trace, personal_data, traces_source
from consultations.meetings.models import (
    AgendaItem,
    Attendance,
    ConveningProof,
    DemandSignature,
    MinutesAmendment,
    Proxy,
)

TRACES = traces_source(
    "council_meetings",
    _("The meetings you prepared, and what you recorded of them."),
    _("A meeting has legal life: what was recorded stays, without your name once you leave."),
    Trace("meetings.Meeting.created_by"),
    Trace("meetings.AgendaDocument.added_by", day="added_on"),
    Trace("meetings.Convening.convened_by", day="sent_on"),
    Trace("meetings.ConveningProof.by"),
    Trace("meetings.Attendance.recorded_by"),
    Trace("meetings.Proxy.recorded_by", day="given_on"),
    Trace("meetings.DemandSignature.recorded_by", day="signed_on"),
    Trace("meetings.Decision.opened_by"),
    Trace("meetings.Minutes.redacted_by"),
    Trace("meetings.MinutesVersion.recorded_by"),
    Trace("meetings.MinutesAmendment.answered_by"),
)


def export_seat(user: User) -> dict[str, Any]:
    """What a member did at meetings: notices received, attendance, items proposed, corrections asked. Never a vote."""
    mine = {"mandate__user": user}
    proofs = ConveningProof.objects.filter(**mine).select_related("convening__meeting")
    attendances = Attendance.objects.filter(**mine).select_related("meeting")
    items = AgendaItem.objects.filter(proposed_by__user=user)
    signed = DemandSignature.objects.filter(**mine).select_related("demand__council")
    given = Proxy.objects.filter(giver__user=user).select_related("meeting")
    amendments = MinutesAmendment.objects.filter(**mine)
    return {
        "notices": [f"{one.convening} · {one.get_state_display()}" for one in proofs],
        "attendances": [f"{one.meeting} · {one.get_way_display()}" for one in attendances],
        "demands": [str(one.demand) for one in signed],
        "proxies": [str(one.meeting) for one in given],
        "items": [one.title for one in items],
        "corrections": [one.text for one in amendments],
    }


def keep_seat(user: User) -> None:
    """Minutes and attendance have legal life under the name of the mandate; the account no longer leads to them."""


SEAT = PersonalDataSource(
    name="council_seat",
    label=_("What you did as a member of a council: notices, attendance, items, corrections"),
    kept=_(
        "Kept with the papers of the council, under the name written in your mandate. Votes are never kept."
    ),
    export=export_seat,
    erase=keep_seat,
)


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    personal_data.register(TRACES.name, TRACES)
    personal_data.register(SEAT.name, SEAT)
