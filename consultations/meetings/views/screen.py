"""The room's big screen: one thing at a time, nothing to press."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultations.live.models import Room as LiveRoom
from consultations.meetings.codes import door_address
from consultations.meetings.models import Meeting
from consultations.meetings.selectors.sitting import Screen, screen_of
from consultations.meetings.services.acting import ROOM
from consultations.meetings.views.access import StaffRequest, desk, meeting_or_refuse, page
from core.qr import qr_svg


@desk
@never_cache
@require_safe
def screen_page(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What everyone in the room looks at: the door, the item, who speaks, the vote, its result."""
    meeting = meeting_or_refuse(request, pk, "project")
    screen, door = screen_of(meeting), door_address(meeting)
    return page(
        request,
        "meetings/screen/screen.html",
        meeting,
        "screen",
        screen=screen,
        shown=_shown(meeting, screen),
        live=LiveRoom.objects.filter(kind=ROOM, key=str(meeting.pk), is_open=True).first(),
        door=door,
        left_out_words=ngettext("and %(n)s more", "and %(n)s more", 2),
        qr=qr_svg(door, title=_("Come in")),
    )


def _shown(meeting: Meeting, screen: Screen) -> str:
    if meeting.state == Meeting.State.CONVENED:
        return "door"
    if meeting.state == Meeting.State.SUSPENDED:
        return "paused"
    if meeting.state != Meeting.State.OPEN:
        return "over"
    if screen.open_vote is not None:
        return "vote"
    if screen.last_vote is not None:
        return "result"
    return "item" if screen.current else "agenda"
