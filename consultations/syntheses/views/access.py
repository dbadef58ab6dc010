"""Finding the synthesis a person may work on, or refusing with the right status.

The same pages answer at `/espace/` for staff, behind its door, and at `/compte/` for volunteers.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import is_member, is_staff_member
from consultations.process.views.access import StaffRequest
from consultations.syntheses.models import Synthesis, SynthesisLine
from consultations.syntheses.permissions import actor_of, can
from consultations.syntheses.states import LIFE

P = ParamSpec("P")
STAFF, VOLUNTEERS = "synthesis_editor", "synthesis_volunteer"
INVALID, CONFLICT = 422, 409
View = Callable[Concatenate[StaffRequest, P], HttpResponse]


def writers(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Ask visitors to sign in; staff work behind the door of the workspace, never beside it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not is_member(request.user):
            return redirect_to_login(request.get_full_path())
        match = request.resolver_match
        if match and match.namespace == VOLUNTEERS and is_staff_member(request.user):
            return redirect(reverse(f"{STAFF}:{match.url_name}", args=match.args, kwargs=match.kwargs))
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return guarded


def synthesis_or_refuse(pk: UUID, user: Any, verb: str) -> Synthesis:
    """The synthesis when the person may; 404 when it does not exist, 403 when they may not."""
    found = Synthesis.objects.select_related(
        "consultation", "workshop", "published_version", "adopted_version"
    )
    synthesis = get_object_or_404(found, pk=pk)
    if not can(verb, user, synthesis):
        raise PermissionDenied(_("You may not do this with this synthesis, or not in its present state."))
    return synthesis


def line_or_404(synthesis: Synthesis, pk: UUID) -> SynthesisLine:
    """A line of the text as it is now."""
    line = get_object_or_404(SynthesisLine.objects.live(), pk=pk, synthesis=synthesis)
    line.synthesis = synthesis
    return line


def rights_of(request: HttpRequest, synthesis: Synthesis) -> Mapping[str, bool]:
    """What the person may do now, for templates; their roles are read once."""
    actor = actor_of(request.user, synthesis)
    return {verb: LIFE.can(verb, actor, synthesis) for verb in LIFE.verbs}


def page_context(request: HttpRequest, synthesis: Synthesis, **more: Any) -> dict[str, Any]:
    """What every page of one synthesis shows, in the layout of the tree it answers in."""
    is_volunteer = request.resolver_match is not None and request.resolver_match.namespace == VOLUNTEERS
    layout = "layouts/public.html" if is_volunteer else "layouts/workspace.html"
    return {"synthesis": synthesis, "may": rights_of(request, synthesis), "layout": layout, **more}


def address(request: HttpRequest, name: str, *args: Any) -> str:
    """Another page of the same tree."""
    current = request.resolver_match.namespace if request.resolver_match else STAFF
    return reverse(f"{STAFF}:{name}", args=args, current_app=current)
