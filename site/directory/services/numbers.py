"""The numbers of a record in other systems: each is one record's, and the refusal names which."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from directory.models import RecordIdentifier, Service
from directory.numbers import scheme_label
from organisations.models import Organisation, OrganisationIdentifier


def replace_identifiers(record: Model, numbers: Mapping[str, str]) -> tuple[Any, Any] | None:
    """Other systems' numbers of a service or of a location; what changed, or None."""
    kept: Any = record
    wanted = {scheme: value.strip() for scheme, value in numbers.items() if value.strip()}
    before = dict(kept.identifiers.values_list("scheme", "value"))
    if before == wanted:
        return None
    refuse_known_numbers(record, wanted)
    kept.identifiers.all().delete()
    owner = "service" if isinstance(record, Service) else "location"
    for scheme, value in wanted.items():
        row = RecordIdentifier(scheme=scheme, value=value, **{owner: record})
        row.full_clean()
        row.save()
    return before, wanted


def refuse_known_numbers(record: Model, numbers: Mapping[str, str]) -> None:
    """Raise naming every other record that already has one of these numbers."""
    problems = []
    for scheme, value in numbers.items():
        if name := _other_with(record, scheme, value):
            told = {"scheme": scheme_label(scheme), "number": value, "name": name}
            problems.append(
                _(
                    "The number %(scheme)s %(number)s is already that of “%(name)s”: correct it here, or there first."
                )
                % told
            )
    if problems:
        raise ValidationError(problems)


def _other_with(record: Model, scheme: str, value: str) -> str:
    """The record that already has the number; empty when it is free or its own."""
    if isinstance(record, Organisation):
        known = OrganisationIdentifier.objects.filter(scheme=scheme, value=value)
        other = known.exclude(organisation=record).select_related("organisation").first()
        return other.organisation.name if other else ""
    rows = RecordIdentifier.objects.filter(scheme=scheme, value=value).select_related("service", "location")
    owner = "service" if isinstance(record, Service) else "location"
    row = rows.exclude(**{owner: record}).first()
    return str(row.service or row.location) if row else ""
