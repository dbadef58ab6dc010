"""What changed on a record, in words: who, when, before and after."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from directory.models import Change, Location, OrganisationRecord, Scheme, Service
from directory.said import label_of, said
from needs.models import Need
from organisations.models import Organisation
from territories.models import Territory

SHOWN_CHANGES = 100
TERRITORIES = ("coverage", "eligible_territories", "commune", "territory")
LONGEST_CODE = 80
TOLD_DAYS = 5


@dataclass(frozen=True)
class ChangeLine:
    """One field of one day."""

    label: str
    before: str
    after: str
    who: str
    at: datetime.datetime
    is_creation: bool


def history_of(
    record: Service | Location | OrganisationRecord | Scheme, most: int = SHOWN_CHANGES
) -> list[ChangeLine]:
    """The last changes of a record, the newest first."""
    rows = list(Change.objects.filter(target_uid=record.uid).select_related("by", "source")[:most])
    names = names_of((one.field, value) for one in rows for value in (one.previous, one.replacement))
    return [
        ChangeLine(
            _label(one, names),
            said(one.field, one.previous, names),
            said(one.field, one.replacement, names),
            str(one.by or (one.source.name if one.source else "")),
            one.at,
            one.field == "created",
        )
        for one in rows
    ]


@dataclass(frozen=True)
class ToldDay:
    """What changed on a day, as anyone may read it: which parts of the record, never what they said nor who wrote."""

    day: datetime.date
    labels: tuple[str, ...]


def told_history(service: Service, places: Iterable[Location]) -> list[ToldDay]:
    """The last days the public record changed, the newest first; a hidden address has no history."""
    uids = [service.uid, *(one.uid for one in places if not one.address_hidden)]
    rows = Change.objects.filter(target_uid__in=uids).values_list("at", "target", "field")[:SHOWN_CHANGES]
    days: dict[datetime.date, dict[str, None]] = {}
    for at, target, field in rows:
        is_new_place = field == "created" and target == Change.Target.LOCATION
        label = label_of(Change.Target.SERVICE, "locations") if is_new_place else label_of(target, field)
        days.setdefault(timezone.localdate(at), {})[label] = None
    return [ToldDay(day, tuple(labels)) for day, labels in list(days.items())[:TOLD_DAYS]]


def _label(change: Change, names: Mapping[str, str]) -> str:
    """With the place it is about, when it is about one."""
    label = label_of(change.target, change.field)
    uid = change.field.partition("@")[2]
    return f"{label} ({names[uid]})" if uid in names else label


def names_of(values: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """The words of the codes that only the database knows, in one query for each kind met."""
    codes: dict[str, set[str]] = {}
    for field, value in values:
        if uid := field.partition("@")[2]:
            codes.setdefault("locations", set()).add(uid)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and 0 < len(one) <= LONGEST_CODE:
                codes.setdefault("territories" if field in TERRITORIES else field, set()).add(one)
    names: dict[str, str] = {}
    for field, find in FINDERS.items():
        if wanted := codes.get(field):
            names |= find(wanted)
    return names


def _needs(codes: set[str]) -> dict[str, str]:
    return dict(Need.objects.filter(code__in=codes).values_list("code", "plain_label"))


def _schemes(codes: set[str]) -> dict[str, str]:
    return dict(Scheme.objects.filter(slug__in=codes).values_list("slug", "name"))


def _services(codes: set[str]) -> dict[str, str]:
    return dict(Service.objects.filter(slug__in=codes).values_list("slug", "name"))


def _territories(codes: set[str]) -> dict[str, str]:
    known = Territory.objects.filter(code__in={one.partition(":")[2] for one in codes})
    return {f"{one.level_id}:{one.code}": one.name for one in known.order_by("valid_from", "pk")}


def _locations(codes: set[str]) -> dict[str, str]:
    return {str(one.uid): one.name for one in Location.objects.filter(uid__in=_uids(codes))}


def _organisations(codes: set[str]) -> dict[str, str]:
    """By short name, or by the identifier of an import."""
    rows = Organisation.objects.filter(Q(slug__in=codes) | Q(record__uid__in=_uids(codes)))
    names: dict[str, str] = {}
    for one in rows.select_related("record").distinct():
        names |= {one.slug: one.name}
        if record := getattr(one, "record", None):
            names[str(record.uid)] = one.name
    return names


def _uids(codes: set[str]) -> list[UUID]:
    found = []
    for one in codes:
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return found


FINDERS = {
    "needs": _needs,
    "schemes": _schemes,
    "merged": _services,
    "territories": _territories,
    "locations": _locations,
    "parent": _organisations,
    "organisation": _organisations,
}
