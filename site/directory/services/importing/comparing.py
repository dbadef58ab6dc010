"""What a file says, what its source said last time, and what is here: which of them holds, field by field. Pure.

A field the source did not change is left as it is here; one that nobody changed here follows the source; where both
changed, what is here is kept and told. So a correction made here is never lost to an import.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Plain = Mapping[str, Any]
NEVER = frozenset({"uid", "modified", "source", "slug"})
"""What identifies a record here is not the source's to change."""
LEADS_THERE = frozenset(
    [
        "address_1",
        "address_2",
        "postal_code",
        "commune",
        "latitude",
        "longitude",
        "access_words",
        "accessibility_url",
        "transport",
    ]
)
SORTED = frozenset(
    [
        "needs",
        "schemes",
        "coverage",
        "eligible_territories",
        "networks",
        "access",
        "hours",
        "closed",
        "contacts",
        "numbers",
        "capacities",
        "at",
    ]
)
SAID_BY_INCLUSION = {
    "organisation": ["name", "territory", "description", "email", "phone", "website", "networks", "numbers"],
    "location": [
        "organisation",
        "name",
        "address_1",
        "address_2",
        "postal_code",
        "commune",
        "latitude",
        "longitude",
        "accessibility_url",
        "hours",
        "closed",
        "holidays",
    ],
    "service": [
        "organisation",
        "name",
        "description",
        "kind",
        "audiences",
        "needs",
        "modes",
        "fee",
        "fee_words",
        "situations",
        "eligibility",
        "coverage",
        "email",
        "phone",
        "link",
        "reach",
        "reached_by",
        "holidays",
        "hours",
        "closed",
        "at",
        "numbers",
    ],
}
"""What a line of data·inclusion can say; on the rest it is silent, which is not to say there is nothing."""


@dataclass(frozen=True)
class Kept:
    """A field where what is here was kept."""

    field: str
    here: Any
    there: Any


@dataclass(frozen=True)
class Merged:
    """What to write, and what was kept."""

    changes: dict[str, Any]
    kept: tuple[Kept, ...]


def said_by(form: str, kind: str, plain: Plain) -> dict[str, Any]:
    """The fields a format speaks of."""
    spoken = SAID_BY_INCLUSION.get(kind) if form == "data-inclusion" else None
    return {
        name: value
        for name, value in plain.items()
        if spoken is None or name in spoken or name in {"uid", "source"}
    }


def canonical(name: str, value: Any) -> Any:
    """The value in an order that does not matter, and without identifiers of links."""
    if name == "at" and value:
        value = [{key: canonical(key, said) for key, said in one.items() if key != "uid"} for one in value]
    if name in SORTED and isinstance(value, list):
        return sorted(value, key=lambda one: json.dumps(one, sort_keys=True))
    return value


def merge(here: Plain | None, said: Plain, before: Plain | None) -> Merged:
    """`here` is None for a new record, `before` when this source never spoke of it."""
    if here is None:
        return Merged({name: value for name, value in said.items() if name not in {"modified", "source"}}, ())
    changes: dict[str, Any] = {}
    kept: list[Kept] = []
    for name in _compared(here, said):
        wanted = _numbers(here[name], said[name]) if name == "numbers" else said[name]
        ours, theirs = canonical(name, here[name]), canonical(name, wanted)
        if ours == theirs:
            continue
        last = canonical(name, before[name]) if before and name in before else None
        if before is not None and name in before and (ours == last or (name == "numbers" and theirs != last)):
            changes[name] = wanted
        else:
            kept.append(Kept(name, here[name], said[name]))
    return Merged(changes, tuple(kept))


def _compared(here: Plain, said: Plain) -> Iterable[str]:
    """Of a hidden address, exports never say where it is: that is not a change."""
    silent = LEADS_THERE if here.get("address_hidden") and said.get("address_hidden") else frozenset()
    return [name for name in said if name in here and name not in NEVER | silent]


def _numbers(here: Any, said: Any) -> list[Any]:
    """Numbers other systems gave are added, never taken away."""
    known = {one["scheme"] for one in here}
    return [*here, *(one for one in said if one["scheme"] not in known)]
