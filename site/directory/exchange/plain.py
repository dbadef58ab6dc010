"""Records as JSON, to stage them and to remember what a source said; what comes back is equal."""

import datetime
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from directory.exchange.records import KINDS, Record

Plain = dict[str, Any]
READ: dict[Any, Callable[[Any], Any]] = {
    UUID: UUID,
    Decimal: Decimal,
    datetime.date: datetime.date.fromisoformat,
    datetime.time: datetime.time.fromisoformat,
}


def to_plain(value: Any) -> Any:
    """JSON of a record or of a part of it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: to_plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, list | tuple):
        return [to_plain(one) for one in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    if isinstance(value, UUID | datetime.date):
        return str(value)
    return value


def from_plain(kind: str, data: Mapping[str, Any]) -> Record:
    """The record that `to_plain` wrote."""
    record: Record = _read(KINDS[kind], data)
    return record


def _read(wanted: Any, value: Any) -> Any:
    if value is None:
        return None
    if wanted in READ:
        return READ[wanted](value)
    if isinstance(wanted, type) and is_dataclass(wanted):
        hints = _hints(wanted)
        return wanted(**{name: _read(hints[name], value[name]) for name in hints if name in value})
    if get_origin(wanted) in {Union, types.UnionType}:
        return _read(next(one for one in get_args(wanted) if one is not types.NoneType), value)
    if get_origin(wanted) is tuple:
        inner = get_args(wanted)
        if inner[-1] is Ellipsis:
            return tuple(_read(inner[0], one) for one in value)
        return tuple(_read(kind, one) for kind, one in zip(inner, value, strict=True))
    return value


@cache
def _hints(cls: Any) -> dict[str, Any]:
    return get_type_hints(cls)


def from_plain_part(cls: type[Any], data: Mapping[str, Any]) -> Any:
    """A part of a record, of that class."""
    return _read(cls, data)
