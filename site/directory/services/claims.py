"""Someone asks to keep an organisation's records; it is verified by a letter to its known address, or by a steward."""

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Visitor, is_member
from accounts.services.memberships import grant_verified_editor
from core.services import record_audit
from directory.letters import link_to, write
from directory.models import Claim, OrganisationRecord
from directory.permissions import can_edit_records_of, can_steward
from directory.services.places import save_organisation_record
from organisations.models import Organisation

SALT, WITHIN = "directory.claim", 8 * 86_400  # seconds
MOST_ASKED = 5


@transaction.atomic
def ask_claim(*, actor: Visitor, organisation: Organisation, words: str) -> Claim:
    """Ask to keep the records; asking twice is asking once. A letter goes to the known address when there is one."""
    if not is_member(actor):
        raise PermissionDenied
    if can_edit_records_of(actor, organisation):
        raise ValidationError(_("You already keep these records."))
    if known := Claim.objects.filter(user=actor, organisation=organisation, state=Claim.State.ASKED).first():
        return known
    if Claim.objects.filter(user=actor, state=Claim.State.ASKED).count() >= MOST_ASKED:
        raise ValidationError(_("You have already asked for several organisations: wait for an answer."))
    record = OrganisationRecord.objects.filter(organisation=organisation).exclude(email="").first()
    claim = Claim(
        user=actor,
        organisation=organisation,
        words=words,
        asked_on=timezone.localdate(),
        method=Claim.Method.EMAIL if record else Claim.Method.STEWARD,
    )
    claim.full_clean()
    claim.save()
    record_audit(actor=actor, verb="records_claimed", target=organisation)
    if record:
        transaction.on_commit(lambda: send_letter(claim, record.email))
    return claim


def send_letter(claim: Claim, address: str) -> None:
    """Ask the known mailbox whether this person works there."""
    link = link_to(reverse("directory:claim_letter", args=[token_of(claim)]))
    context = {"claim": claim, "organisation": claim.organisation, "person": claim.user.email, "link": link}
    subject = _("Does this person keep the records of %(name)s?") % {"name": claim.organisation.name}
    write([address], subject, "directory/email/claim.txt", context)


def token_of(claim: Claim) -> str:
    return signing.dumps(claim.pk, salt=SALT)


def read_token(token: str) -> Claim | None:
    """The claim a letter is about; None for a forged, old or already answered one."""
    try:
        key = signing.loads(token, salt=SALT, max_age=WITHIN)
    except signing.BadSignature:
        return None
    waiting = Claim.objects.filter(pk=key, state=Claim.State.ASKED)
    return waiting.select_related("organisation", "user").first()


@transaction.atomic
def decide_claim(
    *, actor: Visitor, claim: Claim, is_granted: bool, reason: str = "", by_letter: bool = False
) -> Claim:
    """Grant or refuse: a steward, or whoever answers the letter (`by_letter`, whose token the caller has read)."""
    if not by_letter and not can_steward(actor, claim.organisation):
        raise PermissionDenied
    claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
    if claim.state != Claim.State.ASKED:
        raise ValidationError(_("This has already been answered."))
    if not is_granted and not reason and not by_letter:
        raise ValidationError({"reason": _("Say why: the person reads it.")})
    claim.state = Claim.State.GRANTED if is_granted else Claim.State.REFUSED
    claim.reason, claim.decided_on = reason, timezone.localdate()
    claim.method = Claim.Method.EMAIL if by_letter else Claim.Method.STEWARD
    claim.decided_by = actor if isinstance(actor, User) and not by_letter else None
    claim.full_clean()
    claim.save()
    if is_granted:
        steward = None if by_letter else actor
        grant_verified_editor(actor=steward, user=claim.user, organisation=claim.organisation)
        save_organisation_record(
            actor=None, organisation=claim.organisation, values={"claimed_on": timezone.localdate()}
        )
    verb = "claim_granted" if is_granted else "claim_refused"
    record_audit(actor=None if by_letter else actor, verb=verb, target=claim.organisation)
    transaction.on_commit(lambda: tell_claimant(claim))
    return claim


def tell_claimant(claim: Claim) -> None:
    """The person is told what was decided, and what to do next; a refused address stops nothing."""
    granted = claim.state == Claim.State.GRANTED
    page = "directory_desk:organisation" if granted else "directory:claim"
    link = link_to(reverse(page, args=[claim.organisation.slug]))
    context = {"claim": claim, "organisation": claim.organisation, "link": link, "is_granted": granted}
    told = {"name": claim.organisation.name}
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("You now keep the records of %(name)s") if granted else _("Your request about %(name)s")
    write([claim.user.email], subject % told, "directory/email/claim_decided.txt", context)
