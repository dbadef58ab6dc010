"""Places left: how many, of what, and the day it was said."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Visitor
from core.services import record_audit
from directory.models import Capacity, Service
from directory.permissions import can_edit_service
from directory.services.changes import record_changes
from directory.services.records import refresh_standing

NUMBERS = ("state", "places", "available", "waiting")
MOST_UNITS = 12


@transaction.atomic
def set_capacity(*, actor: Visitor, service: Service, unit: str, values: Mapping[str, Any]) -> Capacity:
    """Say how many places are left today: `values` holds state, places, available, waiting."""
    if actor is not None and not can_edit_service(actor, service):
        raise PermissionDenied
    capacity = service.capacities.filter(unit__iexact=unit).first() or Capacity(service=service, unit=unit)
    if capacity.pk is None and service.capacities.count() >= MOST_UNITS:
        raise ValidationError({"unit": _("Keep to %(most)d things counted.") % {"most": MOST_UNITS}})
    before = _told(capacity) if capacity.pk else None
    for name in NUMBERS:
        if name in values:
            setattr(capacity, name, values[name])
    _check(capacity)
    capacity.updated_on = timezone.localdate()
    capacity.full_clean()
    capacity.save()
    if before != _told(capacity):
        record_changes(actor=actor, record=service, changed={"capacity": (before, _told(capacity))})
        refresh_standing(service=service)
    record_audit(actor=actor, verb="capacity_changed", target=service)
    return capacity


@transaction.atomic
def remove_capacity(*, actor: Visitor, service: Service, unit: str) -> None:
    """No longer say anything of what is counted; saying it twice changes nothing."""
    if actor is not None and not can_edit_service(actor, service):
        raise PermissionDenied
    capacity = service.capacities.filter(unit__iexact=unit).first()
    if capacity is None:
        return
    record_changes(actor=actor, record=service, changed={"capacity": (_told(capacity), None)})
    capacity.delete()
    refresh_standing(service=service)
    record_audit(actor=actor, verb="capacity_changed", target=service)


def _check(capacity: Capacity) -> None:
    if capacity.available and capacity.places is not None and capacity.available > capacity.places:
        raise ValidationError({"available": _("There cannot be more places left than places in all.")})
    if capacity.state == Capacity.State.FULL and capacity.available:
        raise ValidationError({"available": _("It cannot be full and have places left: choose one.")})


def _told(capacity: Capacity) -> dict[str, Any]:
    """As the history keeps it."""
    return {"unit": capacity.unit, **{name: getattr(capacity, name) for name in NUMBERS}}
