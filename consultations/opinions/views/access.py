"""Who enters the pages of an opinion, and what every one of them shows."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from accounts.access import take_errors
from consultations.opinions.models import Opinion
from consultations.opinions.permissions import can_see_opinion, can_work_on_opinions, parts_of
from consultations.opinions.states import LIFE, Part
from consultations.process.views.access import StaffRequest, posted, workspace
from core.states import RefusedTransition

INVALID = 422
desk = workspace(can_work_on_opinions)
__all__ = [
    "INVALID",
    "StaffRequest",
    "attempt",
    "desk",
    "opinion_or_404",
    "opinion_or_refuse",
    "page",
    "posted",
]


def _found() -> Any:
    return Opinion.objects.select_related(
        "council__territory", "sent_to", "proposed_by", "decision__item__meeting", "debated_in"
    )


def opinion_or_404(request: HttpRequest, pk: UUID) -> Opinion:
    """The opinion for whoever may read it; 404 otherwise, so that its existence is not told."""
    opinion: Opinion = get_object_or_404(_found(), pk=pk)
    if not can_see_opinion(request.user, opinion):
        raise Http404
    return opinion


def opinion_or_refuse(request: StaffRequest, pk: UUID, verb: str = "read") -> Opinion:
    """The opinion for those who are something to it; what was asked is refused with what is possible."""
    opinion: Opinion = get_object_or_404(_found(), pk=pk)
    parts = parts_of(request.user, opinion)
    if not LIFE.can("read", parts, opinion):
        raise PermissionDenied(_("Only those who sit in this council, or answer it, open this page."))
    if verb != "read":
        try:
            LIFE.entitle(verb, who=parts, subject=opinion)
        except RefusedTransition as refused:
            raise PermissionDenied(refused.messages[0]) from refused
    return opinion


def page(
    request: StaffRequest, template: str, opinion: Opinion, *, form: Form | None = None, **more: Any
) -> HttpResponse:
    """A page of the opinion; `may` says what this person may do now."""
    parts = parts_of(request.user, opinion)
    may = {verb: LIFE.can(verb, parts, opinion) for verb in LIFE.verbs}
    context = {
        "opinion": opinion,
        "council": opinion.council,
        "may": may,
        "is_body": Part.ADDRESSEE in parts,
        "form": form,
        **more,
    }
    status = INVALID if form is not None and form.is_bound and form.errors else 200
    return render(request, template, context, status=status)


def attempt(form: Form, act: Callable[[], Any]) -> Any:
    """What the service made when the form is whole and nothing is refused; else None, said at its place."""
    if not (form.is_bound and form.is_valid()):
        return None
    try:
        return act() or True
    except ValidationError as error:
        take_errors(form, error)
        return None
