"""Records that may be the same are looked for by the tick, a few at a time; a steward decides, and it is remembered."""

import time
from collections.abc import Iterable, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Visitor
from core.services import record_audit
from directory.codes import Status
from directory.duplicates import Likeness, likely_pairs
from directory.models import LikelyPair, Service, ServiceAtLocation
from directory.permissions import can_steward
from directory.selectors.duplicates import profile_of

AT_ONCE = 100
"""Records compared in one go, each with those that share its phone, its mailbox, its organisation or its commune."""
MOST_NEIGHBOURS = 3000
ONE_TICK = 5.0
"""Seconds a tick may spend here: an import of fifty thousand records is compared over the night."""


def find_duplicates() -> int:
    """Called by the tick: compare what changed since; how many records were."""
    until, count = time.monotonic() + ONE_TICK, 0
    while done := compare_some():
        count += done
        if time.monotonic() >= until:
            break
    return count


@transaction.atomic
def compare_some(most: int = AT_ONCE) -> int:
    """Compare the next records that wait for it; how many there were."""
    batch = list(_alive().filter(needs_comparing=True).order_by("pk")[:most])
    Service.objects.filter(pk__in=[one.pk for one in batch]).update(needs_comparing=False)
    Service.objects.exclude(pk__in=_alive().values("pk")).filter(needs_comparing=True).update(
        needs_comparing=False
    )
    keys = {one.pk for one in batch}
    neighbours = _neighbours(batch).exclude(pk__in=keys).order_by("pk")[:MOST_NEIGHBOURS]
    found = likely_pairs(profile_of(one) for one in [*batch, *neighbours])
    _remember(keys, [one for one in found if one.one in keys or one.other in keys])
    return len(batch)


def _alive() -> "QuerySet[Service]":
    rows = Service.objects.filter(merged_into=None).exclude(status=Status.DEFUNCT)
    return rows.select_related("organisation").prefetch_related(
        "organisation__identifiers", "locations__commune"
    )


def _neighbours(batch: Sequence[Service]) -> "QuerySet[Service]":
    """Those that share something; the places first, without joins that multiply rows."""
    communes = {where.commune_id for one in batch for where in one.locations.all() if where.commune_id}
    shared = Q(organisation__in={one.organisation_id for one in batch})
    shared |= Q(phone__in={one.phone for one in batch} - {""})
    shared |= Q(email__in={one.email for one in batch} - {""})
    there = ServiceAtLocation.objects.filter(location__commune__in=communes).values("service")
    return _alive().filter(shared | Q(pk__in=there))


def _remember(keys: Iterable[int], found: Iterable[Likeness]) -> None:
    """The pairs of these records, as they are now; what was set aside stays so."""
    kept = set()
    for one in found:
        row, _is_new = LikelyPair.objects.update_or_create(
            one_id=one.one,
            other_id=one.other,
            defaults={"percent": one.percent},
            create_defaults={"percent": one.percent, "found_on": timezone.localdate()},
        )
        kept.add(row.pk)
    gone = LikelyPair.objects.filter(Q(one__in=keys) | Q(other__in=keys), set_aside_on=None)
    gone.exclude(pk__in=kept).delete()


@transaction.atomic
def set_pair_aside(*, actor: Visitor, pair: LikelyPair) -> LikelyPair:
    """They are two services: the pair is not shown any more. Saying it twice changes nothing."""
    _check(actor, pair)
    if pair.set_aside_on is None:
        pair.set_aside_on = timezone.localdate()
        pair.set_aside_by = actor if isinstance(actor, User) else None
        pair.save(update_fields=["set_aside_on", "set_aside_by"])
        record_audit(actor=actor, verb="pair_set_aside", target=pair.one, changes={"with": pair.other.slug})
    return pair


@transaction.atomic
def put_pair_back(*, actor: Visitor, pair: LikelyPair) -> LikelyPair:
    """Show the pair again."""
    _check(actor, pair)
    if pair.set_aside_on is not None:
        pair.set_aside_on = pair.set_aside_by = None
        pair.save(update_fields=["set_aside_on", "set_aside_by"])
        record_audit(actor=actor, verb="pair_put_back", target=pair.one, changes={"with": pair.other.slug})
    return pair


def _check(actor: Visitor, pair: LikelyPair) -> None:
    if actor is not None and not all(can_steward(actor, one.organisation) for one in (pair.one, pair.other)):
        raise PermissionDenied
