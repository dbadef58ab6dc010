"""Services of the directory as places of polls: those who keep the record ask those who came what they think.

A poll is about the service, never about one of its workers.
"""

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.permissions import Visitor, is_member
from consultations.polls.registries import PlaceInfo, PollPlace, poll_places
from directory.codes import Status
from directory.models import Service
from directory.permissions import can_edit_service, organisations_kept_by
from directory.registries import Panel, desk_panels, service_panels
from organisations.models import Organisation

PLACE = "service"


def service_of_key(key: str) -> Service | None:
    """The service of a place's key, with what permissions read."""
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    return Service.objects.select_related("organisation__territory__level").filter(uid=wanted).first()


def find_place(key: str) -> PlaceInfo | None:
    """A service lends its organisation's name and place; merged or ended, its polls are over."""
    found = service_of_key(key)
    if found is None:
        return None
    return PlaceInfo(
        title=found.name,
        url=reverse("directory:service", args=[found.slug]),
        workspace_url=reverse("directory_desk:service", args=[found.slug]),
        territory=found.organisation.territory,
        organisation=found.organisation.name,
        contact=found.email or found.phone,
        is_public=found.is_public,
        is_over=found.merged_into_id is not None or found.status == Status.DEFUNCT,
        is_demo=found.organisation.is_demo,
    )


def may_keep(user: Visitor, key: str) -> bool:
    """Those who keep the record of the service."""
    found = service_of_key(key) if is_member(user) else None
    return found is not None and can_edit_service(user, found)


def keys_of(user: Visitor) -> Iterable[str]:
    """The services whose records the person keeps."""
    kept = Organisation.objects.filter(organisations_kept_by(user))
    return [str(uid) for uid in Service.objects.filter(organisation__in=kept).values_list("uid", flat=True)]


def public_panel(service: Service, request: HttpRequest) -> Panel:
    """The polls anyone may answer."""
    return Panel("polls/partials/of_service.html", {"key": str(service.uid)}, order=40)


def desk_panel(service: Service, request: HttpRequest) -> Panel:
    """The polls of the service, and the way to write one."""
    return Panel("polls/partials/of_service_desk.html", {"key": str(service.uid)}, order=40)


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    place = PollPlace(gettext_lazy("a service"), find_place, may_keep, may_keep, keys_of=keys_of)
    poll_places.register(PLACE, place)
    service_panels.register("polls", public_panel)
    desk_panels.register("polls", desk_panel)
