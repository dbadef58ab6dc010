"""What meetings add to a council's pages, to the workspace menu, and to what waits for someone there."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from accounts.permissions import Visitor
from consultations.councils.calendars import calendar_sources
from consultations.councils.models import Council
from consultations.councils.permissions import can_work_on_councils, is_clerk, worked_on_by
from consultations.councils.registries import (
    CouncilPanel,
    council_member_panels,
    council_panels,
    council_workspace_panels,
)
from consultations.meetings.calendars import council_entries
from consultations.meetings.models import ConveningProof, Meeting
from consultations.meetings.permissions import can_create_meeting, offices_of
from consultations.meetings.selectors.sending import unreached
from consultations.process import registries
from core.navigation import MenuItem, workspace_menu

MOST_SHOWN, MAX_WAITING = 5, 20
State = Meeting.State


def public_panel(council: Council, user: Visitor) -> CouncilPanel | None:
    """The next meeting and the latest ones, for anyone."""
    found = list(Meeting.objects.of(council).announced().select_related("council")[:MOST_SHOWN])
    if not found:
        return None
    return CouncilPanel("meetings/partials/council_panel.html", {"meetings": found}, order=12)


def workspace_panel(council: Council, user: Visitor) -> CouncilPanel:
    """Every meeting with where it stands, drafts included."""
    found = list(Meeting.objects.of(council).select_related("council")[:MOST_SHOWN])
    context = {"meetings": found, "can_create": can_create_meeting(user, council)}
    return CouncilPanel("meetings/partials/council_desk_panel.html", context, order=12)


def waiting_meetings(user: User) -> list[registries.Waiting]:
    """Meetings to prepare and to come, notices that came back, minutes to write, to sign or to adopt."""
    mine = Council.objects.filter(worked_on_by(user))
    found = Meeting.objects.filter(council__in=mine).select_related("council")
    rows = found.exclude(state__in=(State.MINUTES_ADOPTED, State.CANCELLED)).order_by("held_at")
    items = []
    for meeting in rows[:MAX_WAITING]:
        if not (is_clerk(user, meeting.council) or offices_of(user, meeting.council)):
            continue
        detail, is_late = _came_back(meeting) or _detail(meeting)
        if detail:
            url = reverse("meeting_desk:detail", args=[meeting.pk])
            items.append(
                registries.Waiting(
                    f"{meeting.council.name} – {meeting}", detail, url, "gavel", is_late=is_late
                )
            )
    return items


def _came_back(meeting: Meeting) -> tuple[str, bool] | None:
    """Notices that no way has reached: nobody looks at the proofs every day."""
    if meeting.state != State.CONVENED or meeting.ends_at < timezone.now():
        return None
    back = sum(one.state == ConveningProof.State.BOUNCED for one in unreached(meeting))
    words = ngettext(
        "%(count)d notice came back: reach this member another way.",
        "%(count)d notices came back: reach these members another way.",
        back,
    )
    return (words % {"count": back}, True) if back else None


def _detail(meeting: Meeting) -> tuple[str, bool]:
    today, is_past = timezone.localdate(), meeting.ends_at < timezone.now()
    if meeting.state == State.DRAFT:
        return (_("Its agenda and its notice are to be sent."), is_past)
    if meeting.is_live:
        return (_("The sitting is under way."), False)
    if meeting.state == State.CONVENED and (meeting.held_on == today or is_past):
        return (_("It is today.") if not is_past else _("Its day is past: hold it or cancel it."), is_past)
    if meeting.state == State.CONVENED:
        day = date_format(meeting.held_on, "l j F Y")
        return (_("The notice is sent. It is held on %(day)s.") % {"day": day}, False)
    words = {
        State.CLOSED: _("Its minutes are to be written."),
        State.MINUTES_DRAFT: _("Its minutes wait for the president’s signature."),
        State.MINUTES_SIGNED: _("Its minutes are to be adopted at the next meeting."),
    }
    return (words.get(State(meeting.state), ""), False)


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    council_panels.register("meetings", public_panel)
    council_workspace_panels.register("meetings", workspace_panel)
    council_member_panels.register("meetings", workspace_panel)
    registries.waiting_lists.register("meetings", waiting_meetings)
    calendar_sources.register("meetings", council_entries)
    item = MenuItem(gettext_lazy("Meetings"), "meeting_desk:list", "gavel", can_work_on_councils, order=31)
    workspace_menu.register(item.url_name, item)
