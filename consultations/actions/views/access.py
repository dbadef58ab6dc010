"""Finding the sheet a person may work on, or refusing with the right status."""

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from accounts.access import take_errors
from consultations.actions.merging import Merged
from consultations.actions.models import ActionSheet
from consultations.actions.permissions import can, can_open_actions, parts_of
from consultations.actions.selectors.listing import with_people
from consultations.actions.states import LIFE
from consultations.process.views.access import StaffRequest, workspace

INVALID, CONFLICT = 422, 409
LONGEST_BASE = 100_000
staff = workspace(can_open_actions)


def sheet_or_refuse(pk: UUID, user: Any, verb: str = "read_draft") -> ActionSheet:
    """The sheet when the person may; 404 when it does not exist, 403 when they may not."""
    sheet = get_object_or_404(with_people(ActionSheet.objects.all()), pk=pk)
    if not can(verb, user, sheet):
        raise PermissionDenied(_("You may not do this with this action sheet, or not in its present state."))
    return sheet


def rights_of(user: Any, sheet: ActionSheet) -> Mapping[str, bool]:
    """What the person may do now, for templates; what they are to the sheet is read once."""
    parts = parts_of(user, sheet)
    return {verb: LIFE.can(verb, parts, sheet) for verb in LIFE.verbs}


def base_of(request: HttpRequest) -> dict[str, str]:
    """What the writer started from, as their page kept it; nothing when it is not readable."""
    try:
        given = json.loads(request.POST.get("base", "")[:LONGEST_BASE])
    except ValueError:
        return {}
    if not isinstance(given, dict):
        return {}
    return {str(name): value for name, value in given.items() if isinstance(value, str)}


def kept(values: Mapping[str, str]) -> str:
    """The same, for the hidden field."""
    return json.dumps(dict(values), ensure_ascii=False)


def attempt(form: Form, act: Callable[[], Any]) -> Any:
    """What the service made of a valid form (True when it returns nothing), or its reasons in the form."""
    if not (form.is_bound and form.is_valid()):
        return None
    try:
        result = act()
    except ValidationError as error:
        take_errors(form, error)
        return None
    return True if result is None else result


def status_of(*forms: Form, merged: Merged | None = None) -> int:
    """200, 409 when two people wrote the same field, 422 when something is refused."""
    if merged is not None and merged.conflicts:
        return CONFLICT
    return INVALID if any(form.is_bound and form.errors for form in forms) else 200


def page(
    request: StaffRequest, template: str, sheet: ActionSheet, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page about a sheet, with what its tabs need."""
    common = {"sheet": sheet, "may": rights_of(request.user, sheet)}
    return render(request, template, {**common, **context}, status=status)
