"""Recommendations put forward as actions: where each comes from, and whether anyone took it up."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from consultations.lineage.models import Link, Relation
from consultations.lineage.registries import Item
from consultations.lineage.selectors import resolve
from consultations.process.models import Consultation
from consultations.syntheses.models import Proposal

PROPOSAL = "action_proposal"


@dataclass(frozen=True)
class ProposalLine:
    """One proposal in a list. `taken_up` is what came of it; empty while it waits for an action sheet."""

    id: UUID
    text: str
    proposed_on: datetime.date
    synthesis: str
    synthesis_id: UUID
    url: str
    taken_up: tuple[Item, ...]

    @property
    def anchor(self) -> str:
        """Its place on the list."""
        return proposal_anchor(self.id)


@dataclass(frozen=True)
class ProposalGroup:
    """The proposals of one consultation; without one, those of archives."""

    consultation: Consultation | None
    lines: tuple[ProposalLine, ...]


def proposal_anchor(key: UUID | str) -> str:
    """The identifier of a proposal on the list."""
    return f"proposition-{str(key)[:8]}"


def line_anchor(key: UUID | str) -> str:
    """The identifier of a sentence on the public page of its synthesis."""
    return f"phrase-{str(key)[:8]}"


def is_taken_up(proposal: Proposal) -> bool:
    """True once something was made of it."""
    return _taken_links([str(proposal.pk)]).exists()


def public_proposals() -> list[ProposalGroup]:
    """Every proposal of the syntheses anyone may read, by consultation, the latest first. Four queries."""
    rows = list(_rows())
    taken = _taken(rows)
    groups: dict[Consultation | None, list[ProposalLine]] = {}
    for row in rows:
        groups.setdefault(row.line.synthesis.consultation, []).append(_line(row, taken))
    return [ProposalGroup(consultation, tuple(lines)) for consultation, lines in groups.items()]


def proposals_of(consultation: Consultation) -> tuple[ProposalLine, ...]:
    """Those of one consultation, the latest first."""
    rows = list(_rows().filter(line__synthesis__consultation=consultation))
    taken = _taken(rows)
    return tuple(_line(row, taken) for row in rows)


def _rows() -> QuerySet[Proposal]:
    found = Proposal.objects.exclude(line__synthesis__published_version=None).select_related(
        "line__synthesis__consultation"
    )
    return found.order_by("-proposed_on", "line__synthesis__title", "line__order", "pk")


def _taken_links(keys: Iterable[str]) -> QuerySet[Link]:
    return Link.objects.filter(
        source_kind=PROPOSAL, source_id__in=list(keys), relation=Relation.IMPLEMENTED_BY
    ).order_by("pk")


def _taken(rows: Iterable[Proposal]) -> dict[str, list[Item]]:
    links = list(_taken_links(str(row.pk) for row in rows))
    items = resolve({(link.target_kind, link.target_id) for link in links})
    found: dict[str, list[Item]] = {}
    for link in links:
        item = items.get((link.target_kind, link.target_id))
        if item is not None and item.is_public:
            found.setdefault(link.source_id, []).append(item)
    return found


def _line(row: Proposal, taken: dict[str, list[Item]]) -> ProposalLine:
    synthesis = row.line.synthesis
    return ProposalLine(
        id=row.pk,
        text=row.text,
        proposed_on=row.proposed_on,
        synthesis=synthesis.title,
        synthesis_id=synthesis.pk,
        url=f"{reverse('syntheses:detail', args=[synthesis.slug])}#{line_anchor(row.line_id)}",
        taken_up=tuple(taken.get(str(row.pk), ())),
    )
