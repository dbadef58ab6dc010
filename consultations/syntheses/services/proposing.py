"""From a recommendation to an action: put forward in one click, taken up by whoever registered to, or later.

Until an app of action sheets takes it up, a proposal waits on a public list (`selectors.proposals`).
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.lineage.models import Link, Relation
from consultations.lineage.services import link
from consultations.syntheses.blocks import Block
from consultations.syntheses.models import Proposal, SynthesisLine
from consultations.syntheses.registries import Node, proposal_takers
from consultations.syntheses.selectors.proposals import PROPOSAL, is_taken_up
from consultations.syntheses.selectors.versions import placed_lines
from consultations.syntheses.services.threading import LINE
from consultations.syntheses.services.writing import check, lock
from core.services import record_audit

PROPOSABLE = (Block.RECOMMENDATIONS, Block.IMPROVEMENTS, Block.ESSENTIAL_POINTS, Block.USER_PARTICIPATION)


@transaction.atomic
def propose_action(*, actor: User, line: SynthesisLine) -> Proposal:
    """Put a published sentence forward as an action sheet, once; with it goes the thread it comes from."""
    synthesis = lock(line.synthesis)
    check("propose", actor=actor, synthesis=synthesis)
    known = Proposal.objects.filter(line=line).first()
    if known is not None:
        return known
    published = synthesis.published_version
    texts = dict(placed_lines(published.content)) if published else {}
    if str(line.pk) not in texts or texts[str(line.pk)][0][0] not in PROPOSABLE:
        raise ValidationError(_("Only a published recommendation becomes an action."))
    today = timezone.localdate()
    proposal = Proposal.objects.create(
        line=line, text=texts[str(line.pk)][1], proposed_by=actor, proposed_on=today
    )
    link(
        actor=actor,
        source=(LINE, str(line.pk)),
        relation=Relation.ANSWERED_BY,
        target=(PROPOSAL, str(proposal.pk)),
        on=today,
    )
    for take in proposal_takers:
        node = take(actor=actor, proposal=proposal)
        if node is not None:
            take_up_proposal(actor=actor, proposal=proposal, node=node)
    record_audit(actor=actor, verb="action_proposed", target=synthesis, changes={"line": str(line.pk)})
    return proposal


@transaction.atomic
def take_up_proposal(*, actor: User, proposal: Proposal, node: Node) -> None:
    """Say what came of a proposal, an action sheet for example; the caller has checked that the actor may."""
    link(
        actor=actor,
        source=(PROPOSAL, str(proposal.pk)),
        relation=Relation.IMPLEMENTED_BY,
        target=node,
        on=timezone.localdate(),
    )


@transaction.atomic
def withdraw_proposal(*, actor: User, proposal: Proposal) -> None:
    """Undo a click while nobody has taken the proposal up; the sentence stays as it was published."""
    synthesis = lock(proposal.line.synthesis)
    check("withdraw_proposal", actor=actor, synthesis=synthesis)
    if is_taken_up(proposal):
        raise ValidationError(
            _("This proposal was already taken up: withdraw what came of it, where it is now.")
        )
    Link.objects.filter(target_kind=PROPOSAL, target_id=str(proposal.pk)).delete()
    record_audit(
        actor=actor, verb="proposal_withdrawn", target=synthesis, changes={"line": str(proposal.line_id)}
    )
    proposal.delete()
