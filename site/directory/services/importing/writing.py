"""Records written by batches: rows, then what hangs from them, in a fixed number of queries per batch.

Bulk writes pass by `save_service` and its like: what these check is checked in `checking`, what they keep (history,
score, day of the next check) is kept here. Nothing else writes this way.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils import timezone
from django.utils.text import slugify

from directory.exchange.gather import LISTS, PLAIN_LOCATION, PLAIN_SERVICE
from directory.exchange.ids import made_id
from directory.exchange.plain import from_plain
from directory.exchange.records import At, LocationRecord, OrganisationRecord, SchemeRecord, ServiceRecord
from directory.models import (
    Capacity,
    ClosedDays,
    Contact,
    Location,
    OpeningHours,
    RecordIdentifier,
    Scheme,
    Service,
    ServiceAtLocation,
    Source,
)
from directory.models import OrganisationRecord as OrganisationRow
from directory.services.importing.matching import organisations_by_uid
from directory.services.importing.world import World
from organisations.models import Organisation, OrganisationIdentifier

ROW_FIELDS = ("description", "easy_read", "email", "phone", "website", "networks")
SLUG_LENGTHS = {"Scheme": 80, "Organisation": 80, "Service": 90}
SETS = {"needs": "need", "coverage": "territory", "eligible_territories": "territory", "schemes": "scheme"}


@dataclass
class Write:
    """One record to write: all of it when it is new, else the fields that change."""

    uid: UUID
    plain: Mapping[str, Any]
    fields: set[str]
    is_new: bool
    row: Any = field(default=None, repr=False)
    record: Any = field(default=None, repr=False)


def write_batch(kind: str, writes: Sequence[Write], world: World, source: Source | None) -> None:
    """Write them; `plain` says everything of each record, in the terms of this directory."""
    if not writes:
        return
    for one in writes:
        one.record = from_plain(kind, one.plain)
    WRITERS[kind](writes, world, source)


def _free_slugs(model: type[Model], writes: Iterable[Write]) -> dict[UUID, str]:
    """A short name nobody has for each new record: its own when it is free."""
    wanted: dict[UUID, str] = {}
    for one in writes:
        longest = SLUG_LENGTHS[model.__name__] - 9
        stem = (slugify(one.record.slug) or slugify(one.record.name))[:longest].strip("-") or "x"
        wanted[one.uid] = stem
    taken = set(model._default_manager.filter(slug__in=wanted.values()).values_list("slug", flat=True))
    found = {}
    for uid, stem in wanted.items():
        found[uid] = stem if stem not in taken else f"{stem}-{uid.hex[:8]}"
        taken.add(found[uid])
    return found


def _save(model: type[Any], writes: Sequence[Write], plain: Sequence[str]) -> None:
    """New rows in one query, changed ones in another."""
    model.objects.bulk_create([one.row for one in writes if one.is_new])
    changed = [one for one in writes if not one.is_new]
    names = sorted({name for one in changed for name in one.fields} & set(plain))
    for one in changed:
        for name in set(names) & one.fields:
            value = getattr(one.record, name)
            setattr(one.row, name, list(value) if isinstance(value, tuple) else value)
    if changed and names:
        model.objects.bulk_update([one.row for one in changed], names)


def _replace(model: type[Any], owner: str, writes: Iterable[Write], name: str, make: Any) -> None:
    """What hangs from the records whose field changed, anew."""
    touched = [one for one in writes if name in one.fields]
    old = [one.row.pk for one in touched if not one.is_new]
    if old:
        model.objects.filter(**{f"{owner}__in": old}).delete()
    rows = [make(one.row, each) for one in touched for each in getattr(one.record, name)]
    model.objects.bulk_create(rows)


def _children(owner: str, writes: Sequence[Write]) -> None:
    """Hours, closed days, contacts and numbers."""
    _replace(OpeningHours, owner, writes, "hours", lambda row, one: opening(owner, row, one))
    _replace(ClosedDays, owner, writes, "closed", lambda row, one: ClosedDays(**{owner: row}, **one.__dict__))
    _replace(Contact, owner, writes, "contacts", lambda row, one: Contact(**{owner: row}, **one.__dict__))


def opening(owner: str, row: Any, one: Any) -> OpeningHours:
    often = OpeningHours.Frequency.MONTHLY if one.nth else OpeningHours.Frequency.WEEKLY
    return OpeningHours(**{owner: row}, frequency=often, **one.__dict__)


def _write_schemes(writes: Sequence[Write], world: World, source: Source | None) -> None:
    slugs = _free_slugs(Scheme, [one for one in writes if one.is_new])
    plain = ("name", "description", "easy_read", "url")
    for one in writes:
        record: SchemeRecord = one.record
        if one.is_new:
            one.row = Scheme(
                uid=one.uid, slug=slugs[one.uid], **{name: getattr(record, name) for name in plain}
            )
        else:
            one.row = Scheme.objects.get(uid=one.uid)
    _save(Scheme, writes, plain)
    _set_many(Scheme, "scheme", writes, {"needs": world.needs})
    world.schemes.update(Scheme.objects.values_list("slug", "pk"))


def _set_many(model: type[Any], owner: str, writes: Iterable[Write], keys: Mapping[str, Any]) -> None:
    """Many-to-many fields, by the code each names."""
    for name, known in keys.items():
        through = getattr(model, name).through
        touched = [one for one in writes if name in one.fields]
        old = [one.row.pk for one in touched if not one.is_new]
        if old:
            through.objects.filter(**{f"{owner}__in": old}).delete()
        target = SETS[name]
        find = known if callable(known) else known.get
        rows = []
        for one in touched:
            for pk in dict.fromkeys(find(code) for code in getattr(one.record, name)):
                rows.append(through(**{f"{owner}_id": one.row.pk, f"{target}_id": pk}))
        through.objects.bulk_create(rows)


def _write_organisations(writes: Sequence[Write], world: World, source: Source | None) -> None:
    """The organisation, then what the directory says of it; parents once all are there."""
    held = organisations_by_uid({one.uid for one in writes})
    slugs = _free_slugs(Organisation, [one for one in writes if one.uid not in held])
    for one in writes:
        record: OrganisationRecord = one.record
        one.row = held.get(one.uid) or Organisation(slug=slugs[one.uid])
        if one.row.pk is None or one.fields & {"name", "kind", "territory"}:
            one.row.name, one.row.kind = record.name, record.kind
            one.row.territory = world.territory(record.territory)
    Organisation.objects.bulk_create([one.row for one in writes if one.row.pk is None])
    known = [one.row for one in writes if one.uid in held and one.fields & {"name", "kind", "territory"}]
    Organisation.objects.bulk_update(known, ["name", "kind", "territory"])
    _write_organisation_rows(writes, source)
    _replace(
        Contact,
        "organisation",
        writes,
        "contacts",
        lambda row, one: Contact(organisation=row, **one.__dict__),
    )
    _replace(
        OrganisationIdentifier,
        "organisation",
        writes,
        "numbers",
        lambda row, one: OrganisationIdentifier(organisation=row, **one.__dict__),
    )


def _write_organisation_rows(writes: Sequence[Write], source: Source | None) -> None:
    new, changed = [], []
    for one in writes:
        said = {name: getattr(one.record, name) for name in ROW_FIELDS}
        said["networks"] = list(said["networks"])
        row = getattr(one.row, "record", None)
        if row is None:
            row = OrganisationRow(uid=one.uid, organisation=one.row, source=source, **said)
            new.append(row)
        elif one.fields & set(ROW_FIELDS):
            for name in one.fields & set(ROW_FIELDS):
                setattr(row, name, said[name])
            row.updated_on = timezone.localdate()
            changed.append(row)
    OrganisationRow.objects.bulk_create(new)
    for row in new:
        row.organisation.record = row
    OrganisationRow.objects.bulk_update(changed, [*ROW_FIELDS, "updated_on"])


def _write_locations(writes: Sequence[Write], world: World, source: Source | None) -> None:
    owners = organisations_by_uid({one.record.organisation for one in writes})
    held = {one.uid: one for one in Location.objects.filter(uid__in=[one.uid for one in writes])}
    names = [name for name in PLAIN_LOCATION if name != "uid"]
    for one in writes:
        record: LocationRecord = one.record
        commune = world.territory(record.commune) if record.commune else None
        if one.is_new:
            plain = {name: getattr(record, name) for name in names}
            one.row = Location(uid=one.uid, **plain)
        else:
            one.row = held[one.uid]
            one.row.updated_on = timezone.localdate()
        if one.is_new or "commune" in one.fields:
            one.row.commune = commune
        if one.is_new or "access" in one.fields:
            one.row.access = dict(record.access)
        if one.is_new or "organisation" in one.fields:
            one.row.organisation = owners[record.organisation]
    _save(Location, writes, names)
    rows = [one.row for one in writes if not one.is_new]
    Location.objects.bulk_update(rows, ["commune", "access", "organisation", "updated_on"])
    _children("location", writes)
    _numbers("location", writes)


def _numbers(owner: str, writes: Sequence[Write]) -> None:
    _replace(
        RecordIdentifier,
        owner,
        writes,
        "numbers",
        lambda row, one: RecordIdentifier(**{owner: row}, **one.__dict__),
    )


def _write_services(writes: Sequence[Write], world: World, source: Source | None) -> None:
    owners = organisations_by_uid({one.record.organisation for one in writes})
    held = {one.uid: one for one in Service.objects.filter(uid__in=[one.uid for one in writes])}
    slugs = _free_slugs(Service, [one for one in writes if one.is_new])
    names = [name for name in (*PLAIN_SERVICE, *LISTS) if name not in {"uid", "slug"}]
    for one in writes:
        record: ServiceRecord = one.record
        if one.is_new:
            said = {name: getattr(record, name) for name in names}
            said |= {name: list(said[name]) for name in LISTS}
            owner = owners[record.organisation]
            one.row = Service(uid=one.uid, slug=slugs[one.uid], organisation=owner, source=source, **said)
        else:
            one.row = held[one.uid]
            one.row.updated_on = timezone.localdate()
            if "organisation" in one.fields:
                one.row.organisation = owners[record.organisation]
    _save(Service, writes, names)
    Service.objects.bulk_update([one.row for one in writes if not one.is_new], ["organisation", "updated_on"])
    place = world.territory
    keys: dict[str, Any] = {name: lambda code: getattr(place(code), "pk", None) for name in ("coverage",)}
    keys |= {"eligible_territories": keys["coverage"], "needs": world.needs, "schemes": world.schemes}
    _set_many(Service, "service", writes, keys)
    _children("service", writes)
    _numbers("service", writes)
    _replace(
        Capacity, "service", writes, "capacities", lambda row, one: Capacity(service=row, **one.__dict__)
    )
    _write_links(writes)


def _write_links(writes: Sequence[Write]) -> None:
    """Services at their places; a link that stays keeps its identifier."""
    touched = [one for one in writes if "at" in one.fields]
    wanted = {at.location for one in touched for at in one.record.at}
    places = {one.uid: one for one in Location.objects.filter(uid__in=wanted)}
    old = ServiceAtLocation.objects.filter(service__in=[one.row.pk for one in touched if not one.is_new])
    kept = {(one.service_id, one.location_id): one.uid for one in old}
    old.delete()
    given = {at.uid for one in touched for at in one.record.at}
    taken = set(ServiceAtLocation.objects.filter(uid__in=given).values_list("uid", flat=True))
    rows: list[tuple[ServiceAtLocation, At]] = []
    for one in touched:
        for at in one.record.at:
            place = places[at.location]
            uid = kept.get((one.row.pk, place.pk)) or at.uid
            if uid in taken:  # another link has it: the file, or another source, gave it twice
                uid = made_id("at", one.uid, at.location)
            taken.add(uid)
            rows.append((ServiceAtLocation(uid=uid, service=one.row, location=place), at))
    ServiceAtLocation.objects.bulk_create([row for row, _at in rows])
    owner = "service_at_location"
    OpeningHours.objects.bulk_create([opening(owner, row, each) for row, at in rows for each in at.hours])
    ClosedDays.objects.bulk_create(
        [ClosedDays(service_at_location=row, **each.__dict__) for row, at in rows for each in at.closed]
    )


WRITERS = {
    "scheme": _write_schemes,
    "organisation": _write_organisations,
    "location": _write_locations,
    "service": _write_services,
}
