"""What a federation's pages show besides its seats: common topics, joint opinions, the agenda of its councils."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.models import User
from accounts.permissions import Visitor
from consultations.councils.calendars import CalendarEntry, calendar_sources
from consultations.councils.models import Council
from consultations.councils.permissions import worked_on_by
from consultations.councils.registries import (
    CouncilPanel,
    council_member_panels,
    council_panels,
    council_workspace_panels,
)
from consultations.councils.selectors import federated_councils
from consultations.meetings.models import Meeting
from consultations.opinions.permissions import can_merge
from consultations.opinions.selectors.federation import (
    common_topics,
    joint_opinions,
    next_meetings,
    received_by,
)
from consultations.process import registries
from core.qr import public_url

MOST_DATES = 120


def public_panel(council: Council, user: Visitor) -> CouncilPanel | None:
    """Common topics, joint opinions, and the agenda of its councils, for anyone."""
    if not council.is_federation:
        return None
    context = {
        "topics": common_topics(council),
        "joints": joint_opinions(council, public=True),
        "meetings": next_meetings(council, public=True),
    }
    return CouncilPanel("opinions/federation/public_panel.html", context, order=8)


def workspace_panel(council: Council, user: Visitor) -> CouncilPanel | None:
    """What councils passed up and waits to be joined."""
    if not council.is_federation:
        return None
    received = received_by(council)
    context = {
        "free_count": sum(one.is_free for one in received),
        "joints": joint_opinions(council, public=False),
        "meetings": next_meetings(council, public=False),
        "may_merge": can_merge(user, council),
    }
    return CouncilPanel("opinions/federation/desk_panel.html", context, order=8)


def waiting_received(user: User) -> list[registries.Waiting]:
    """Opinions councils passed up to a federation this person keeps, not joined yet."""
    mine = Council.objects.federations().filter(worked_on_by(user)).alive_on(timezone.localdate())
    found = []
    for one in mine.order_by("name"):
        count = sum(line.is_free for line in received_by(one)) if can_merge(user, one) else 0
        if count:
            words = ngettext(
                "%(count)s opinion received is to be read and joined.",
                "%(count)s opinions received are to be read and joined.",
                count,
            )
            address = reverse("federations:desk", args=[one.slug])
            found.append(registries.Waiting(one.name, words % {"count": count}, address, "waypoints"))
    return found


def calendar_of_members(council: Council) -> list[CalendarEntry]:
    """A federation's calendar holds the public meetings of its councils."""
    if not council.is_federation:
        return []
    members = [one.council.pk for one in federated_councils(council) if one.council.is_public]
    rows = Meeting.objects.announced().filter(council__in=[council.pk, *members]).select_related("council")
    return [_entry(one) for one in rows.order_by("-held_at")[:MOST_DATES]]


def _entry(meeting: Meeting) -> CalendarEntry:
    return CalendarEntry(
        uid=str(meeting.pk),
        title=f"{meeting.council.name} – {meeting}",
        starts_at=meeting.held_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
        url=public_url(reverse("meetings:detail", args=[meeting.council.slug, meeting.number])),
        is_cancelled=meeting.state == Meeting.State.CANCELLED,
        sequence=meeting.sequence,
    )


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    council_panels.register("federation", public_panel)
    council_workspace_panels.register("federation", workspace_panel)
    council_member_panels.register("federation", workspace_panel)
    registries.waiting_lists.register("federation", waiting_received)
    calendar_sources.register("federation", calendar_of_members)
