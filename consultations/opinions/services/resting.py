"""What an opinion rests on, said by links that anyone can follow in both directions."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.lineage.models import Link, Relation
from consultations.lineage.services import link
from consultations.opinions.models import Opinion
from consultations.opinions.selectors.sources import Node, is_source
from consultations.opinions.services.acting import check, lock
from core.services import record_audit

OPINION, MOST = "opinion", 20


@transaction.atomic
def rest_on(*, actor: User | None, opinion: Opinion, source: Node) -> Link:
    """Say that the opinion takes up this sentence or these results; saying it again changes nothing."""
    opinion = lock(opinion)
    check("edit", actor=actor, opinion=opinion)
    if not is_source(source):
        raise ValidationError(_("This is not public, or no longer exists: choose something in the list."))
    target = (OPINION, str(opinion.pk))
    if (
        Link.objects.filter(target_kind=OPINION, target_id=target[1], relation=Relation.SUPPORTS).count()
        >= MOST
    ):
        raise ValidationError(_("An opinion rests on %(most)d things at most.") % {"most": MOST})
    made = link(
        actor=actor, source=source, relation=Relation.SUPPORTS, target=target, on=timezone.localdate()
    )
    record_audit(actor=actor, verb="opinion_rested", target=opinion)
    return made
