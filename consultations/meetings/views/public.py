"""What anyone may read of meetings: those convened, their agenda, the minutes that were published."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultations.councils.models import Council
from consultations.councils.permissions import can_see_council
from consultations.meetings.calendars import CONTENT_TYPE, calendar_of, feed_of, file_name
from consultations.meetings.models import Meeting
from consultations.meetings.permissions import can, can_read_minutes_publicly, can_read_publicly
from consultations.meetings.selectors.reading import public_page

MOST_LISTED = 60


def council_or_404(request: HttpRequest, slug: str) -> Council:
    """The council when this person may see its page; 404 otherwise, so that its existence is not told."""
    council = get_object_or_404(Council, slug=slug)
    if not can_see_council(request.user, council):
        raise Http404
    return council


def meeting_or_404(request: HttpRequest, slug: str, number: int) -> Meeting:
    """A meeting that was convened, for those who may see its council."""
    council = council_or_404(request, slug)
    found = get_object_or_404(
        Meeting.objects.select_related("council", "minutes"), council=council, number=number
    )
    if not (can_read_publicly(found) or can("read", request.user, found)):
        raise Http404
    return found


@require_safe
def meeting_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Meetings to come, then those that were held."""
    council = council_or_404(request, slug)
    found = list(Meeting.objects.of(council).announced().select_related("council", "minutes")[:MOST_LISTED])
    now = timezone.now()
    context = {
        "council": council,
        "to_come": [
            one for one in reversed(found) if one.state == Meeting.State.CONVENED and one.ends_at > now
        ],
        "past": [one for one in found if one.state != Meeting.State.CONVENED or one.ends_at <= now],
    }
    return render(request, "meetings/public/meeting_list.html", context)


@require_safe
def meeting_detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """When, where, what about, and what was concluded when the bylaws make it public."""
    meeting = meeting_or_404(request, slug, number)
    context = {
        "meeting": meeting,
        "council": meeting.council,
        "page": public_page(meeting, shows_minutes=can_read_minutes_publicly(meeting)),
        "may_work": can("read", request.user, meeting),
    }
    return render(request, "meetings/public/meeting_detail.html", context)


@require_safe
def calendar_file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The event, for any calendar."""
    meeting = meeting_or_404(request, slug, number)
    response = HttpResponse(calendar_of(meeting), content_type=f"{CONTENT_TYPE}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name(meeting)}"'
    return response


@require_safe
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Every meeting of the council, read again by calendars."""
    council = council_or_404(request, slug)
    found = Meeting.objects.of(council).announced().select_related("council")[:MOST_LISTED]
    return HttpResponse(feed_of(found), content_type=f"{CONTENT_TYPE}; charset=utf-8")
