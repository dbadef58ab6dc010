"""The stages of a consultation, moved by its organiser."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.process.models import Stage
from consultations.process.permissions import can_edit_consultation
from core.services import record_audit


@transaction.atomic
def set_stage(
    *,
    actor: User,
    stage: Stage,
    status: str,
    figure: str = "",
    note: str = "",
    planned_on: datetime.date | None = None,
) -> Stage:
    """Say where a stage stands; the day it was reached is kept from the first time it is done."""
    if not can_edit_consultation(actor, stage.consultation):
        raise PermissionDenied(_("You may not change this consultation."))
    stage.status, stage.figure, stage.note, stage.planned_on = status, figure, note, planned_on
    if status == Stage.Status.DONE:
        stage.reached_on = stage.reached_on or timezone.localdate()
    else:
        stage.reached_on = None
    stage.full_clean()
    stage.save(update_fields=["status", "figure", "note", "planned_on", "reached_on"])
    record_audit(
        actor=actor, verb="stage_set", target=stage, changes={"kind": stage.kind, "status": stage.status}
    )
    return stage
