"""After the answer: what was promised is carried out, then the council says what it changed."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.lineage.models import Relation
from consultations.lineage.services import link
from consultations.opinions.models import AnswerKind, Opinion
from consultations.opinions.services.acting import check_day, lock, move, record

DOABLE = (AnswerKind.ACCEPTED, AnswerKind.IN_PART)
OPINION = "opinion"
Node = tuple[str, str]


@transaction.atomic
def carry_out_opinion(
    *, actor: User | None, opinion: Opinion, text: str, on: datetime.date | None = None
) -> Opinion:
    """What was accepted is done: say what. A refused opinion has nothing to carry out."""
    opinion = lock(opinion)
    if not text.strip():
        raise ValidationError({"text": _("Write what was done.")})
    if opinion.state == Opinion.State.ANSWERED and opinion.answer_kind not in DOABLE:
        raise ValidationError(_("This opinion was refused: there is nothing to carry out."))
    move("carry_out", actor=actor, opinion=opinion, given={"text": text})
    opinion.carried_out_on = check_day(
        on or timezone.localdate(), field="on", after=opinion.answered_on, after_words=_("answered")
    )
    opinion.save(update_fields=["state", "carried_out_on"])
    record(actor, "carried_out", opinion, on=opinion.carried_out_on, text=text.strip()[:2000])
    return opinion


@transaction.atomic
def evaluate_opinion(
    *,
    actor: User | None,
    opinion: Opinion,
    text: str,
    on: datetime.date | None = None,
    measured_by: Node | None = None,
) -> Opinion:
    """What it changed for people, in the council's words, with the poll or survey that measured it when there
    is one (`measured_by`, a lineage object)."""
    opinion = lock(opinion)
    if not text.strip():
        raise ValidationError({"text": _("Write what it changed.")})
    move("evaluate", actor=actor, opinion=opinion, given={"text": text})
    day = check_day(
        on or timezone.localdate(), field="on", after=opinion.carried_out_on, after_words=_("carried out")
    )
    opinion.evaluated_on = day
    opinion.save(update_fields=["state", "evaluated_on"])
    if measured_by is not None:
        link(
            actor=actor,
            source=(OPINION, str(opinion.pk)),
            relation=Relation.EVALUATED_BY,
            target=measured_by,
            on=day,
        )
    record(actor, "evaluated", opinion, on=day, text=text.strip()[:2000])
    return opinion
