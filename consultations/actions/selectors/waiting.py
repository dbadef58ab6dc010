"""What waits for an action: each source says it through the registry; proposals and opinions are ours."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from accounts.permissions import active_memberships, is_administrator
from consultations.actions.nodes import Node
from consultations.actions.permissions import WRITING_ROLES, is_steward_of, organisations_held
from consultations.actions.registries import WaitingLine, WaitingSource, waiting_sources
from consultations.lineage.models import Link, Relation
from consultations.opinions.models import Opinion
from consultations.opinions.models.answer import AnswerKind
from consultations.process.models import Consultation
from consultations.process.permissions import ORGANISING
from consultations.syntheses.models import Proposal
from consultations.syntheses.selectors.proposals import public_proposals
from organisations.models import Organisation
from territories.models import Territory
from unmet.models import Signal

MOST = 60
ACCEPTED = (AnswerKind.ACCEPTED, AnswerKind.IN_PART)


@dataclass(frozen=True)
class Place:
    """Where a sheet taken up by one click would be, and for whom."""

    territory: Territory
    lead: Organisation | None
    consultation: Consultation | None


@dataclass(frozen=True)
class WaitingGroup:
    """One part of the page, with what waits in it."""

    name: str
    source: WaitingSource
    lines: Sequence[WaitingLine]


def waiting_groups(user: User) -> list[WaitingGroup]:
    """Everything said that no sheet answers, source by source."""
    parts = sorted(waiting_sources.items(), key=lambda pair: pair[1].order)
    return [WaitingGroup(name, source, source.lines(user)) for name, source in parts]


def waiting_proposals(user: User) -> list[WaitingLine]:
    """Proposals of published syntheses nobody took up."""
    return [
        WaitingLine("action_proposal", str(line.id), line.text, line.synthesis, line.url)
        for group in public_proposals()
        for line in group.lines
        if not line.taken_up
    ][:MOST]


def waiting_opinions(user: User) -> list[WaitingLine]:
    """Public opinions that wait for an answer, or were accepted, and that no sheet carries out. Two queries."""
    kept = Q(state__in=Opinion.WAITING) | Q(state=Opinion.State.ANSWERED, answer_kind__in=ACCEPTED)
    rows = Opinion.objects.published().filter(kept).select_related("council")
    found = list(rows.order_by("-sent_on", "pk")[:MOST])
    carried = Link.objects.filter(
        source_kind="opinion", source_id__in=[str(one.pk) for one in found], relation=Relation.IMPLEMENTED_BY
    )
    taken = set(carried.values_list("source_id", flat=True))
    return [
        WaitingLine(
            "opinion", str(one.pk), str(one), f"{one.council.name} · {one.get_state_display()}",
            reverse("opinions:detail", args=[one.pk]),
        )
        for one in found
        if str(one.pk) not in taken
    ]  # fmt: skip


def where_for(user: User, source: Node) -> Place | None:
    """The place of the consultation it comes from when the person organises it, else their own organisation's."""
    consultation = _consultation_of(source)
    if consultation is not None and is_steward_of(user, consultation.territory_id):
        return Place(consultation.territory, None, consultation)
    asked = _asked_at(source)
    if asked is not None and is_steward_of(user, asked.pk):
        return Place(asked, None, None)
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


def _asked_at(source: Node) -> Territory | None:
    """The territory of the council whose opinion it is, or of the signal."""
    if source[0] == "signal":
        signal = Signal.objects.filter(pk=source[1]).select_related("territory").first()
        return signal.territory if signal else None
    if source[0] != "opinion":
        return None
    row = Opinion.objects.published().filter(pk=source[1]).select_related("council__territory").first()
    return row.council.territory if row else None


def _consultation_of(source: Node) -> Consultation | None:
    if source[0] != "action_proposal":
        return None
    row = (
        Proposal.objects.filter(pk=source[1])
        .select_related("line__synthesis__consultation__territory")
        .first()
    )
    return row.line.synthesis.consultation if row else None
