"""What the pages of the workspace read."""

from dataclasses import dataclass, field

from django.utils import timezone

from accounts.models import User
from consultations.councils.models import Council
from consultations.councils.permissions import worked_on_by
from consultations.meetings.models import AgendaItem, Meeting
from consultations.meetings.permissions import can_create_meeting, can_see_demands
from consultations.meetings.registries import Suggestion, agenda_sources

COMING = (Meeting.State.DRAFT, Meeting.State.CONVENED, *Meeting.LIVE)
WRITING = (Meeting.State.CLOSED, Meeting.State.MINUTES_DRAFT, Meeting.State.MINUTES_SIGNED)
MOST_PAST = 60


@dataclass(frozen=True)
class DeskList:
    """The meetings of someone's councils: to come, minutes to finish, past."""

    coming: list[Meeting]
    writing: list[Meeting]
    past: list[Meeting]
    councils: list[Council]
    demanding: list[Council]


def desk_list(user: User) -> DeskList:
    """Every council this person sits in or keeps the papers of."""
    councils = list(Council.objects.filter(worked_on_by(user)).order_by("name"))
    found = list(
        Meeting.objects.filter(council__in=councils).select_related("council").order_by("-held_at")[:300]
    )
    coming = [one for one in found if one.state in COMING]
    return DeskList(
        coming[::-1],
        [one for one in found if one.state in WRITING],
        [one for one in found if one.state not in COMING + WRITING][:MOST_PAST],
        [one for one in councils if can_create_meeting(user, one)],
        [one for one in councils if can_see_demands(user, one)],
    )


@dataclass(frozen=True)
class Proposed:
    """A suggestion with the source that makes it."""

    kind: str
    label: str
    suggestion: Suggestion


@dataclass(frozen=True)
class Agenda:
    """Items on the agenda, those that wait for an answer, those not kept, and what proposes itself."""

    items: list[AgendaItem]
    proposed: list[AgendaItem]
    refused: list[AgendaItem]
    suggestions: list[Proposed] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        return sum(item.minutes for item in self.items)


def agenda_of(meeting: Meeting) -> Agenda:
    """Everything about the agenda, in order."""
    rows = list(
        meeting.items.select_related("proposed_by", "carried_from__meeting")
        .prefetch_related("documents")
        .order_by("order", "pk")
    )
    states = AgendaItem.State
    waiting = {states.PROPOSED, states.REFUSED}
    return Agenda(
        [one for one in rows if one.state not in waiting],
        [one for one in rows if one.state == states.PROPOSED],
        [one for one in rows if one.state == states.REFUSED],
        _suggestions(meeting) if meeting.state in {"draft", "convened"} else [],
    )


def _suggestions(meeting: Meeting) -> list[Proposed]:
    """What sources propose, without what is already on a coming agenda of the council."""
    taken = set(
        AgendaItem.objects.filter(meeting__council=meeting.council_id, meeting__state__in=COMING)
        .exclude(subject_kind="")
        .exclude(state=AgendaItem.State.REFUSED)
        .values_list("subject_kind", "subject_key")
    )
    return [
        Proposed(kind, str(source.label), one)
        for kind, source in agenda_sources.items()
        for one in source.suggest(meeting.council, meeting.held_on)
        if (kind, one.key) not in taken
    ]


def is_today(meeting: Meeting) -> bool:
    return meeting.held_on == timezone.localdate()
