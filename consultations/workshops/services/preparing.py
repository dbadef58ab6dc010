"""A workshop from its draft to its announcement, changes and cancellation. Running it is in `running`."""

import datetime
import uuid
from typing import TypedDict, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.lineage.models import Relation
from consultations.lineage.services import link
from consultations.process.models import Consultation
from consultations.workshops.models import College, Workshop
from consultations.workshops.permissions import (
    can_announce_workshop,
    can_cancel_workshop,
    can_create_workshop,
    can_delete_workshop,
    can_edit_workshop,
)
from consultations.workshops.preparation import announcement_problems
from consultations.workshops.services.registering import fill_free_places
from core.services import record_audit
from needs.models import Need
from territories.models import Territory

SLUG_LENGTH = 60
PLACE_AND_TIME = {"starts_at", "ends_at", "venue", "address"}


class WorkshopFields(TypedDict, total=False):
    """What is written about a workshop; the key and the demo mark are given by an import or the demo."""

    id: uuid.UUID
    slug: str
    is_demo: bool
    title: str
    theme: str
    summary: str
    easy_read_summary: str
    needs: list[Need]
    territory: Territory
    venue: str
    address: str
    access: list[str]
    access_details: str
    contact: str
    facilitators: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    colleges: list[str]
    capacity: int | None


def free_slug(title: str) -> str:
    """An address made from the title that no workshop has yet."""
    base = slugify(title)[:SLUG_LENGTH].strip("-") or "atelier"
    taken = set(Workshop.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    candidates = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)


def _assign(workshop: Workshop, fields: WorkshopFields) -> set[str]:
    """Set the plain fields and validate the whole; gives the names that changed."""
    if set(fields.get("colleges", [])) - set(College.values):
        raise ValidationError({"colleges": _("Choose the colleges in the list.")})
    if set(fields.get("access", [])) - set(Workshop.Access.values):
        raise ValidationError({"access": _("Choose in the list what the place offers.")})
    changed = set()
    for name, value in fields.items():
        if name != "needs" and getattr(workshop, name, None) != value:
            setattr(workshop, name, value)
            changed.add(name)
    workshop.full_clean()
    return changed


@transaction.atomic
def create_workshop(*, actor: User, consultation: Consultation, **fields: Unpack[WorkshopFields]) -> Workshop:
    """A draft in a consultation; nothing is public before it is announced."""
    if not can_create_workshop(actor, consultation):
        raise PermissionDenied(_("You may not add a workshop to this consultation."))
    workshop = Workshop(consultation=consultation, created_by=actor)
    fields.setdefault("territory", consultation.territory)
    fields.setdefault("slug", free_slug(fields.get("title", "")))
    _assign(workshop, fields)
    workshop.save(force_insert=True)
    workshop.needs.set(fields.get("needs", []))
    record_audit(actor=actor, verb="workshop_created", target=workshop)
    return workshop


@transaction.atomic
def update_workshop(*, actor: User, workshop: Workshop, **fields: Unpack[WorkshopFields]) -> Workshop:
    """Change what was written; a new place or hour is told to everyone concerned (`mailing.tell_changes`)."""
    workshop = lock_workshop(workshop)
    if not can_edit_workshop(actor, workshop):
        raise PermissionDenied(_("You may not change this workshop, or not in its present state."))
    changed = _assign(workshop, fields)
    is_told = workshop.status == Workshop.Status.ANNOUNCED and bool(changed & PLACE_AND_TIME)
    if is_told:
        workshop.sequence += 1
        changed.add("sequence")
    if changed:
        workshop.save(update_fields=changed)
    if "needs" in fields:
        workshop.needs.set(fields["needs"])
    fill_free_places(workshop=workshop)
    record_audit(actor=actor, verb="workshop_updated", target=workshop, changes={"fields": sorted(changed)})
    return workshop


def lock_workshop(workshop: Workshop) -> Workshop:
    """Its row as it is now, for this transaction alone."""
    rows = Workshop.objects.select_for_update(of=("self",)).select_related("consultation")
    return rows.get(pk=workshop.pk)


@transaction.atomic
def announce_workshop(*, actor: User, workshop: Workshop) -> Workshop:
    """Make it public: its page, registration and the calendar file."""
    workshop = lock_workshop(workshop)
    if not can_announce_workshop(actor, workshop):
        raise PermissionDenied(_("You may not announce this workshop, or not in its present state."))
    problems = announcement_problems(workshop)
    if problems:
        raise ValidationError([problem.message for problem in problems])
    workshop.status, workshop.announced_at = Workshop.Status.ANNOUNCED, timezone.now()
    workshop.save(update_fields=["status", "announced_at"])
    link(
        actor=actor,
        source=("workshop", str(workshop.pk)),
        relation=Relation.RAISED_IN,
        target=("consultation", str(workshop.consultation_id)),
        on=timezone.localdate(),
    )
    record_audit(actor=actor, verb="workshop_announced", target=workshop)
    return workshop


@transaction.atomic
def cancel_workshop(*, actor: User, workshop: Workshop) -> Workshop:
    """It will not be held: its page says so, everyone registered or invited is told (`mailing.tell_changes`)."""
    workshop = lock_workshop(workshop)
    if not can_cancel_workshop(actor, workshop):
        raise PermissionDenied(_("You may not cancel this workshop, or not in its present state."))
    workshop.status, workshop.closed_at = Workshop.Status.CANCELLED, timezone.now()
    workshop.sequence += 1
    workshop.save(update_fields=["status", "closed_at", "sequence"])
    record_audit(actor=actor, verb="workshop_cancelled", target=workshop)
    return workshop


@transaction.atomic
def delete_workshop(*, actor: User, workshop: Workshop) -> None:
    """Forget a draft nobody was told of."""
    if not can_delete_workshop(actor, workshop):
        raise PermissionDenied(_("You may not delete this workshop, or not in its present state."))
    record_audit(actor=actor, verb="workshop_deleted", target=workshop)
    workshop.delete()
