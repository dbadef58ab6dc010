"""Two people wrote the same form: field by field, what only one changed is kept, what both changed is shown."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Model


@dataclass(frozen=True)
class Conflict:
    """A field two people changed differently since it was read; `theirs` is what is stored now."""

    name: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Merged:
    """The fields to write, and those a person has to choose."""

    changed: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


def written(value: Any) -> str:
    """A value as a form sends it back, so that two of them can be compared."""
    if value is None:
        return ""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if isinstance(value, Iterable):
        return ",".join(sorted(written(one) for one in value))
    return str(value)


def merge_fields(*, current: Mapping[str, str], base: Mapping[str, str], mine: Mapping[str, str]) -> Merged:
    """What to write of `mine`, read from `base`, over `current`; a field without a base is written as it is."""
    changed, conflicts = [], []
    for name, value in mine.items():
        now = current.get(name, "")
        start = base.get(name, now)
        if value in {now, start}:
            continue
        if start == now:
            changed.append(name)
        else:
            conflicts.append(Conflict(name, now, value))
    return Merged(tuple(changed), tuple(conflicts))
