"""Meetings as places of polls: a day to choose beforehand, what people thought of it afterwards.

A poll asks anyone, on its own page; it decides nothing. What a council decides is a decision of its agenda.
"""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.permissions import Visitor
from consultations.councils.models import Council
from consultations.councils.permissions import is_clerk, worked_on_by
from consultations.meetings.models import Meeting
from consultations.meetings.permissions import can_create_meeting, can_read_publicly, offices_of
from consultations.polls.registries import PlaceInfo, PollPlace, poll_places

PLACE = "meeting"


def meeting_of_key(key: str) -> Meeting | None:
    """The meeting of a place's key, with what permissions read."""
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    return Meeting.objects.select_related("council__territory__level").filter(pk=wanted).first()


def find_place(key: str) -> PlaceInfo | None:
    """A meeting lends its council's name and publicity; it is over for polls only when it is cancelled, since
    what people thought of it is asked after it."""
    found = meeting_of_key(key)
    if found is None:
        return None
    council = found.council
    return PlaceInfo(
        title=f"{council.name} – {found}",
        url=reverse("meetings:detail", args=[council.slug, found.number]),
        workspace_url=reverse("meeting_desk:detail", args=[found.pk]),
        territory=council.territory,
        organisation=council.name,
        contact=council.contact,
        is_public=can_read_publicly(found),
        is_over=found.state == Meeting.State.CANCELLED,
        is_demo=found.is_demo,
        lineage=("meeting", str(found.pk)),
    )


def may_manage(user: Visitor, key: str) -> bool:
    """Those who prepare the council's meetings."""
    found = meeting_of_key(key)
    return found is not None and can_create_meeting(user, found.council)


def may_follow(user: Visitor, key: str) -> bool:
    """The same people, once the council is dissolved too."""
    found = meeting_of_key(key)
    return found is not None and _keeps(user, found.council)


def _keeps(user: Visitor, council: Council) -> bool:
    return is_clerk(user, council) or bool(offices_of(user, council))


def keys_of(user: Visitor) -> Iterable[str]:
    """The meetings of the councils whose papers the person keeps, or where they hold an office."""
    kept = [one for one in Council.objects.filter(worked_on_by(user)) if _keeps(user, one)]
    return [str(pk) for pk in Meeting.objects.filter(council__in=kept).values_list("pk", flat=True)]


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    place = PollPlace(gettext_lazy("a meeting"), find_place, may_manage, may_follow, keys_of=keys_of)
    poll_places.register(PLACE, place)
