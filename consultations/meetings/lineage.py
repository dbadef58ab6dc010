"""Meetings and agenda items as lineage objects; minutes to adopt propose themselves for the next agenda."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from consultations.councils.lineage import COUNCIL
from consultations.councils.models import Council
from consultations.following.registries import Held, held_items
from consultations.lineage.registries import Item, LineageKind, Milestone, lineage_kinds
from consultations.meetings.models import AgendaItem, Decision, Meeting
from consultations.meetings.papers import MINUTES
from consultations.meetings.permissions import can_read_publicly
from consultations.meetings.registries import AgendaSource, Suggestion, agenda_sources
from consultations.meetings.services.minutes import adopt_minutes

MEETING, ITEM = "meeting", "agenda_item"


def as_uuids(keys: Collection[str]) -> list[UUID]:
    """The keys that can be one of ours."""
    found = []
    for key in keys:
        try:
            found.append(UUID(key))
        except ValueError:
            continue
    return found


def _address(meeting: Meeting) -> str:
    return reverse("meetings:detail", args=[meeting.council.slug, meeting.number])


def resolve_meetings(keys: Collection[str]) -> Mapping[str, Item]:
    """A meeting by its council and its day."""
    rows = Meeting.objects.filter(pk__in=as_uuids(keys)).select_related("council")
    return {str(one.pk): _meeting(one) for one in rows}


def _meeting(one: Meeting) -> Item:
    is_public = can_read_publicly(one)
    status = "done" if one.state in Meeting.HELD else "to_come"
    step = Milestone(_("the meeting"), status, one.held_on)
    title = f"{one.council.name} – {one}"
    return Item(title, url=_address(one) if is_public else "", is_public=is_public, milestones=(step,))


def resolve_items(keys: Collection[str]) -> Mapping[str, Item]:
    """An item by its title; a confidential one has none for anyone."""
    rows = AgendaItem.objects.filter(pk__in=as_uuids(keys)).select_related("meeting__council")
    return {str(one.pk): _item(one) for one in rows}


def _item(one: AgendaItem) -> Item:
    is_public = not one.is_confidential and can_read_publicly(one.meeting)
    title = _("A confidential item") if one.is_confidential else one.title
    return Item(title, url=_address(one.meeting) if is_public else "", is_public=is_public)


def minutes_to_adopt(council: Council, day: datetime.date) -> list[Suggestion]:
    """Signed minutes of meetings held before that day."""
    signed = Meeting.objects.of(council).filter(state=Meeting.State.MINUTES_SIGNED)
    return [
        Suggestion(
            str(one.pk),
            _("Adoption of the minutes: %(meeting)s") % {"meeting": one},
            purpose=AgendaItem.Purpose.VOTE,
            minutes=5,
        )
        for one in signed
        if one.held_on < day
    ]


def adopt_by_vote(*, item: AgendaItem, decision: Decision, actor: User | None) -> None:
    """Adopted by the vote, the minutes are adopted in this meeting."""
    meeting = Meeting.objects.filter(pk=item.subject_key, state=Meeting.State.MINUTES_SIGNED).first()
    if meeting is not None and decision.result == Decision.Result.ADOPTED:
        adopt_minutes(actor=actor, meeting=meeting, adopted_in=item.meeting)


def meetings_of_council(key: str) -> Iterable[Item]:
    """What those who follow a council are told of."""
    rows = Meeting.objects.filter(council__in=as_uuids([key])).select_related("council")
    return [_meeting(one) for one in rows]


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    held_items.register("meetings.council", Held(COUNCIL, meetings_of_council))
    lineage_kinds.register(
        MEETING, LineageKind(gettext_lazy("meeting of a council"), resolve_meetings, icon="calendar")
    )
    lineage_kinds.register(
        ITEM, LineageKind(gettext_lazy("item of an agenda"), resolve_items, icon="calendar-check")
    )
    source = AgendaSource(gettext_lazy("Minutes to adopt"), minutes_to_adopt, decided=adopt_by_vote)
    agenda_sources.register(MINUTES, source)
