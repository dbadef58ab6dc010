"""What stewards do: campaigns, claims, proposed corrections; and the answer of a service to its users."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import StaffRequest, attempt, posted
from core.repeats import once
from directory.experience import STAFF_MINIMUM
from directory.forms.stewards import CampaignForm, DecisionForm, ExperienceAnswerForm
from directory.models import Campaign, Claim, ExperienceAnswer, Proposal
from directory.permissions import can_run_campaign
from directory.selectors.experience import experience_of
from directory.selectors.stewards import (
    campaign_progress,
    campaigns_of,
    proposal_lines,
    waiting_claims,
    waiting_proposals,
)
from directory.services.claims import decide_claim
from directory.services.experiences import answer_experience
from directory.services.proposals import decide_proposal
from directory.services.reviews import close_campaign, start_campaign
from directory.views.access import desk, page, service_or_refuse, status_of, stewards


@stewards
def campaign_list(request: StaffRequest) -> HttpResponse:
    """The campaigns of one's territories."""
    lines = [campaign_progress(one) for one in campaigns_of(request.user)]
    return render(request, "directory/workspace/campaigns.html", {"lines": lines})


@stewards
@once
def campaign_create(request: StaffRequest) -> HttpResponse:
    """Ask many organisations to read their records again."""
    form = CampaignForm(posted(request))
    if made := attempt(form, lambda: start_campaign(actor=request.user, **form.cleaned_data)):
        messages.success(request, _("The letters are leaving. Follow the answers here."))
        return redirect("directory_desk:campaign", made.pk)
    return render(request, "directory/workspace/campaign_form.html", {"form": form}, status=status_of(form))


def _campaign(request: StaffRequest, pk: int) -> Campaign:
    campaign = get_object_or_404(Campaign.objects.select_related("territory"), pk=pk)
    if not can_run_campaign(request.user, campaign.territory):
        raise PermissionDenied(_("This campaign is about another territory."))
    return campaign


@stewards
def campaign_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """Who answered and who did not."""
    progress = campaign_progress(_campaign(request, pk))
    context = {"progress": progress, "today": timezone.localdate()}
    return render(request, "directory/workspace/campaign.html", context)


@stewards
@require_POST
def campaign_close(request: StaffRequest, pk: int) -> HttpResponse:
    """No more letters."""
    campaign = _campaign(request, pk)
    if campaign.closed_on is None:
        close_campaign(actor=request.user, campaign=campaign)
        messages.success(request, _("The campaign is closed."))
    return redirect("directory_desk:campaign", pk)


def _too_late(request: StaffRequest, rows: "QuerySet[Any]", page: str) -> HttpResponse:
    """It was answered by somebody else, or by the same person twice; 404 when there never was one."""
    get_object_or_404(rows.exclude(state__in=["asked", "waiting"]))
    messages.info(request, _("This has already been answered."))
    return redirect(page)


@stewards
def claim_list(request: StaffRequest) -> HttpResponse:
    """Who asks to keep the records of which organisation."""
    rows = [(one, DecisionForm(prefix=str(one.pk))) for one in waiting_claims(request.user)[:100]]
    return render(request, "directory/workspace/claims.html", {"rows": rows})


@stewards
def claim_decide(request: StaffRequest, pk: int) -> HttpResponse:
    """Grant or refuse one; somebody else may have done it meanwhile."""
    claim = waiting_claims(request.user).filter(pk=pk).first()
    if claim is None:
        return _too_late(request, Claim.objects.filter(pk=pk), "directory_desk:claims")
    form = DecisionForm(posted(request), prefix=str(pk))

    def decide() -> Claim:
        reason = form.cleaned_data["reason"]
        return decide_claim(actor=request.user, claim=claim, is_granted=form.is_yes, reason=reason)

    if attempt(form, decide):
        messages.success(
            request, _("It is decided: the person is told by e-mail, and reads it on their page.")
        )
        return redirect("directory_desk:claims")
    return render(
        request, "directory/workspace/claims.html", {"rows": [(claim, form)]}, status=status_of(form)
    )


@stewards
def proposal_list(request: StaffRequest) -> HttpResponse:
    """Corrections to read before they show."""
    found = waiting_proposals(request.user)[:50]
    rows = [(one, proposal_lines(one), DecisionForm(prefix=str(one.pk))) for one in found]
    return render(request, "directory/workspace/proposals.html", {"rows": rows})


@stewards
def proposal_decide(request: StaffRequest, pk: int) -> HttpResponse:
    """Accept or refuse one; somebody else may have done it meanwhile."""
    proposal = waiting_proposals(request.user).filter(pk=pk).first()
    if proposal is None:
        return _too_late(request, Proposal.objects.filter(pk=pk), "directory_desk:proposals")
    form = DecisionForm(posted(request), prefix=str(pk))

    def decide() -> Proposal:
        reason = form.cleaned_data["reason"]
        return decide_proposal(actor=request.user, proposal=proposal, is_accepted=form.is_yes, reason=reason)

    if attempt(form, decide):
        messages.success(request, _("Thank you. It is noted."))
        return redirect("directory_desk:proposals")
    rows = [(proposal, proposal_lines(proposal), form)]
    return render(request, "directory/workspace/proposals.html", {"rows": rows}, status=status_of(form))


@desk
def experience_answer(request: StaffRequest, slug: str) -> HttpResponse:
    """Read what users say and answer them."""
    service = service_or_refuse(slug, request.user)
    known = ExperienceAnswer.objects.filter(service=service).first()
    form = ExperienceAnswerForm(posted(request), initial={"words": known.words if known else ""})
    if attempt(form, lambda: answer_experience(actor=request.user, service=service, **form.cleaned_data)):
        messages.success(request, _("The public page says it now."))
        return redirect("directory_desk:service", service.slug)
    context = {"form": form, "shares": experience_of(service, STAFF_MINIMUM)}
    return page(request, "directory/workspace/experience.html", service, context, form)
