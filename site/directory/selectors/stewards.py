"""What stewards follow: campaigns and their answers, claims, proposed corrections."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.coverage import covered_by
from accounts.models import Membership, User
from accounts.permissions import Visitor, is_administrator
from directory.models import Campaign, CampaignAsk, Claim, OrganisationRecord, Proposal, Service
from directory.permissions import EDITORS, STEWARDS, stewarded_organisations
from directory.said import said
from organisations.models import Organisation

MOST_SHOWN, MOST_PROPOSALS = 200, 20


@dataclass(frozen=True)
class Progress:
    """A campaign, how many records it asked about, and those still unanswered."""

    campaign: Campaign
    total: int
    answered: int
    missing: list[Service]
    unreachable: frozenset[int] = frozenset()
    """Records among them that no letter can reach: nobody keeps them, and no address is known."""

    @property
    def percent(self) -> int:
        return round(100 * self.answered / self.total) if self.total else 0


@dataclass(frozen=True)
class ProposalLine:
    """One field: what the record says, and what is proposed."""

    label: str
    before: str
    after: str


def campaigns_of(user: Visitor) -> "QuerySet[Campaign]":
    """The campaigns of the territories the person is a steward of."""
    rows = Campaign.objects.select_related("territory")
    return rows if is_administrator(user) else rows.filter(territory__in=covered_by(user, *STEWARDS))


def campaign_progress(campaign: Campaign) -> Progress:
    """An answer is a check made since the campaign began."""
    asks = CampaignAsk.objects.filter(campaign=campaign).select_related("service__organisation")
    missing = [
        one.service
        for one in asks.order_by("service__organisation__name", "service__name", "pk")
        if one.service.checked_on is None or one.service.checked_on < campaign.starts_on
    ]
    total = len(asks)
    shown = missing[:MOST_SHOWN]
    return Progress(campaign, total, total - len(missing), shown, _unreachable(shown))


def _unreachable(services: list[Service]) -> frozenset[int]:
    organisations = {one.organisation_id for one in services}
    known = OrganisationRecord.objects.filter(organisation__in=organisations).exclude(email="")
    held = Membership.objects.active_on(timezone.localdate()).filter(role__in=EDITORS, user__is_active=True)
    kept = held.filter(organisation__in=organisations).values_list("organisation", flat=True)
    reached = {*known.values_list("organisation", flat=True), *kept}
    reached |= {one.organisation_id for one in services if one.email}
    return frozenset(one.pk for one in services if one.organisation_id not in reached)


def _stewarded(user: Visitor) -> "QuerySet[Organisation]":
    return Organisation.objects.filter(stewarded_organisations(user))


def waiting_claims(user: Visitor) -> "QuerySet[Claim]":
    """The claims to answer, the oldest first."""
    waiting = Claim.objects.filter(state=Claim.State.ASKED, organisation__in=_stewarded(user))
    return waiting.select_related("organisation", "user").order_by("asked_on", "pk")


def waiting_proposals(user: Visitor) -> "QuerySet[Proposal]":
    """The corrections to read, the oldest first."""
    waiting = Proposal.objects.filter(
        state=Proposal.State.WAITING, service__organisation__in=_stewarded(user)
    )
    return waiting.select_related("service__organisation", "by").order_by("made_on", "pk")


def own_proposals(user: User, organisation: Organisation) -> "QuerySet[Proposal]":
    """The corrections this person proposed for an organisation, the last ones first, and what became of them."""
    mine = Proposal.objects.filter(by=user, service__organisation=organisation)
    return mine.select_related("service").order_by("-made_on", "-pk")[:MOST_PROPOSALS]


def proposal_lines(proposal: Proposal) -> list[ProposalLine]:
    """Side by side, field by field."""
    lines = []
    for name, after in proposal.values.items():
        field: Any = Service._meta.get_field(name)
        before = getattr(proposal.service, name)
        lines.append(ProposalLine(str(field.verbose_name), said(name, before), said(name, after)))
    return lines
