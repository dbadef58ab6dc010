"""Asking to keep an organisation's records, answering the letter, proposing corrections meanwhile."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.access import StaffRequest, attempt, posted
from core.repeats import once
from directory.forms.public import ClaimForm, LetterForm, ProposalForm
from directory.models import Claim, Service
from directory.permissions import can_edit_records_of, can_propose_changes
from directory.selectors.stewards import own_proposals
from directory.services.claims import ask_claim, decide_claim, read_token
from directory.services.proposals import PROPOSED, propose_changes
from directory.views.access import status_of
from organisations.models import Organisation

GONE = 410


@login_required
@never_cache
@once
def claim(request: StaffRequest, slug: str) -> HttpResponse:
    """Ask to keep the records of an organisation, or read where the request stands."""
    organisation = get_object_or_404(Organisation, slug=slug)
    if can_edit_records_of(request.user, organisation):
        return redirect("directory_desk:organisation", organisation.slug)
    form = ClaimForm(posted(request))
    if attempt(form, lambda: ask_claim(actor=request.user, organisation=organisation, **form.cleaned_data)):
        messages.success(request, _("Your request is noted. You will read here what is decided."))
        return redirect("directory:claim", organisation.slug)
    known = Claim.objects.filter(user=request.user, organisation=organisation).last()
    services = Service.objects.public().filter(organisation=organisation)
    context = {"organisation": organisation, "form": form, "claim": known, "services": services}
    context["proposals"] = own_proposals(request.user, organisation)
    return render(request, "directory/public/claim.html", context, status=status_of(form))


@never_cache
def claim_letter(request: StaffRequest, token: str) -> HttpResponse:
    """The team answers from its own mailbox: buttons rather than links, which programs follow."""
    found = read_token(token)
    if found is None:
        return render(request, "directory/public/claim_gone.html", status=GONE)
    form = LetterForm(posted(request))
    if decided := attempt(
        form, lambda: decide_claim(actor=None, claim=found, is_granted=form.is_yes, by_letter=True)
    ):
        return render(request, "directory/public/claim_answered.html", {"claim": decided})
    context = {"claim": found, "form": form}
    return render(request, "directory/public/claim_letter.html", context, status=status_of(form))


@login_required
@never_cache
@once
def propose(request: StaffRequest, slug: str) -> HttpResponse:
    """Propose corrections while the claim waits."""
    service = get_object_or_404(Service.objects.public().select_related("organisation"), slug=slug)
    if not can_propose_changes(request.user, service):
        raise PermissionDenied(_("First ask to keep the records of this organisation."))
    form = ProposalForm(posted(request), initial={name: getattr(service, name) for name in PROPOSED})
    if attempt(form, lambda: propose_changes(actor=request.user, service=service, values=form.cleaned_data)):
        messages.success(request, _("Thank you. The record changes once the steward has read it."))
        return redirect("directory:claim", service.organisation.slug)
    context = {"form": form, "service": service}
    return render(request, "directory/public/propose.html", context, status=status_of(form))
