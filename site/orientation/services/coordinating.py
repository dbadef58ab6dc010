"""Reinforced coordination: flag a situation, name who answers for it, finish or stop."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.services import record_audit
from orientation.models import Coordination, HelpRequest
from orientation.permissions import can_coordinate_request, can_flag_request, coordinator_parts
from orientation.states import COORDINATION, Part


@transaction.atomic
def flag_request(
    *, actor: User | None, request: HelpRequest, why: str, agreed: bool, parts: frozenset[Part] = frozenset()
) -> Coordination:
    """Ask that someone coordinates, with the person's agreement. Asked twice, it is the same one."""
    known = Coordination.objects.filter(help_request=request).first()
    if known is not None:
        return known
    if Part.PERSON not in parts and not can_flag_request(actor, request):
        raise PermissionDenied(_("You may not ask for a coordination of this request."))
    if request.is_erased:
        raise ValidationError(_("This request was erased."))
    if not agreed:
        raise ValidationError(
            {"agreed": _("The person must agree first: other professionals will read the request.")}
        )
    if why not in Coordination.Why.values:
        raise ValidationError({"why": _("Choose why.")})
    made = Coordination.objects.create(
        help_request=request, why=why, asked_on=timezone.localdate(), asked_by=actor
    )
    record_audit(actor=actor, verb="coordination_asked", target=request, changes={"reason": why})
    return made


@transaction.atomic
def name_coordinator(*, actor: User, coordination: Coordination, coordinator: User) -> Coordination:
    """A professional of the territory takes it, or names another one of the territory."""
    locked = _locked(coordination)
    parts = coordinator_parts(actor, locked.help_request)
    COORDINATION.check("name", who=parts, subject=locked, given={"coordinator": coordinator})
    if not can_coordinate_request(coordinator, locked.help_request):
        raise ValidationError({"coordinator": _("This person does not coordinate in this territory.")})
    if locked.coordinator_id == coordinator.pk and locked.state == Coordination.State.NAMED:
        return locked
    COORDINATION.follow("name", subject=locked)
    locked.coordinator, locked.named_on = coordinator, locked.named_on or timezone.localdate()
    locked.save(update_fields=["state", "coordinator", "named_on"])
    record_audit(actor=actor, verb="coordinator_named", target=locked.help_request)
    return locked


@transaction.atomic
def end_coordination(
    *, actor: User | None, coordination: Coordination, verb: str, outcome: str, parts: frozenset[Part]
) -> Coordination:
    """Finish it, saying what came of it, or stop it.

    Raises ValidationError for words that are too long: nothing is cut.
    """
    locked, outcome = _locked(coordination), outcome.strip()
    Coordination._meta.get_field("outcome").run_validators(outcome)
    COORDINATION.apply(verb, who=parts, subject=locked, given={"outcome": outcome})
    locked.outcome, locked.ended_on = outcome, timezone.localdate()
    locked.save(update_fields=["state", "outcome", "ended_on"])
    record_audit(actor=actor, verb="coordination_ended", target=locked.help_request)
    return locked


def _locked(coordination: Coordination) -> Coordination:
    rows = Coordination.objects.select_for_update(of=("self",)).select_related("help_request__commune")
    return rows.get(pk=coordination.pk)
