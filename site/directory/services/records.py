"""A service is written, checked, closed and opened again. No actor means the command line."""

import calendar
import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Visitor
from core.services import record_audit
from directory.codes import Fee, Status
from directory.desks import check_team_mailbox
from directory.finding.services import index_service
from directory.models import Service, Source
from directory.permissions import can_edit_records_of, can_edit_service
from directory.quality import score
from directory.selectors.facts import facts_of
from directory.services.changes import apply_sets, apply_values, record_changes
from directory.services.numbers import replace_identifiers
from organisations.models import Organisation
from territories.models import Territory

SETS = ("needs", "schemes", "coverage", "eligible_territories", "locations")
FIELDS = frozenset(
    [
        "name",
        "description",
        "easy_read",
        "kind",
        "modes",
        "audiences",
        "age_min",
        "age_max",
        "situations",
        "eligibility",
        "fee",
        "amount_min",
        "amount_max",
        "fee_words",
        "remaining_words",
        "documents",
        "languages",
        "reach",
        "reached_by",
        "email",
        "phone",
        "link",
        "takes_requests",
        "average_delay_days",
        "holidays",
        "review_months",
        "published",
        "source",
        "is_demo",
    ]
)
MOST_TERRITORIES = 400


@transaction.atomic
def save_service(
    *,
    actor: Visitor,
    organisation: Organisation,
    values: Mapping[str, Any],
    service: Service | None = None,
    source: Source | None = None,
    identifiers: Mapping[str, str] | None = None,
    slug: str = "",
) -> Service:
    """Create `service` or change it; saving the same twice changes nothing, nor the history.

    `values` holds fields of `FIELDS` and lists of rows for `SETS`. Changing a record is not checking it.
    """
    allowed = can_edit_service(actor, service) if service else can_edit_records_of(actor, organisation)
    if actor is not None and not allowed:
        raise PermissionDenied
    if unknown := set(values) - FIELDS - set(SETS):
        raise ValueError(f"Not changed this way: {sorted(unknown)}")
    record = service or Service(organisation=organisation, source=source)
    changed = apply_values(record, {name: values[name] for name in values if name in FIELDS})
    if record.organisation_id != organisation.pk:
        changed["organisation"] = (record.organisation.slug, organisation.slug)
        record.organisation = organisation
    if service is None:
        record.slug = slug or free_slug(record.name)
    sets = {name: list(values[name]) for name in SETS if name in values}
    if "email" in changed:
        check_team_mailbox(record.email)
    _check(record, sets)
    record.full_clean()
    record.save()
    changed |= apply_sets(record, sets)
    if identifiers is not None and (numbers := replace_identifiers(record, identifiers)):
        changed["identifiers"] = numbers
    _finish(actor, record, changed if service else {"created": (None, record.name)}, source)
    return record


def _finish(
    actor: Visitor, record: Service, changed: Mapping[str, tuple[Any, Any]], source: Source | None
) -> None:
    if not changed:
        return
    record_changes(actor=actor, record=record, changed=changed, source=source)
    record.updated_on = timezone.localdate()
    record.save(update_fields=["updated_on"])
    refresh_standing(service=record)
    created = "created" in changed
    record_audit(
        actor=actor,
        verb="service_created" if created else "service_changed",
        target=record,
        changes={} if created else {"fields": sorted(changed)},
    )


def refresh_standing(*, service: Service) -> None:
    """Compute again what lists filter on, the score and the day of the next check, and what the search reads."""
    service.quality = score(facts_of(service), timezone.localdate()).percent
    service.review_due_on = add_months(service.checked_on or service.created_on, service.review_months)
    service.needs_comparing = True
    service.save(update_fields=["quality", "review_due_on", "needs_comparing"])
    index_service(service)


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))


