"""Places and what the directory says of an organisation. No actor means the command line."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.permissions import Visitor
from core.services import record_audit
from directory.desks import check_team_mailbox
from directory.geography import check_point
from directory.models import Location, OrganisationRecord, Scheme, Source
from directory.permissions import can_edit_location, can_edit_records_of, can_edit_schemes
from directory.services.changes import apply_sets, apply_values, record_changes
from directory.services.numbers import replace_identifiers
from directory.services.records import refresh_standing
from organisations.models import Organisation
from territories.selectors import centres

LOCATION_FIELDS = frozenset(
    [
        "name",
        "kind",
        "address_1",
        "address_2",
        "postal_code",
        "commune",
        "latitude",
        "longitude",
        "address_hidden",
        "hidden_reason",
        "access",
        "access_words",
        "accessibility_url",
        "transport",
        "phone",
        "holidays",
    ]
)
RECORD_FIELDS = frozenset(
    ["description", "easy_read", "email", "phone", "website", "networks", "parent", "source", "claimed_on"]
)
SCHEME_FIELDS = frozenset(("name", "description", "easy_read", "url"))
DEEPEST = 20


@transaction.atomic
def save_location(
    *,
    actor: Visitor,
    organisation: Organisation,
    values: Mapping[str, Any],
    location: Location | None = None,
    source: Source | None = None,
    identifiers: Mapping[str, str] | None = None,
) -> Location:
    """Create `location` or change it; its point must be near its commune."""
    allowed = can_edit_location(actor, location) if location else can_edit_records_of(actor, organisation)
    if actor is not None and not allowed:
        raise PermissionDenied
    if unknown := set(values) - LOCATION_FIELDS:
        raise ValueError(f"Not changed this way: {sorted(unknown)}")
    record = location or Location(organisation=organisation)
    changed = apply_values(record, values)
    _check_place(record)
    record.full_clean()
    record.save()
    if identifiers is not None and (numbers := replace_identifiers(record, identifiers)):
        changed["identifiers"] = numbers
    if location is None:
        changed = {"created": (None, record.name)}
    _keep(actor, record, changed, source, "location_created" if location is None else "location_changed")
    if changed and location:
        for service in location.services.all():
            refresh_standing(service=service)
    return record


def _check_place(record: Location) -> None:
    commune = record.commune
    if commune and commune.level_id != "commune":
        raise ValidationError({"commune": _("Choose a commune, not a wider place.")})
    if commune and commune.valid_to and commune.valid_to <= timezone.localdate():
        raise ValidationError({"commune": _("This commune no longer exists: choose what it has become.")})
    centre = centres("commune").get(commune.code) if commune else None
    check_point(record.latitude, record.longitude, centre=centre)


def _keep(
    actor: Visitor, record: Any, changed: Mapping[str, tuple[Any, Any]], source: Source | None, verb: str
) -> None:
    if not changed:
        return
    if hasattr(record, "updated_on"):
        record.updated_on = timezone.localdate()
        record.save(update_fields=["updated_on"])
    record_changes(actor=actor, record=record, changed=changed, source=source)
    fields = {} if "created" in changed else {"fields": sorted(changed)}
    record_audit(actor=actor, verb=verb, target=record, changes=fields)


@transaction.atomic
def save_organisation_record(
    *, actor: Visitor, organisation: Organisation, values: Mapping[str, Any], source: Source | None = None
) -> OrganisationRecord:
    """What the directory says of an organisation, made when there is none; an organisation is never part of itself."""
    if actor is not None and not can_edit_records_of(actor, organisation):
        raise PermissionDenied
    if unknown := set(values) - RECORD_FIELDS:
        raise ValueError(f"Not changed this way: {sorted(unknown)}")
    stored = OrganisationRecord.objects.filter(organisation=organisation).first()
    record = stored or OrganisationRecord(organisation=organisation, source=source)
    changed = apply_values(record, values)
    if "email" in changed:
        check_team_mailbox(record.email)
    _refuse_circles(record)
    record.full_clean()
    record.save()
    if stored is None:
        changed = {"created": (None, organisation.name)}
    verb = "organisation_record_created" if stored is None else "organisation_record_changed"
    _keep(actor, record, changed, source, verb)
    return record


def _refuse_circles(record: OrganisationRecord) -> None:
    """Climb from the parent: meeting the organisation again would make it a part of itself."""
    above, names = record.parent, [record.organisation.name]
    for _step in range(DEEPEST):
        if above is None:
            return
        names.append(above.name)
        if above.pk == record.organisation_id:
            chain = " → ".join(names)
            raise ValidationError(
                {"parent": _("An organisation cannot be part of itself: %(chain)s.") % {"chain": chain}}
            )
        parent = OrganisationRecord.objects.filter(organisation=above).select_related("parent").first()
        above = parent.parent if parent else None
    raise ValidationError({"parent": _("These organisations are nested too deeply.")})


@transaction.atomic
def save_scheme(
    *, actor: Visitor, values: Mapping[str, Any], slug: str = "", scheme: Scheme | None = None
) -> Scheme:
    """Create or change a scheme or right; `needs` is a list of rows. Two schemes never have the same name."""
    if actor is not None and not can_edit_schemes(actor):
        raise PermissionDenied
    record = scheme or Scheme(slug=slug)
    changed = apply_values(record, {name: values[name] for name in values if name in SCHEME_FIELDS})
    if Scheme.objects.filter(name__iexact=record.name).exclude(pk=record.pk).exists():
        raise ValidationError({"name": _("A scheme already has this name: correct that one instead.")})
    record.slug = record.slug or free_scheme_slug(record.name)
    record.full_clean()
    record.save()
    changed |= apply_sets(record, {"needs": values["needs"]} if "needs" in values else {})
    if scheme is None:
        changed = {"created": (None, record.name)}
    _keep(actor, record, changed, None, "scheme_created" if scheme is None else "scheme_changed")
    return record


def free_scheme_slug(name: str) -> str:
    """An address no scheme has, made of the name."""
    stem = slugify(name)[:70].strip("-") or "dispositif"
    taken = set(Scheme.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(one for one in (stem, *(f"{stem}-{n}" for n in range(2, 10_000))) if one not in taken)
