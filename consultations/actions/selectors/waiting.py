"""What waits for an action: proposals of syntheses, and needs many people voiced that no sheet answers."""

from dataclasses import dataclass

from django.db.models import Count

from accounts.models import User
from accounts.permissions import active_memberships, is_administrator
from consultations.actions.nodes import Node
from consultations.actions.permissions import WRITING_ROLES, is_steward_of, organisations_held
from consultations.lineage.models import Link, Relation
from consultations.process.models import Consultation
from consultations.process.permissions import ORGANISING
from consultations.syntheses.models import Proposal
from consultations.syntheses.selectors.proposals import ProposalGroup, public_proposals
from needs.models import Need
from organisations.models import Organisation
from territories.models import Territory

LEAST_VOICES = 11
MOST_NEEDS = 30


@dataclass(frozen=True)
class NeedLine:
    """A need, and how many times it was voiced: never told under eleven."""

    need: Need
    voices: int


@dataclass(frozen=True)
class Place:
    """Where a sheet taken up by one click would be, and for whom."""

    territory: Territory
    lead: Organisation | None
    consultation: Consultation | None


def waiting_proposals() -> list[ProposalGroup]:
    """Proposals nobody took up, by consultation."""
    groups = []
    for group in public_proposals():
        lines = tuple(line for line in group.lines if not line.taken_up)
        if lines:
            groups.append(ProposalGroup(group.consultation, lines))
    return groups


def unanswered_needs() -> list[NeedLine]:
    """Needs voiced at least eleven times that no sheet answers, the most voiced first."""
    counted = (
        Link.objects.filter(relation=Relation.CODED_AS, target_kind="need")
        .values("target_id")
        .annotate(voices=Count("pk"))
        .filter(voices__gte=LEAST_VOICES)
        .order_by("-voices", "target_id")
    )
    counts = {row["target_id"]: row["voices"] for row in counted}
    answered = set(Need.objects.filter(action_sheets__isnull=False).values_list("code", flat=True))
    left = [code for code in counts if code not in answered][:MOST_NEEDS]
    needs = {need.code: need for need in Need.objects.filter(code__in=left).order_by("valid_from")}
    return [NeedLine(needs[code], counts[code]) for code in left if code in needs]


def where_for(user: User, source: Node) -> Place | None:
    """The place of the consultation it comes from when the person organises it, else their own organisation's."""
    consultation = _consultation_of(source)
    if consultation is not None and is_steward_of(user, consultation.territory_id):
        return Place(consultation.territory, None, consultation)
    mine = organisations_held(user, *WRITING_ROLES)
    lead = Organisation.objects.filter(pk__in=mine).select_related("territory").order_by("pk").first()
    if lead is not None:
        return Place(lead.territory, lead, consultation)
    held = next(
        (one.territory for one in active_memberships(user) if one.role in ORGANISING and one.territory), None
    )
    if held is None and is_administrator(user):
        held = Territory.objects.order_by("level__rank", "pk").first()
    return Place(held, None, consultation) if held else None


def _consultation_of(source: Node) -> Consultation | None:
    if source[0] != "action_proposal":
        return None
    row = (
        Proposal.objects.filter(pk=source[1])
        .select_related("line__synthesis__consultation__territory")
        .first()
    )
    return row.line.synthesis.consultation if row else None
