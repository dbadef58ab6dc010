"""Registering without an account: never over capacity, a waiting list, access needs kept apart."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.workshops.models import AccessNeed, Invitation, Registration, Workshop
from consultations.workshops.permissions import can_facilitate_workshop, can_register
from consultations.workshops.services.mailing import Letter, write_later
from core.services import record_audit

Status = Registration.Status


@dataclass(frozen=True)
class Registered:
    """What became of a request; not new when the address or the form had already been registered."""

    registration: Registration
    is_new: bool


def lock_places(workshop: Workshop) -> Workshop:
    """The workshop's row for this transaction alone: two people never take the same place."""
    return Workshop.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=workshop.pk)


def free_places(workshop: Workshop) -> int | None:
    """How many are left; None when they are not counted."""
    if workshop.capacity is None:
        return None
    taken = workshop.registrations.filter(status=Status.CONFIRMED).count()
    return max(0, workshop.capacity - taken)


@transaction.atomic
def register_for_workshop(
    *,
    workshop: Workshop,
    name: str,
    college: str,
    email: str = "",
    phone: str = "",
    needs: list[str] | None = None,
    words: str = "",
    client_uuid: uuid.UUID | None = None,
    invitation: Invitation | None = None,
) -> Registered:
    """A place, or a turn on the waiting list. Sent twice, or by an address already there, it counts once."""
    workshop = lock_places(workshop)
    if not can_register(workshop) or workshop.ends_at <= timezone.now():
        raise PermissionDenied(_("Registration for this workshop is over."))
    key, address = client_uuid or uuid.uuid4(), email.strip().lower()
    known = _already_there(workshop, key, address)
    if known is not None:
        if known.client_uuid != key:
            write_later(registration=known, letter=Letter.AGAIN)
        return Registered(known, is_new=False)
    left = free_places(workshop)
    registration = Registration(
        workshop=workshop, name=name.strip(), email=address, phone=phone.strip(), college=college,
        client_uuid=key, told_sequence=workshop.sequence,
        status=Status.WAITING if left == 0 else Status.CONFIRMED,
    )  # fmt: skip
    if college not in workshop.colleges:
        raise ValidationError({"college": _("Choose in the list.")})
    registration.full_clean()
    registration.save(force_insert=True)
    _keep_needs(registration, needs or [], words)
    _answer(invitation, registration)
    letter = Letter.WAITING if registration.status == Status.WAITING else Letter.CONFIRMED
    write_later(registration=registration, letter=letter)
    return Registered(registration, is_new=True)


def _already_there(workshop: Workshop, key: uuid.UUID, address: str) -> Registration | None:
    mine = workshop.registrations.filter(client_uuid=key).first()
    if mine is not None or not address:
        return mine
    return workshop.registrations.filter(email=address).exclude(status=Status.CANCELLED).first()


def _keep_needs(registration: Registration, kinds: list[str], words: str) -> None:
    if not kinds and not words.strip():
        return
    need = AccessNeed(registration=registration, kinds=kinds, text=words.strip())
    if set(kinds) - set(AccessNeed.Kind.values):
        raise ValidationError({"needs": _("Choose in the list.")})
    need.full_clean()
    need.save(force_insert=True)


def _answer(invitation: Invitation | None, registration: Registration) -> None:
    """An invitation leads to one registration, the first."""
    if invitation is None or invitation.workshop_id != registration.workshop_id:
        return
    Invitation.objects.filter(pk=invitation.pk, registration=None).update(registration=registration)


@transaction.atomic
def cancel_registration(*, registration: Registration) -> Registration:
    """Give the place back: what the person needs is forgotten at once, the first who waits has the place."""
    workshop = lock_places(registration.workshop)
    registration = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    if registration.status == Status.CANCELLED:
        return registration
    registration.status, registration.cancelled_at = Status.CANCELLED, timezone.now()
    registration.save(update_fields=["status", "cancelled_at"])
    AccessNeed.objects.filter(registration=registration).delete()
    write_later(registration=registration, letter=Letter.GIVEN_BACK)
    fill_free_places(workshop=workshop)
    return registration


@transaction.atomic
def cancel_registration_for(*, actor: User, registration: Registration) -> Registration:
    """The same by a facilitator, for someone who asked by phone."""
    if not can_facilitate_workshop(actor, registration.workshop):
        raise PermissionDenied
    record_audit(actor=actor, verb="registration_cancelled", target=registration.workshop)
    return cancel_registration(registration=registration)


def fill_free_places(*, workshop: Workshop) -> int:
    """Give each free place to the first who waits; gives how many. Only with the workshop's row locked."""
    if not can_register(workshop) or workshop.ends_at <= timezone.now():
        return 0
    left = free_places(workshop)
    waiting = workshop.registrations.waiting()
    moved: list[Any] = list(waiting if left is None else waiting[:left])
    for registration in moved:
        registration.status, registration.promoted_at = Status.CONFIRMED, timezone.now()
        registration.save(update_fields=["status", "promoted_at"])
        write_later(registration=registration, letter=Letter.PROMOTED)
    return len(moved)
