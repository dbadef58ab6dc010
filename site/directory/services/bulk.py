"""The same gesture on several records, each through its own service: read first, then all or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.permissions import Visitor
from directory.models import Service
from directory.permissions import can_edit_service
from directory.said import said
from directory.services.records import confirm_record, save_service

MOST_AT_ONCE = 500


@dataclass(frozen=True)
class BulkLine:
    """What would change on one record, in words."""

    service: Service
    before: str
    after: str

    @property
    def changes(self) -> bool:
        return self.before != self.after


def preview_records(
    *, actor: Visitor, services: Sequence[Service], action: str, **given: Any
) -> list[BulkLine]:
    """What `edit_records` would do, without doing it; refused as it would be."""
    _check(actor, services)
    if action == "confirm":
        today = date_format(timezone.localdate(), "j F Y")
        return [BulkLine(one, said("checked_on", one.checked_on), today) for one in services]
    ((name, value),) = _values(action, given).items()
    return [BulkLine(one, said(name, getattr(one, name)), said(name, value)) for one in services]


@transaction.atomic
def edit_records(*, actor: Visitor, services: Sequence[Service], action: str, **given: Any) -> int:
    """Do `action` on every record; how many there were. Refused as a whole when one is not the person's."""
    _check(actor, services)
    values = _values(action, given)
    for one in services:
        if action == "confirm":
            confirm_record(actor=actor, service=one)
        else:
            save_service(actor=actor, organisation=one.organisation, service=one, values=values)
    return len(services)


def _check(actor: Visitor, services: Sequence[Service]) -> None:
    if not services:
        raise ValidationError(_("Tick at least one record."))
    if len(services) > MOST_AT_ONCE:
        raise ValidationError(_("Tick at most %(most)d records.") % {"most": MOST_AT_ONCE})
    if not all(can_edit_service(actor, one) for one in services):
        raise PermissionDenied


def _values(action: str, given: dict[str, Any]) -> dict[str, Any]:
    if action == "review":
        return {"review_months": given["review_months"]}
    if action == "holidays":
        return {"holidays": given["holidays"] or "unknown"}
    return {"published": action == "publish"}
