"""The register of partnership agreements."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.actions.models import ActionSheet, Agreement
from consultations.actions.permissions import (
    WRITING_ROLES,
    can_edit_agreement,
    is_steward_of,
    organisations_held,
)
from core.services import record_audit
from organisations.models import Organisation

LEAST_PARTIES = 2


@transaction.atomic
def write_agreement(
    *,
    actor: User | None,
    agreement: Agreement | None = None,
    parties: Sequence[Organisation],
    sheets: Sequence[ActionSheet] = (),
    **values: Any,
) -> Agreement:
    """Record or change an agreement between at least two organisations, for one of its parties or its place."""
    is_new = agreement is None
    one = agreement or Agreement(created_by=actor)
    if not is_new and actor is not None and not can_edit_agreement(actor, one):
        raise PermissionDenied(_("You may only record the agreements of your organisation or of your place."))
    for name, value in values.items():
        setattr(one, name, value)
    if len(set(parties)) < LEAST_PARTIES:
        raise ValidationError({"parties": _("An agreement joins at least two organisations.")})
    one.full_clean()
    _check_mine(actor, one, parties)
    one.save()
    one.parties.set(parties)
    one.sheets.set(sheets)
    verb = "agreement_recorded" if is_new else "agreement_changed"
    record_audit(actor=actor, verb=verb, target=one)
    return one


def _check_mine(actor: User | None, agreement: Agreement, parties: Sequence[Organisation]) -> None:
    if actor is None or is_steward_of(actor, agreement.territory_id):
        return
    if not organisations_held(actor, *WRITING_ROLES) & {one.pk for one in parties}:
        raise PermissionDenied(_("You may only record the agreements of your organisation or of your place."))
