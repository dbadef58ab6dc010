"""Invitations: a right to answer once, with nothing that joins it to the response."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.surveys.models import Invitation, Survey
from consultations.surveys.permissions import can_edit_survey
from core.receipts import hash_code, new_code
from core.services import record_audit

MAX_INVITATIONS = 2000


@transaction.atomic
def issue_invitations(*, actor: User, survey: Survey, count: int) -> list[str]:
    """New codes to print; they are given once and only their keyed hashes are kept."""
    if not can_edit_survey(actor, survey):
        raise PermissionDenied
    if not 1 <= count <= MAX_INVITATIONS:
        raise ValidationError(_("Ask for 1 to %(maximum)d invitations.") % {"maximum": MAX_INVITATIONS})
    codes = {new_code() for _index in range(count + 10)}
    kept = sorted(codes)[:count]
    Invitation.objects.bulk_create(
        Invitation(survey=survey, code_hash=hash_code("invitation", code)) for code in kept
    )
    record_audit(actor=actor, verb="invitations_issued", target=survey, changes={"count": count})
    return kept
