"""The texts of sheets among what is written together: who may, and what a version freezes besides the words."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Visitor
from consultations.actions.models import ActionSheet, State
from consultations.actions.nodes import SHEET
from consultations.actions.permissions import parts_of
from consultations.actions.selectors.frozen import frozen_details
from consultations.actions.states import LIFE
from consultations.actions.texts import TEXTS
from consultations.cowriting.registries import ManuscriptKind, manuscript_kinds

VERBS = {
    "write": "edit",
    "comment": "comment",
    "suggest": "suggest",
    "decide": "decide",
    "name_version": "name_version",
}
"""What writing together asks, as the table of states says it."""


def sheet_of(key: str) -> ActionSheet | None:
    """The sheet of a manuscript."""
    try:
        return ActionSheet.objects.filter(pk=UUID(key)).first()
    except ValueError:
        return None


def may(user: Visitor, verb: str, key: str, name: str) -> bool:
    """What the table of states says; anyone may read what is open to comments or was adopted."""
    sheet = sheet_of(key)
    if sheet is None:
        return False
    parts = _parts(user, sheet)
    if verb == "read":
        is_open = sheet.is_public and sheet.state not in {State.PROPOSED, State.WRITING}
        return is_open or LIFE.can("read_draft", parts, sheet)
    return verb in VERBS and LIFE.can(VERBS[verb], parts, sheet)


def _parts(user: Visitor, sheet: ActionSheet) -> frozenset[str]:
    """What the person is to the sheet, asked once per instance of the user; the state is always read anew."""
    known: dict[Any, frozenset[str]] = getattr(user, "__dict__", {}).setdefault("_sheet_parts", {})
    if sheet.pk not in known:
        known[sheet.pk] = parts_of(user, sheet)
    return known[sheet.pk]


def title(key: str) -> str:
    """The title of the sheet."""
    sheet = sheet_of(key)
    return sheet.title if sheet else ""


def url(key: str) -> str:
    """The page anyone may open: who comments is not always of the workspace."""
    sheet = sheet_of(key)
    return reverse("actions:detail", args=[sheet.slug]) if sheet else reverse("actions:list")


def details(key: str) -> dict[str, Any]:
    """The structured part, frozen with the words."""
    sheet = sheet_of(key)
    return frozen_details(sheet) if sheet else {}


def register() -> None:
    """Called when the app is ready."""
    kind = ManuscriptKind(SHEET, _("action sheet"), TEXTS, may=may, title=title, url=url, details=details)
    manuscript_kinds.register(SHEET, kind)