def _check(record: Service, sets: Mapping[str, list[Any]]) -> None:
    """What no single field can tell."""
    problems: dict[str, str] = {}
    if record.fee == Fee.FREE and (record.amount_min or record.amount_max):
        problems["amount_min"] = _("It cannot be free and have a price: choose one.")
    foreign = [one for one in sets.get("locations", ()) if one.organisation_id != record.organisation_id]
    if foreign:
        problems["locations"] = _("“%(place)s” belongs to another organisation.") % {"place": foreign[0]}
    for name in ("coverage", "eligible_territories"):
        if message := _territories_problem(sets.get(name, [])):
            problems[name] = message
    if ended := [one for one in sets.get("needs", ()) if one.valid_to]:
        problems["needs"] = _("“%(need)s” is no longer in use: choose another need.") % {"need": ended[0]}
    if problems:
        raise ValidationError(problems)


def _territories_problem(territories: list[Territory]) -> str:
    if len(territories) > MOST_TERRITORIES:
        return _("Choose fewer than %(most)d territories: take a wider one.") % {"most": MOST_TERRITORIES}
    today = timezone.localdate()
    if ended := [one for one in territories if one.valid_to and one.valid_to <= today]:
        return _("“%(place)s” no longer exists: choose what it has become.") % {"place": ended[0]}
    return ""


def free_slug(name: str) -> str:
    """An address nobody has, made of the name."""
    stem = slugify(name)[:80].strip("-") or "service"
    taken = set(Service.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(one for one in (stem, *(f"{stem}-{n}" for n in range(2, 100_000))) if one not in taken)


@transaction.atomic
def confirm_record(
    *, actor: Visitor, service: Service, words: str = "", on: datetime.date | None = None
) -> Service:
    """Say that everything on it is right today: `words` names the desk that checked, never a person."""
    if actor is not None and not can_edit_service(actor, service):
        raise PermissionDenied
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise ValidationError(_("A check cannot be in the future."))
    service.checked_on, service.reminded_on = day, None
    service.checked_words = words or service.organisation.name[:120]
    service.checked_by = actor if isinstance(actor, User) else None
    service.full_clean()
    service.save(update_fields=["checked_on", "checked_words", "checked_by", "reminded_on"])
    refresh_standing(service=service)
    record_audit(actor=actor, verb="service_checked", target=service)
    return service


@transaction.atomic
def close_service(
    *,
    actor: Visitor,
    service: Service,
    until: datetime.date | None = None,
    reason: str = "",
    for_good: bool = False,
) -> Service:
    """Closed for a time (until a day included, or until said otherwise), or for good: the page then says so."""
    if actor is not None and not can_edit_service(actor, service):
        raise PermissionDenied
    if until and until < timezone.localdate():
        raise ValidationError({"until": _("Give a day to come, or leave it empty if you do not know.")})
    values = {
        "status": Status.DEFUNCT if for_good else Status.CLOSED,
        "closed_until": None if for_good else until,
        "closed_reason": reason,
    }
    return _move(actor, service, values, "service_closed")


@transaction.atomic
def reopen_service(*, actor: Visitor, service: Service) -> Service:
    """Open again, whatever had closed it."""
    if actor is not None and not can_edit_service(actor, service):
        raise PermissionDenied
    values = {"status": Status.ACTIVE, "closed_until": None, "closed_reason": ""}
    return _move(actor, service, values, "service_reopened")


def _move(actor: Visitor, service: Service, values: Mapping[str, Any], verb: str) -> Service:
    changed = apply_values(service, values)
    if changed:
        service.full_clean()
        service.updated_on = timezone.localdate()
        service.save(update_fields=[*changed, "updated_on"])
        record_changes(actor=actor, record=service, changed=changed)
        record_audit(actor=actor, verb=verb, target=service)
        index_service(service)
    return service


def reopen_due_services() -> int:
    """Called by the tick: open again what was closed until yesterday; how many there were."""
    late = Service.objects.filter(
        status=Status.CLOSED, closed_until__lt=timezone.localdate(), merged_into=None
    )
    for service in late:
        reopen_service(actor=None, service=service)
    return len(late)
