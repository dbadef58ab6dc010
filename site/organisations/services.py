"""Writes of organisations and their identifiers."""

from collections.abc import Mapping

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.services import record_audit
from organisations.models import Organisation, OrganisationIdentifier
from organisations.permissions import can_edit_organisations
from territories.models import Territory


@transaction.atomic
def save_organisation(
    *,
    actor: AbstractBaseUser | None,
    slug: str,
    name: str,
    kind: str,
    territory: Territory,
    is_demo: bool = False,
    identifiers: Mapping[str, str] | None = None,
) -> Organisation:
    """Create or change the organisation known by `slug`; saving the same twice changes nothing.

    `identifiers` maps a scheme (siret, finess…) to its value; None leaves those in place.
    No actor means the command line.
    """
    if actor is not None and not can_edit_organisations(actor):
        raise PermissionDenied
    stored = Organisation.objects.filter(slug=slug).first()
    organisation = stored or Organisation(slug=slug)
    wanted = {"name": name, "kind": kind, "territory": territory, "is_demo": is_demo}
    changed = [field for field, value in wanted.items() if not stored or getattr(stored, field) != value]
    for field in changed:
        setattr(organisation, field, wanted[field])
    if changed:
        organisation.full_clean()
        organisation.save()
    if identifiers is not None and set_identifiers(organisation=organisation, identifiers=identifiers):
        changed.append("identifiers")
    if changed:
        verb = "organisation_changed" if stored else "organisation_created"
        record_audit(actor=actor, verb=verb, target=organisation, changes={"fields": changed})
    return organisation


@transaction.atomic
def set_identifiers(*, organisation: Organisation, identifiers: Mapping[str, str]) -> bool:
    """Replace the numbers of an organisation; True when something changed. The caller has checked who may."""
    wanted = {scheme: value for scheme, value in identifiers.items() if value}
    if dict(organisation.identifiers.values_list("scheme", "value")) == wanted:
        return False
    organisation.identifiers.all().delete()
    for scheme, value in wanted.items():
        identifier = OrganisationIdentifier(organisation=organisation, scheme=scheme, value=value)
        identifier.full_clean()
        identifier.save()
    return True
