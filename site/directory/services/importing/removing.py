"""Records an import made, deleted by batches: those that serve something else by now are left."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q

from directory.finding.services import index_services
from directory.services.importing.matching import MODELS, organisations_by_uid
from organisations.models import Organisation

SERVES: Mapping[str, Q] = {
    "service": Q(merged_into__isnull=False)
    | Q(reports__isnull=False)
    | Q(proposals__isnull=False)
    | Q(experiences__isnull=False),
    "location": Q(at_services__isnull=False),
    "organisation": Q(claims__isnull=False),
    "scheme": Q(services__isnull=False),
}
"""What people said of a record since, or what another record needs it for: lost if it were deleted."""


def remove_records(kind: str, uids: Collection[UUID]) -> set[UUID]:
    """Delete what may be; deleted services leave the search. Those deleted are given."""
    keys = _keys(kind, uids)
    model: Any = Organisation if kind == "organisation" else MODELS[kind]
    needed = set(model.objects.filter(SERVES[kind], pk__in=keys.values()).values_list("pk", flat=True))
    free = {uid: key for uid, key in keys.items() if key not in needed}
    gone = _deleted(model, free)
    if kind == "service":
        index_services(keys[uid] for uid in gone)
    return gone


def _keys(kind: str, uids: Collection[UUID]) -> dict[UUID, int]:
    if kind == "organisation":
        return {uid: one.pk for uid, one in organisations_by_uid(uids).items()}
    return dict(MODELS[kind].objects.filter(uid__in=uids).values_list("uid", "pk"))


def _deleted(model: Any, keys: Mapping[UUID, int]) -> set[UUID]:
    """All at once; where one of them is held by something else, by halves until only that one is left."""
    if not keys:
        return set()
    try:
        with transaction.atomic():
            model.objects.filter(pk__in=keys.values()).delete()
    except (models.ProtectedError, models.RestrictedError):
        if len(keys) == 1:
            return set()
        pairs, half = list(keys.items()), len(keys) // 2
        return _deleted(model, dict(pairs[:half])) | _deleted(model, dict(pairs[half:]))
    return set(keys)
