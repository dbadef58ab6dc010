"""The places polls know themselves: a consultation, and an organisation (for a poll shown on any page)."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Visitor
from consultations.polls.registries import PlaceInfo, PollPlace, poll_places
from consultations.process.forms import organisations_of
from consultations.process.models import Consultation
from consultations.process.permissions import (
    can_create_consultation,
    can_edit_consultation,
    can_follow_consultation,
)
from consultations.process.selectors import retention_ends_on, visible_to
from organisations.models import Organisation

CONSULTATION, PAGE = "consultation", "page"


def find_consultation(key: str) -> PlaceInfo | None:
    """A consultation lends its dates, its publicity and its retention."""
    found = consultation_of(key)
    if found is None:
        return None
    return PlaceInfo(
        title=found.title,
        url=reverse("process:consultation_detail", args=[found.slug]),
        workspace_url=reverse("process:consultation_dashboard", args=[found.pk]),
        territory=found.territory,
        organisation=found.organisation.name,
        contact=found.contact,
        is_public=found.status != Consultation.Status.DRAFT,
        is_over=found.status == Consultation.Status.CLOSED,
        is_demo=found.is_demo,
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        erase_on=retention_ends_on(found),
        lineage=("consultation", str(found.pk)),
    )


def consultation_of(key: str) -> Consultation | None:
    """The consultation of a key, with what permissions read."""
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    rows = Consultation.objects.select_related("territory__level", "organisation")
    return rows.filter(pk=wanted).first()


def find_organisation(key: str) -> PlaceInfo | None:
    """A poll in the name of an organisation, for any page of the site."""
    rows = Organisation.objects.select_related("territory__level")
    found = rows.filter(pk=key).first() if key.isdecimal() else None
    if found is None:
        return None
    return PlaceInfo(title=found.name, territory=found.territory, organisation=found.name)


def _runs_consultation(user: Visitor, key: str) -> bool:
    found = consultation_of(key)
    return found is not None and can_edit_consultation(user, found)


def _follows_consultation(user: Visitor, key: str) -> bool:
    found = consultation_of(key)
    return found is not None and can_follow_consultation(user, found)


def _runs_organisation(user: Visitor, key: str) -> bool:
    rows = Organisation.objects.select_related("territory")
    found = rows.filter(pk=key).first() if key.isdecimal() else None
    return found is not None and can_create_consultation(user, found.territory, found)


def _consultations_of(user: Visitor) -> Iterable[str]:
    return [str(pk) for pk in visible_to(user).values_list("pk", flat=True)]


def _organisations_of(user: Visitor) -> Iterable[str]:
    return [str(pk) for pk in organisations_of(user).values_list("pk", flat=True)]  # type: ignore[arg-type]


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    consultation = PollPlace(
        _("a consultation"),
        find_consultation,
        _runs_consultation,
        _follows_consultation,
        keys_of=_consultations_of,
    )
    page = PollPlace(
        _("a page of the site"),
        find_organisation,
        _runs_organisation,
        _runs_organisation,
        keys_of=_organisations_of,
    )
    poll_places.register(CONSULTATION, consultation)
    poll_places.register(PAGE, page)
