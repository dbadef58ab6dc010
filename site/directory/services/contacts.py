"""Contacts and numbers of a service, a place or an organisation: written as a whole, the same twice changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import Visitor
from core.services import record_audit
from directory.desks import refuse_person, refuse_personal_mailbox
from directory.models import Contact, Location, OrganisationRecord, Service
from directory.numbers import check_number
from directory.permissions import can_edit_location, can_edit_records_of, can_edit_service
from directory.services.changes import record_changes
from directory.services.numbers import refuse_known_numbers, replace_identifiers
from directory.services.places import save_organisation_record
from directory.services.records import refresh_standing
from organisations.models import Organisation
from organisations.services import set_identifiers

Record = Service | Location | Organisation
MOST_CONTACTS = MOST_NUMBERS = 20


@dataclass(frozen=True)
class Desk:
    """A contact as it is asked for."""

    label: str
    phone: str = ""
    email: str = ""
    hours: str = ""


def may_edit(user: Visitor, record: Record) -> bool:
    """As the record itself."""
    if isinstance(record, Service):
        return can_edit_service(user, record)
    if isinstance(record, Location):
        return can_edit_location(user, record)
    return can_edit_records_of(user, record)


@transaction.atomic
def set_contacts(*, actor: Visitor, record: Record, desks: Sequence[Desk]) -> None:
    """Replace the contacts of a record: desks and mailboxes of teams, never a person."""
    if actor is not None and not may_edit(actor, record):
        raise PermissionDenied
    if len(desks) > MOST_CONTACTS:
        raise ValidationError(_("Keep to %(most)d contacts.") % {"most": MOST_CONTACTS})
    if len(set(desks)) != len(desks):
        raise ValidationError(_("The same contact is written twice: empty one of the two lines."))
    before = [Desk(one.label, one.phone, one.email, one.hours) for one in record.contacts.all()]
    if set(before) == set(desks):
        return
    for desk in set(desks) - set(before):
        check_desk(desk)
    rows = [Contact(**{_owner(record): record}, **asdict(one)) for one in desks]
    for row in rows:
        row.full_clean()
    record.contacts.all().delete()
    Contact.objects.bulk_create(rows)
    told = ([asdict(one) for one in before], [asdict(one) for one in desks])
    _keep(actor, record, {"contacts": told})
    record_audit(actor=actor, verb="contacts_changed", target=record)


def check_desk(desk: Desk) -> None:
    """A way to reach it, and nobody named; raises ValidationError at the fields."""
    problems: dict[str, ValidationError | str] = {}
    for name, refuse in (
        ("label", refuse_person),
        ("hours", refuse_person),
        ("email", refuse_personal_mailbox),
    ):
        try:
            refuse(getattr(desk, name))
        except ValidationError as error:
            problems[name] = error
    if not desk.phone and not desk.email:
        problems["phone"] = _("Give a phone number or an e-mail address for “%(desk)s”.") % {
            "desk": desk.label
        }
    if problems:
        raise ValidationError(problems)


@transaction.atomic
def set_numbers(*, actor: Visitor, record: Record, numbers: Mapping[str, str]) -> None:
    """Replace the numbers by which other systems know a record; one that another record has is refused, naming it."""
    if actor is not None and not may_edit(actor, record):
        raise PermissionDenied
    if len(numbers) > MOST_NUMBERS:
        raise ValidationError(_("Keep to %(most)d numbers.") % {"most": MOST_NUMBERS})
    before = dict(record.identifiers.values_list("scheme", "value"))
    wanted = {
        scheme: value if before.get(scheme) == value else check_number(scheme, value)
        for scheme, value in numbers.items()
    }
    if isinstance(record, Organisation):
        refuse_known_numbers(record, wanted)
        changed = (before, wanted) if set_identifiers(organisation=record, identifiers=wanted) else None
    else:
        changed = replace_identifiers(record, wanted)
    if changed:
        _keep(actor, record, {"identifiers": changed})
        record_audit(actor=actor, verb="identifiers_changed", target=record)


def _owner(record: Record) -> str:
    if isinstance(record, Service):
        return "service"
    return "location" if isinstance(record, Location) else "organisation"


def _keep(actor: Visitor, record: Record, changed: Mapping[str, tuple[Any, Any]]) -> None:
    """History, day of change, and what lists and the search read."""
    kept: Any = record
    if isinstance(record, Organisation):
        kept = OrganisationRecord.objects.filter(organisation=record).first() or save_organisation_record(
            actor=None, organisation=record, values={}
        )
    record_changes(actor=actor, record=kept, changed=changed)
    kept.updated_on = timezone.localdate()
    kept.save(update_fields=["updated_on"])
    touched = [record] if isinstance(record, Service) else list(record.services.all())
    for service in touched:
        refresh_standing(service=service)
