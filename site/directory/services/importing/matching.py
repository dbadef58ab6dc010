"""Which record here is the one a source names: as it was matched last time, by its identifier, or by a shared number."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from directory.exchange.gather import uid_of
from directory.exchange.ids import made_id
from directory.models import (
    ImportedLine,
    Location,
    OrganisationRecord,
    RecordIdentifier,
    Scheme,
    Service,
    Source,
    SourceRecord,
)
from organisations.models import Organisation, OrganisationIdentifier

Uids = dict[UUID, UUID]
STRONG = ("siret", "finess", "data-inclusion")
"""Numbers that name one organisation, service or place."""
MODELS: Mapping[str, Any] = {
    "scheme": Scheme,
    "organisation": OrganisationRecord,
    "location": Location,
    "service": Service,
}


def local_uids(kind: str, uids: Collection[UUID], source: Source | None) -> Uids:
    """By identifier of the source, that of the record here; those not here are absent."""
    found = dict(MODELS[kind].objects.filter(uid__in=uids).values_list("uid", "uid"))
    if kind == "organisation" and len(found) < len(uids):
        found |= {uid: uid for uid in _bare(uids)}
    known = SourceRecord.objects.filter(source=source, kind=kind, uid__in=uids)
    return found | dict(known.values_list("uid", "local_uid"))


def match(kind: str, lines: Iterable[ImportedLine], source: Source | None) -> Uids:
    """The records here of these lines; by number for those no identifier finds."""
    rows = list(lines)
    found = local_uids(kind, {one.uid for one in rows}, source)
    found = {uid: local for uid, local in found.items() if local in _existing(kind, found.values())}
    left = [one for one in rows if one.uid not in found]
    numbers = {
        (number["scheme"], number["value"]): one.uid
        for one in left
        for number in one.said.get("numbers", ())
        if number["scheme"] in STRONG
    }
    if kind == "scheme":
        slugs = {one.said["slug"]: one.uid for one in left}
        for slug, uid in Scheme.objects.filter(slug__in=slugs).values_list("slug", "uid"):
            found[slugs[slug]] = uid
    if numbers:
        found |= _by_number(kind, numbers)
    return found


def _existing(kind: str, uids: Iterable[UUID]) -> set[UUID]:
    wanted = set(uids)
    existing = set(MODELS[kind].objects.filter(uid__in=wanted).values_list("uid", flat=True))
    if kind == "organisation" and wanted - existing:
        existing |= _bare(wanted).keys()
    return existing


def _by_number(kind: str, numbers: Mapping[tuple[str, str], UUID]) -> Uids:
    values = {value for _scheme, value in numbers}
    found: Uids = {}
    if kind == "organisation":
        rows = OrganisationIdentifier.objects.filter(value__in=values, scheme__in=STRONG)
        for one in rows.select_related("organisation__record"):
            if uid := numbers.get((one.scheme, one.value)):
                found[uid] = uid_of(one.organisation)
        return found
    held = RecordIdentifier.objects.filter(value__in=values, scheme__in=STRONG, **{f"{kind}__isnull": False})
    for row in held.select_related(kind):
        if uid := numbers.get((row.scheme, row.value)):
            found[uid] = getattr(row, kind).uid
    return found


def organisations_by_uid(uids: Collection[UUID]) -> dict[UUID, Organisation]:
    """Organisations of these identifiers, with their records."""
    rows = Organisation.objects.filter(record__uid__in=uids).select_related("record__source", "territory")
    found = {one.record.uid: one for one in rows}
    if len(found) < len(uids):
        keys = _bare(uids)
        rows = Organisation.objects.filter(pk__in=keys.values()).select_related("record", "territory")
        by_key = {one.pk: one for one in rows}
        found |= {uid: by_key[key] for uid, key in keys.items()}
    return found


def _bare(uids: Collection[UUID]) -> dict[UUID, int]:
    """Keys of the organisations the directory says nothing of yet, among these identifiers made of their short names."""
    rows = Organisation.objects.filter(record=None).values_list("slug", "pk").iterator()
    made = ((made_id("organisation", slug), key) for slug, key in rows)
    return {uid: key for uid, key in made if uid in uids}
