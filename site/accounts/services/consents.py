"""Consents: given with their exact wording, withdrawn as easily."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Consent, User
from accounts.permissions import Visitor, can_change_consent
from accounts.privacy import consent_wordings
from core.services import record_audit


@transaction.atomic
def give_consent(*, actor: Visitor, user: User, purpose: str) -> Consent:
    """Record that the person agrees, with the sentence they read, in their language.

    Agreeing twice to the same version changes nothing; a new version replaces the former consent.
    """
    if not can_change_consent(actor, user):
        raise PermissionDenied
    if purpose not in consent_wordings:
        raise ValidationError(_("We do not ask for this agreement."))
    wording = consent_wordings[purpose]
    current = user.consents.in_force().select_for_update().filter(purpose=purpose).first()
    if current and current.wording_version == wording.version:
        return current
    if current:
        withdraw_consent(actor=actor, consent=current)
    consent = Consent.objects.create(
        user=user, purpose=purpose, wording=str(wording.text), wording_version=wording.version
    )
    record_audit(actor=actor, verb="consent_given", target=consent)
    return consent


@transaction.atomic
def withdraw_consent(*, actor: Visitor, consent: Consent) -> Consent:
    """Take an agreement back; its record stays, with both dates. Doing it twice changes nothing."""
    if not can_change_consent(actor, consent.user):
        raise PermissionDenied
    if consent.withdrawn_at is None:
        consent.withdrawn_at = timezone.now()
        consent.save(update_fields=["withdrawn_at"])
        record_audit(actor=actor, verb="consent_withdrawn", target=consent)
    return consent
