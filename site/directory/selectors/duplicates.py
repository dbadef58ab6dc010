"""The records that may be the same, two by two, side by side."""

from dataclasses import dataclass
from typing import Any

from accounts.permissions import Visitor
from directory.codes import Status
from directory.duplicates import Likeness, Profile, likely_pairs
from directory.models import Service
from directory.permissions import stewarded_organisations
from directory.said import said
from directory.selectors.places import shown_place
from organisations.models import Organisation

MOST = 5000
"""Records compared at once; beyond, the page asks for a narrower territory."""
NAMES = [  # what a person chooses from either record, side by side, and what a merge takes
    "name",
    "description",
    "easy_read",
    "kind",
    "audiences",
    "age_min",
    "age_max",
    "situations",
    "eligibility",
    "fee",
    "amount_min",
    "amount_max",
    "fee_words",
    "remaining_words",
    "documents",
    "languages",
    "modes",
    "reach",
    "reached_by",
    "phone",
    "email",
    "link",
    "average_delay_days",
    "holidays",
]


@dataclass(frozen=True)
class Pair:
    """Two records and how alike they are."""

    one: Service
    other: Service
    likeness: Likeness


@dataclass(frozen=True)
class Line:
    """One field side by side."""

    name: str
    label: str
    one: Any
    other: Any

    @property
    def differs(self) -> bool:
        return bool(self.one != self.other)

    @property
    def said(self) -> tuple[str, str]:
        """Both values, in words."""
        return said(self.name, self.one), said(self.name, self.other)


def profile_of(service: Service) -> Profile:
    """What a record is compared by; a hidden address is not used."""
    places = [shown_place(one) for one in service.locations.all()]
    return Profile(
        key=service.pk,
        name=service.name,
        organisation=service.organisation_id,
        numbers=frozenset(f"{one.scheme}:{one.value}" for one in service.organisation.identifiers.all()),
        phone=service.phone,
        email=service.email,
        communes=frozenset(one.commune.code for one in places if one.commune),
        points=tuple(one.point for one in places if one.point),
    )


def duplicate_pairs(user: Visitor) -> list[Pair]:
    """The likely pairs among the records of the person's territories."""
    kept = Organisation.objects.filter(stewarded_organisations(user))
    rows = Service.objects.filter(merged_into=None, organisation__in=kept).exclude(status=Status.DEFUNCT)
    rows = rows.select_related("organisation").prefetch_related(
        "organisation__identifiers", "locations__commune"
    )
    services = {one.pk: one for one in rows.order_by("pk")[:MOST]}
    return [
        Pair(services[found.one], services[found.other], found)
        for found in likely_pairs(profile_of(one) for one in services.values())
    ]


def side_by_side(one: Service, other: Service) -> list[Line]:
    """Every field that at least one of the two fills in, those that differ first."""
    lines = [Line(name, _label(name), getattr(one, name), getattr(other, name)) for name in NAMES]
    filled = [line for line in lines if not (_is_empty(line.one) and _is_empty(line.other))]
    return sorted(filled, key=lambda line: not line.differs)


def _label(name: str) -> str:
    field: Any = Service._meta.get_field(name)
    return str(field.verbose_name)


def _is_empty(value: Any) -> bool:
    return value in (None, "", [], {})
