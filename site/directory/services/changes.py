"""The history of a record: what each field said before and after."""

import datetime
import decimal
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Model

from accounts.models import User
from accounts.permissions import Visitor
from directory.models import Change, Location, OrganisationRecord, Scheme, Service, Source
from needs.models import Need
from territories.models import Territory

TARGETS = {
    Service: Change.Target.SERVICE,
    Location: Change.Target.LOCATION,
    OrganisationRecord: Change.Target.ORGANISATION,
    Scheme: Change.Target.SCHEME,
}


def as_json(value: Any) -> Any:
    """A value as the history keeps it: codes rather than keys, so that it can be read years later."""
    if isinstance(value, Model):
        return _name(value)
    if isinstance(value, datetime.date | datetime.time | decimal.Decimal | UUID):
        return str(value)
    if isinstance(value, list | tuple):
        return [as_json(one) for one in value]
    return value


def _name(row: Model) -> str:
    if isinstance(row, Territory):
        return f"{row.level_id}:{row.code}"
    if isinstance(row, Need):
        return row.code
    if isinstance(row, Location):
        return str(row.uid)
    slug = getattr(row, "slug", "")
    return str(slug or row)


def apply_values(record: Model, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Set plain fields; what changed, as (before, after) by field."""
    changed = {}
    for name, value in values.items():
        before = getattr(record, name)
        if before != value:
            changed[name] = (as_json(before), as_json(value))
            setattr(record, name, value)
    return changed


def apply_sets(record: Model, sets: Mapping[str, Iterable[Model]]) -> dict[str, tuple[Any, Any]]:
    """Set many-to-many fields; what changed, as sorted codes before and after by field."""
    changed = {}
    for name, rows in sets.items():
        wanted = list(rows)
        manager = getattr(record, name)
        before = list(manager.all())
        if {one.pk for one in before} != {one.pk for one in wanted}:
            changed[name] = (sorted(map(_name, before)), sorted(map(_name, wanted)))
            manager.set(wanted)
    return changed


def record_changes(
    *, actor: Visitor, record: Any, changed: Mapping[str, tuple[Any, Any]], source: Source | None = None
) -> None:
    """Keep one line per field that changed; `source` is the import that changed it, None a person here."""
    Change.objects.bulk_create(
        Change(
            target=TARGETS[type(record)],
            target_uid=record.uid,
            field=name,
            previous=before,
            replacement=after,
            by=actor if isinstance(actor, User) else None,
            source=source,
        )
        for name, (before, after) in changed.items()
    )
