"""Workshops as places of polls: people vote on the room's own pages, hands may be counted."""

import datetime
from dataclasses import replace
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.permissions import Visitor
from consultations.polls.models import Poll
from consultations.polls.registries import PlaceInfo, PollPlace, poll_places
from consultations.process.selectors import retention_ends_on
from consultations.workshops.models import Workshop
from consultations.workshops.permissions import can_edit_workshop, can_facilitate_workshop

PLACE, AFTER = "workshop", "workshop_after"
DAYS_AFTER = datetime.timedelta(days=7)
Status = Workshop.Status


def workshop_of_key(key: str) -> Workshop | None:
    """The workshop of a place's key, with what permissions read."""
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    rows = Workshop.objects.select_related(
        "consultation__territory", "consultation__organisation", "territory"
    )
    return rows.filter(pk=wanted).first()


def find_place(key: str) -> PlaceInfo | None:
    """A workshop lends its publicity, its end and its consultation's retention."""
    found = workshop_of_key(key)
    if found is None:
        return None
    return PlaceInfo(
        title=found.title,
        url=reverse("workshops:detail", args=[found.slug]),
        workspace_url=reverse("workshop_editor:detail", args=[found.pk]),
        territory=found.territory,
        organisation=found.consultation.organisation.name,
        contact=found.contact,
        is_public=found.status != Status.DRAFT,
        is_over=found.status in {Status.CLOSED, Status.SYNTHESIS, Status.CANCELLED},
        is_demo=found.is_demo,
        erase_on=retention_ends_on(found.consultation),
        lineage=("workshop", str(found.pk)),
    )


def find_after(key: str) -> PlaceInfo | None:
    """The same workshop for the question asked on leaving: it stays open a week after the end."""
    found, place = workshop_of_key(key), find_place(key)
    if found is None or place is None:
        return None
    ended = found.closed_at
    return replace(place, is_over=ended is not None and timezone.now() > ended + DAYS_AFTER)


def may_manage(user: Visitor, key: str) -> bool:
    found = workshop_of_key(key)
    return found is not None and can_edit_workshop(user, found)


def may_follow(user: Visitor, key: str) -> bool:
    found = workshop_of_key(key)
    return found is not None and can_facilitate_workshop(user, found)


def polls_of(workshop: Workshop) -> list[Poll]:
    """The polls of a workshop, in the order they were written."""
    return list(Poll.objects.at(PLACE, str(workshop.pk)).order_by("created_at", "pk"))


def voter_key(participant_id: UUID, turn: int = 0) -> str:
    """One vote per device that joined; on a shared tablet, one per person, each in turn from 0."""
    return f"participant:{participant_id}" + (f":{turn}" if turn else "")


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    place = PollPlace(gettext_lazy("a workshop"), find_place, may_manage, may_follow, is_room=True)
    poll_places.register(PLACE, place)
    after = PollPlace(
        gettext_lazy("the end of a workshop"), find_after, may_follow, may_follow, is_listed=False
    )
    poll_places.register(AFTER, after)
