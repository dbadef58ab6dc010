"""One click from a published recommendation to an action-sheet proposal, and back while nobody took it up."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from consultations.process.views.access import StaffRequest
from consultations.syntheses import services
from consultations.syntheses.models import Proposal, Synthesis
from consultations.syntheses.selectors.proposals import line_anchor
from consultations.syntheses.views.access import synthesis_or_refuse, writers


@require_POST
@writers
def propose(request: StaffRequest, pk: UUID, line_pk: UUID) -> HttpResponse:
    """Put the sentence forward."""
    synthesis = synthesis_or_refuse(pk, request.user, "propose")
    line = get_object_or_404(synthesis.lines, pk=line_pk)
    done = _("Proposed as an action. It waits on the list of proposals until an action sheet takes it up.")
    _act(request, lambda: services.propose_action(actor=request.user, line=line), done)
    return _back(synthesis, line_pk)


@require_POST
@writers
def withdraw(request: StaffRequest, pk: UUID, line_pk: UUID) -> HttpResponse:
    """Take the proposal back."""
    synthesis = synthesis_or_refuse(pk, request.user, "withdraw_proposal")
    proposal = get_object_or_404(Proposal, line=line_pk, line__synthesis=synthesis)
    done = _("The proposal is withdrawn. The sentence stays in the synthesis.")
    _act(request, lambda: services.withdraw_proposal(actor=request.user, proposal=proposal), done)
    return _back(synthesis, line_pk)


def _act(request: StaffRequest, act: Callable[[], object], done: str) -> None:
    """What was done, or why it was not."""
    try:
        act()
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, done)


def _back(synthesis: Synthesis, line_pk: UUID) -> HttpResponse:
    if synthesis.published_version_id is None:
        return redirect("synthesis_editor:overview", synthesis.pk)
    return redirect(f"{reverse('syntheses:detail', args=[synthesis.slug])}#{line_anchor(line_pk)}")
