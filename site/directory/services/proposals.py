"""Corrections by someone whose claim is not yet verified: nothing shows before a steward accepts it."""

import copy
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Visitor, is_member
from core.services import record_audit
from directory.letters import link_to, write
from directory.models import Proposal, Service
from directory.permissions import can_propose_changes, can_steward
from directory.services.records import save_service

PROPOSED = [
    "name",
    "description",
    "easy_read",
    "eligibility",
    "fee_words",
    "remaining_words",
    "phone",
    "email",
    "link",
]
MOST_WAITING = 5


@transaction.atomic
def propose_changes(*, actor: Visitor, service: Service, values: Mapping[str, Any]) -> Proposal:
    """Keep the fields that differ, checked as a record is; the record does not change."""
    if not is_member(actor) or not can_propose_changes(actor, service):
        raise PermissionDenied
    if unknown := set(values) - set(PROPOSED):
        raise ValueError(f"Not proposed this way: {sorted(unknown)}")
    changed = {name: value for name, value in values.items() if getattr(service, name) != value}
    if not changed:
        raise ValidationError(_("You have changed nothing yet."))
    if service.proposals.filter(by__pk=actor.pk, state=Proposal.State.WAITING).count() >= MOST_WAITING:
        raise ValidationError(_("Several of your corrections wait already: they will be read soon."))
    trial = copy.copy(service)
    for name, value in changed.items():
        setattr(trial, name, value)
    trial.full_clean()
    proposal = Proposal(service=service, values=changed, made_on=timezone.localdate())
    proposal.by = actor if isinstance(actor, User) else None
    proposal.full_clean()
    proposal.save()
    record_audit(actor=actor, verb="correction_proposed", target=service, changes={"fields": sorted(changed)})
    return proposal


@transaction.atomic
def decide_proposal(*, actor: Visitor, proposal: Proposal, is_accepted: bool, reason: str = "") -> Proposal:
    """The steward accepts it, and the record says it; or refuses it with a reason."""
    if not can_steward(actor, proposal.service.organisation):
        raise PermissionDenied
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if proposal.state != Proposal.State.WAITING:
        raise ValidationError(_("This has already been answered."))
    if not is_accepted and not reason:
        raise ValidationError({"reason": _("Say why: the person reads it.")})
    if is_accepted:
        service = proposal.service
        save_service(actor=actor, organisation=service.organisation, service=service, values=proposal.values)
    proposal.state = Proposal.State.ACCEPTED if is_accepted else Proposal.State.REFUSED
    proposal.reason, proposal.decided_on = reason, timezone.localdate()
    proposal.decided_by = actor if isinstance(actor, User) else None
    proposal.full_clean()
    proposal.save()
    record_audit(
        actor=actor, verb="correction_decided", target=proposal.service, changes={"state": proposal.state}
    )
    transaction.on_commit(lambda: tell_proposer(proposal))
    return proposal


def tell_proposer(proposal: Proposal) -> None:
    """The person is told what became of their correction, and why it was refused; not after their account is gone."""
    if proposal.by is None or not proposal.by.is_active:
        return
    context = {"proposal": proposal, "is_accepted": proposal.state == Proposal.State.ACCEPTED}
    context["link"] = link_to(reverse("directory:service", args=[proposal.service.slug]))
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Your correction of “%(name)s”") % {"name": proposal.service.name}
    write([proposal.by.email], subject, "directory/email/correction_decided.txt", context)
