"""Which councils a federation joins, and above which federations a council stands."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from consultations.councils.models import Council, FederationMembership
from consultations.councils.selectors.members import Member, members


@dataclass(frozen=True)
class FederatedCouncil:
    """A member council with the delegates it sends."""

    council: Council
    joined_on: datetime.date
    delegates: list[Member]


def federated_councils(federation: Council, on: datetime.date | None = None) -> list[FederatedCouncil]:
    """The councils joined on `on` (today), by name, each with its delegates."""
    day = on or timezone.localdate()
    sent = members(federation, day)
    links = federation.federated.in_force(day).select_related("member__territory")
    return [
        FederatedCouncil(
            link.member,
            link.joined_on,
            [one for one in sent if one.mandate.delegated_by_id == link.member_id],
        )
        for link in links
    ]


def federations_of(council: Council, on: datetime.date | None = None) -> list[Council]:
    """The federations the council belongs to on `on` (today)."""
    day = on or timezone.localdate()
    links = FederationMembership.objects.in_force(day).filter(member=council).select_related("federation")
    return [link.federation for link in links.order_by("federation__name")]


def ancestors_of(council: Council, on: datetime.date | None = None) -> set[UUID]:
    """Every federation above, at any height: joining one of them below would make a loop."""
    links = FederationMembership.objects.in_force(on or timezone.localdate())
    above: dict[UUID, set[UUID]] = {}
    for member, federation in links.values_list("member_id", "federation_id"):
        above.setdefault(member, set()).add(federation)
    found: set[UUID] = set()
    waiting = [council.pk]
    while waiting:
        fresh = above.get(waiting.pop(), set()) - found
        found |= fresh
        waiting += fresh
    return found
