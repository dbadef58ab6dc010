"""What upper apps do with a synthesis, registered from their `AppConfig.ready()`."""

from typing import Protocol

from accounts.models import User
from consultations.syntheses.models import Proposal
from core.registry import Registry

Node = tuple[str, str]


class ProposalTaker(Protocol):
    """Makes something of a proposal, an action sheet for example, and says what: a node of lineage, or None.

    Called at the click. An app that takes up later the proposals that waited calls `take_up_proposal`.
    """

    def __call__(self, *, actor: User, proposal: Proposal) -> Node | None: ...


proposal_takers: Registry[ProposalTaker] = Registry("what becomes of action-sheet proposals")
