"""The same gesture on several records, each through its own service: all or nothing."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.permissions import Visitor
from directory.models import Service
from directory.permissions import can_edit_service
from directory.services.records import confirm_record, save_service


@transaction.atomic
def edit_records(*, actor: Visitor, services: Sequence[Service], action: str, **given: Any) -> int:
    """Do `action` on every record; how many there were. Refused as a whole when one is not the person's."""
    if not services:
        raise ValidationError(_("Tick at least one record."))
    if not all(can_edit_service(actor, one) for one in services):
        raise PermissionDenied
    values = _values(action, given)
    for one in services:
        if action == "confirm":
            confirm_record(actor=actor, service=one)
        else:
            save_service(actor=actor, organisation=one.organisation, service=one, values=values)
    return len(services)


def _values(action: str, given: dict[str, Any]) -> dict[str, Any]:
    if action == "review":
        return {"review_months": given["review_months"]}
    if action == "holidays":
        return {"holidays": given["holidays"] or "unknown"}
    return {"published": action == "publish"}
