"""Action sheets as places of polls: a choice to make together while it is written, what people think of it once done.

A poll asks anyone, on its own page; it decides nothing: what is decided is in the sheet's life (`states`).
"""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.permissions import Visitor, is_administrator, is_member
from consultations.actions.manuscripts import sheet_of
from consultations.actions.models import ActionSheet, State
from consultations.actions.nodes import SHEET
from consultations.actions.permissions import (
    ORGANISING,
    WRITING_ROLES,
    covered,
    organisations_held,
    parts_of,
)
from consultations.actions.states import Part
from consultations.polls.registries import PlaceInfo, PollPlace, poll_places

KEEPERS = frozenset({Part.WRITER, Part.STEWARD})


def find_place(key: str) -> PlaceInfo | None:
    """A sheet lends its title, its place and its publicity; one abandoned asks nothing more."""
    sheet = sheet_of(key)
    if sheet is None:
        return None
    return PlaceInfo(
        title=sheet.title,
        url=reverse("actions:detail", args=[sheet.slug]),
        workspace_url=reverse("actions:overview", args=[sheet.pk]),
        territory=sheet.territory,
        organisation=sheet.lead.name if sheet.lead else "",
        is_public=sheet.is_public,
        is_over=sheet.state == State.ABANDONED,
        is_demo=sheet.is_demo,
        lineage=(SHEET, str(sheet.pk)),
    )


def may_keep(user: Visitor, key: str) -> bool:
    """Those who write the sheet, and those who look after the sheets of its place."""
    sheet = sheet_of(key) if is_member(user) else None
    return sheet is not None and bool(parts_of(user, sheet) & KEEPERS)


def keys_of(user: Visitor) -> Iterable[str]:
    """The sheets the person keeps."""
    if not is_member(user):
        return []
    mine = organisations_held(user, *WRITING_ROLES)
    kept = Q(lead__in=mine) | Q(co_lead__in=mine) | Q(lead_user=user.pk)
    kept |= Q(territory__in=covered(user, *ORGANISING))
    rows = ActionSheet.objects.all() if is_administrator(user) else ActionSheet.objects.filter(kept)
    return [str(pk) for pk in rows.values_list("pk", flat=True)]


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    place = PollPlace(gettext_lazy("an action sheet"), find_place, may_keep, may_keep, keys_of=keys_of)
    poll_places.register(SHEET, place)
