"""Who sits in a council on a day."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from consultations.councils.models import (
    CONSTITUENCIES_OF_USERS,
    Constituency,
    Council,
    Mandate,
    Office,
    OfficeTerm,
)

ORDER = {code: place for place, code in enumerate(Constituency.values)}


@dataclass(frozen=True)
class Member:
    """A mandate held that day, with the offices it carries; names are for those who may read them."""

    mandate: Mandate
    offices: tuple[str, ...] = ()

    @property
    def constituency(self) -> str:
        return self.mandate.constituency

    @property
    def rank(self) -> str:
        return self.mandate.rank

    @property
    def is_full(self) -> bool:
        return self.mandate.rank == Mandate.Rank.FULL

    @property
    def is_of_users(self) -> bool:
        """True on the side of users and families, for majority and quorum."""
        return self.mandate.constituency in CONSTITUENCIES_OF_USERS

    @property
    def name(self) -> str:
        return self.mandate.name

    @property
    def office_labels(self) -> list[str]:
        return [str(Office(one).label) for one in self.offices]

    @property
    def role(self) -> str:
        """What may be said to anyone: the offices, else the rank."""
        return ", ".join(self.office_labels) or str(self.mandate.get_rank_display())


def members(council: Council, on: datetime.date | None = None) -> list[Member]:
    """Full members and substitutes on `on` (today), by constituency, full members first."""
    day = on or timezone.localdate()
    offices: dict[object, list[str]] = {}
    for term in OfficeTerm.objects.in_force(day).filter(mandate__council=council):
        offices.setdefault(term.mandate_id, []).append(term.office)
    held = council.mandates.in_force(day).select_related("user", "delegated_by")
    found = [Member(one, tuple(offices.get(one.pk, ()))) for one in held]
    return sorted(found, key=lambda m: (ORDER[m.constituency], m.rank, not m.offices, m.offices, m.name))


def office_holder(council: Council, office: str, on: datetime.date | None = None) -> Mandate | None:
    """The mandate that carries the office on that day."""
    day = on or timezone.localdate()
    term = (
        OfficeTerm.objects.in_force(day)
        .filter(mandate__council=council, office=office)
        .select_related("mandate__user")
        .order_by("-starts_on")
        .first()
    )
    return term.mandate if term else None
