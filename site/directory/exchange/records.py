"""What is exchanged of each record, in plain values: the common ground of every format.

A format is a pair of pure functions between these and its own objects. Children have no identity of their own
here: the identifiers that formats ask for them are made of the record's and of what the child says.
Territories are `level:code`, needs their codes, schemes their slugs.
"""

import datetime
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeAlias
from uuid import UUID

Date: TypeAlias = datetime.date
Time: TypeAlias = datetime.time


@dataclass(frozen=True)
class Hours:
    """One opening; `nth` only for one weekday of the month."""

    weekday: int
    opens: Time
    closes: Time
    nth: int | None = None
    valid_from: Date | None = None
    valid_to: Date | None = None
    note: str = ""


@dataclass(frozen=True)
class Closed:
    """Days of closing, both ends included."""

    starts_on: Date
    ends_on: Date
    reason: str = ""


@dataclass(frozen=True)
class Desk:
    """A generic contact."""

    label: str
    phone: str = ""
    email: str = ""
    hours: str = ""


@dataclass(frozen=True)
class Places:
    """Capacity, counted in a unit."""

    unit: str
    updated_on: Date
    state: str = "open"
    places: int | None = None
    available: int | None = None
    waiting: int | None = None


@dataclass(frozen=True)
class Number:
    """How another system knows the record."""

    scheme: str
    value: str


@dataclass(frozen=True)
class SchemeRecord:
    """A scheme or a right."""

    uid: UUID
    slug: str
    name: str
    description: str = ""
    easy_read: str = ""
    url: str = ""
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class OrganisationRecord:
    """An organisation with what the directory says of it; `parent` is the uid of another one."""

    uid: UUID
    name: str
    slug: str = ""
    kind: str = "other"
    territory: str = ""
    description: str = ""
    easy_read: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    networks: tuple[str, ...] = ()
    parent: UUID | None = None
    numbers: tuple[Number, ...] = ()
    contacts: tuple[Desk, ...] = ()
    modified: Date | None = field(default=None, compare=False)
    source: str = field(default="", compare=False)


@dataclass(frozen=True)
class LocationRecord:
    """A place; a hidden one has a reason and nothing that leads there."""

    uid: UUID
    organisation: UUID
    name: str
    kind: str = "physical"
    address_1: str = ""
    address_2: str = ""
    postal_code: str = ""
    commune: str = ""
    latitude: float | None = None
    longitude: float | None = None
    address_hidden: bool = False
    hidden_reason: str = ""
    access: tuple[tuple[str, bool], ...] = ()
    access_words: str = ""
    accessibility_url: str = ""
    transport: str = ""
    phone: str = ""
    holidays: str = "unknown"
    hours: tuple[Hours, ...] = ()
    closed: tuple[Closed, ...] = ()
    contacts: tuple[Desk, ...] = ()
    numbers: tuple[Number, ...] = ()
    modified: Date | None = field(default=None, compare=False)
    source: str = field(default="", compare=False)


@dataclass(frozen=True)
class At:
    """The service given at a place, with its own hours there."""

    uid: UUID
    location: UUID
    hours: tuple[Hours, ...] = ()
    closed: tuple[Closed, ...] = ()


@dataclass(frozen=True)
class ServiceRecord:
    """A service."""

    uid: UUID
    organisation: UUID
    name: str
    description: str
    slug: str = ""
    easy_read: str = ""
    kind: str = "accompagnement"
    status: str = "active"
    closed_until: Date | None = None
    closed_reason: str = ""
    modes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    age_min: int | None = None
    age_max: int | None = None
    situations: str = ""
    eligibility: str = ""
    eligible_territories: tuple[str, ...] = ()
    coverage: tuple[str, ...] = ()
    fee: str = "unknown"
    amount_min: Decimal | None = None
    amount_max: Decimal | None = None
    fee_words: str = ""
    remaining_words: str = ""
    documents: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    reach: tuple[str, ...] = ()
    reached_by: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""
    link: str = ""
    takes_requests: bool = False
    average_delay_days: int | None = None
    holidays: str = "unknown"
    checked_on: Date | None = None
    checked_words: str = ""
    review_months: int = 6
    at: tuple[At, ...] = ()
    hours: tuple[Hours, ...] = ()
    closed: tuple[Closed, ...] = ()
    contacts: tuple[Desk, ...] = ()
    capacities: tuple[Places, ...] = ()
    numbers: tuple[Number, ...] = ()
    modified: Date | None = field(default=None, compare=False)
    source: str = field(default="", compare=False)


Record = SchemeRecord | OrganisationRecord | LocationRecord | ServiceRecord
LEADS_THERE = (
    "address_1", "address_2", "postal_code", "commune", "latitude", "longitude", "access_words",
    "accessibility_url", "transport",
)  # fmt: skip
"""Of a location, what would lead to a hidden address."""


def shown(one: LocationRecord) -> LocationRecord:
    """What anyone may read of a place."""
    if not one.address_hidden:
        return one
    nothing = {name: None if name in {"latitude", "longitude"} else "" for name in LEADS_THERE}
    return replace(one, **nothing)  # type: ignore[arg-type]


KINDS: dict[str, type[Record]] = {
    "scheme": SchemeRecord,
    "organisation": OrganisationRecord,
    "location": LocationRecord,
    "service": ServiceRecord,
}
"""In the order in which they refer to one another."""


def kind_of(record: Record) -> str:
    """The name under which a record is staged."""
    return next(kind for kind, cls in KINDS.items() if isinstance(record, cls))
