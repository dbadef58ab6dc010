"""The records that may be the same, two by two, side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects

from accounts.permissions import Visitor
from directory.codes import Status
from directory.duplicates import Likeness, Profile, compare
from directory.models import LikelyPair, Service
from directory.permissions import stewarded_organisations
from directory.said import said
from directory.selectors.places import shown_place
from organisations.models import Organisation

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
    """Two records, how alike they are and why."""

    row: LikelyPair
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
    def is_offered(self) -> bool:
        """Something may be taken: what the other record does not say erases nothing."""
        return self.differs and not _says_nothing(self.name, self.other)

    @property
    def is_better(self) -> bool:
        """Ticked from the start: only the other record says it."""
        return self.is_offered and _says_nothing(self.name, self.one)

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


def likely_pairs_of(user: Visitor, *, aside: bool = False) -> "QuerySet[LikelyPair]":
    """The pairs whose two records are in the person's territories, the most alike first."""
    kept = Organisation.objects.filter(stewarded_organisations(user))
    rows = LikelyPair.objects.filter(
        one__organisation__in=kept,
        other__organisation__in=kept,
        one__merged_into=None,
        other__merged_into=None,
        set_aside_on__isnull=not aside,
    )
    rows = rows.exclude(one__status=Status.DEFUNCT).exclude(other__status=Status.DEFUNCT)
    return rows.select_related("one__organisation", "other__organisation").order_by("-percent", "pk")


def explained(rows: Iterable[LikelyPair]) -> list[Pair]:
    """The pairs of one page, with the reasons, in a fixed number of queries."""
    shown = list(rows)
    parts = ("organisation__identifiers", "locations__commune")
    prefetch_related_objects([one for row in shown for one in (row.one, row.other)], *parts)
    return [
        Pair(row, row.one, row.other, compare(profile_of(row.one), profile_of(row.other))) for row in shown
    ]


def pair_of(one: Service, other: Service) -> LikelyPair | None:
    """The pair as the tick found it, if it did."""
    first, second = sorted((one.pk, other.pk))
    return LikelyPair.objects.filter(one=first, other=second).first()


def waiting_to_compare(user: Visitor) -> int:
    """How many records of the person's territories were not compared yet."""
    kept = Organisation.objects.filter(stewarded_organisations(user))
    alive = Service.objects.filter(merged_into=None, needs_comparing=True, organisation__in=kept)
    return alive.exclude(status=Status.DEFUNCT).count()


def side_by_side(one: Service, other: Service) -> list[Line]:
    """Every field that at least one of the two fills in, those that differ first."""
    lines = [Line(name, _label(name), getattr(one, name), getattr(other, name)) for name in NAMES]
    filled = [line for line in lines if not (_is_empty(line.one) and _is_empty(line.other))]
    return sorted(filled, key=lambda line: not line.differs)


def _label(name: str) -> str:
    field: Any = Service._meta.get_field(name)
    return str(field.verbose_name)


def _says_nothing(name: str, value: Any) -> bool:
    return _is_empty(value) or (name in {"fee", "holidays"} and value == "unknown")


def _is_empty(value: Any) -> bool:
    return value in (None, "", [], {})
