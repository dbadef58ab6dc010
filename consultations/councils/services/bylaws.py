"""The rules a council gives itself."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Visitor
from consultations.councils.models import BylawVersion, Council
from consultations.councils.permissions import can_edit_bylaws
from consultations.councils.rules.values import check_values
from core.services import record_audit


@transaction.atomic
def set_bylaw_values(
    *,
    actor: Visitor,
    council: Council,
    values: Mapping[str, Any],
    valid_from: datetime.date,
    reason: str,
    adopted_on: datetime.date | None = None,
) -> BylawVersion:
    """A new version from a day on; keys not given keep the value of the version before.

    Never backdated before the version in force: what was decided under the old rules stays decided under them.
    """
    if actor is not None and not can_edit_bylaws(actor, council):
        raise PermissionDenied
    last = council.bylaw_versions.first()
    if last is not None and valid_from < last.valid_from:
        text = _("A later version applies from %(day)s: choose that day or a later one.")
        raise ValidationError({"valid_from": text % {"day": date_format(last.valid_from, "j F Y")}})
    if valid_from < council.created_on:
        raise ValidationError({"valid_from": _("The council did not exist on that day.")})
    merged = {**(last.values if last else {}), **values}
    version = BylawVersion(
        council=council,
        valid_from=valid_from,
        values=check_values(council, merged),
        adopted_on=adopted_on,
        reason=reason,
        changed_by=actor if isinstance(actor, User) else None,
    )
    version.full_clean()
    version.save()
    changes = {"keys": sorted(values), "from": str(valid_from)}
    record_audit(actor=actor, verb="bylaws_changed", target=council, changes=changes)
    return version
