"""From a recommendation to an action: put forward in one click, taken up by whoever registered to."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.lineage.models import Relation
from consultations.lineage.services import link
from consultations.syntheses.blocks import Block
from consultations.syntheses.models import Proposal, SynthesisLine
from consultations.syntheses.registries import proposal_takers
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
        target=("action_proposal", str(proposal.pk)),
        on=today,
    )
    for take in proposal_takers:
        node = take(actor=actor, proposal=proposal)
        if node is not None:
            link(
                actor=actor,
                source=("action_proposal", str(proposal.pk)),
                relation=Relation.IMPLEMENTED_BY,
                target=node,
                on=today,
            )
    record_audit(actor=actor, verb="action_proposed", target=synthesis, changes={"line": str(line.pk)})
    return proposal
