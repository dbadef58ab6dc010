"""The attendance sheet: who is there, how, until when; the quorum, counted and explained."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from consultations.councils.models import Mandate
from consultations.councils.selectors import members
from consultations.live.models import Room as LiveRoom
from consultations.meetings.codes import door_address
from consultations.meetings.forms import GuestForm, ProxyForm
from consultations.meetings.models import Attendance, Meeting, Proxy
from consultations.meetings.selectors.presence import Line, room_of
from consultations.meetings.services import attending
from consultations.meetings.services.acting import ROOM
from consultations.meetings.services.proxies import most_proxies
from consultations.meetings.views.access import (
    INVALID,
    StaffRequest,
    attempt,
    desk,
    done_or_said,
    meeting_or_refuse,
    page,
)
from consultations.meetings.wording import quorum_title, quorum_words
from core.qr import qr_svg
from core.repeats import once


@desk
def attendance_page(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Everyone, by constituency."""
    return attendance_again(request, meeting_or_refuse(request, pk))


def mandates_of(meeting: Meeting) -> list[Mandate]:
    """Those who sit on the day of the meeting."""
    return [one.mandate for one in members(meeting.council, meeting.held_on)]


def attendance_again(
    request: StaffRequest,
    meeting: Meeting,
    *,
    form: GuestForm | None = None,
    proxy_form: ProxyForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The sheet, with a form of the page that was not taken."""
    room = room_of(meeting)
    most = most_proxies(meeting)
    live = LiveRoom.objects.filter(kind=ROOM, key=str(meeting.pk), is_open=True).first()
    door = door_address(meeting)
    return page(
        request,
        "meetings/desk/attendance.html",
        meeting,
        "attendance",
        room=room,
        verdict=room.verdict,
        quorum_title=quorum_title(room.verdict),
        quorum_words=quorum_words(room.verdict),
        ways=Attendance.Way.choices,
        form=form or GuestForm(),
        most_proxies=most,
        proxies=_proxies(meeting) if most else [],
        proxy_form=proxy_form or ProxyForm(mandates=mandates_of(meeting) if most else []),
        live=live,
        door=door,
        qr=qr_svg(door, title=_("Come in")),
        status=status,
    )


def _proxies(meeting: Meeting) -> list[Proxy]:
    return list(meeting.proxies.filter(withdrawn_on=None).select_related("giver", "holder"))


@desk
@require_POST
@once
def attendance_save(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Record every line that changed, in one go."""
    meeting = meeting_or_refuse(request, pk, "attend")
    changed = 0
    for line in room_of(meeting).lines:
        way = request.POST.get(f"way-{line.mandate.pk}", "")
        on_paper = f"paper-{line.mandate.pk}" in request.POST
        if not _differs(line, way, on_paper):
            continue
        try:
            attending.record_attendance(
                actor=request.user, meeting=meeting, mandate=line.mandate, way=way, votes_on_paper=on_paper
            )
            changed += 1
        except ValidationError as error:
            messages.error(request, f"{line.mandate.person_name} : {' '.join(error.messages)}")
    if changed:
        messages.success(request, _("The attendance is recorded."))
    return redirect("meeting_desk:attendance", pk)


def _differs(line: Line, way: str, on_paper: bool) -> bool:
    if way not in Attendance.Way.values:
        return False
    kept = line.attendance
    return kept is None or (kept.way, kept.votes_on_paper) != (way, on_paper)


@desk
@require_POST
@once
def guest_add(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Someone invited to advise."""
    meeting = meeting_or_refuse(request, pk, "attend")
    form = GuestForm(request.POST)
    if attempt(form, lambda: attending.add_guest(actor=request.user, meeting=meeting, **form.cleaned_data)):
        messages.success(request, _("The guest is on the list: they may speak, not vote."))
        return redirect("meeting_desk:attendance", pk)
    return attendance_again(request, meeting, form=form, status=INVALID)


@desk
@require_POST
@once
def attendance_leave(request: StaffRequest, pk: UUID, attendance_pk: UUID) -> HttpResponse:
    """Someone leaves, or comes back."""
    meeting = meeting_or_refuse(request, pk, "attend")
    kept = get_object_or_404(
        Attendance.objects.select_related("meeting__council", "mandate"), pk=attendance_pk, meeting=meeting
    )

    def act() -> Attendance:
        if kept.left_at and kept.mandate:
            return attending.record_attendance(
                actor=request.user, meeting=meeting, mandate=kept.mandate, way=kept.way
            )
        return attending.record_leaving(actor=request.user, attendance=kept)

    said = _("The return is recorded.") if kept.left_at else _("The departure is recorded.")
    return done_or_said(request, act, said, "meeting_desk:attendance", pk)
