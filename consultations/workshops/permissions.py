"""Who prepares, facilitates and takes part in a workshop. Denied unless said otherwise.

A workshop follows its consultation: its organisers, and the facilitators of the place, run it.
"""

from accounts.permissions import Visitor, has_role, is_member
from consultations.process.models import Consultation
from consultations.process.permissions import (
    FACILITATING,
    can_edit_consultation,
    can_facilitate_consultation,
)
from consultations.workshops.models import Workshop

Status = Workshop.Status


def can_create_workshop(user: Visitor, consultation: Consultation) -> bool:
    """Organisers and facilitators, until the consultation is closed."""
    return consultation.status != Consultation.Status.CLOSED and can_facilitate_consultation(
        user, consultation
    )


def can_facilitate_workshop(user: Visitor, workshop: Workshop) -> bool:
    """Those who run it, whatever its state: they see its board, its people and their access needs."""
    return can_facilitate_consultation(user, workshop.consultation)


def can_edit_workshop(user: Visitor, workshop: Workshop) -> bool:
    """Those who run it, until it is over."""
    return workshop.status in {Status.DRAFT, *Workshop.RUNNABLE} and can_facilitate_workshop(user, workshop)


def can_announce_workshop(user: Visitor, workshop: Workshop) -> bool:
    """Those who run it, while it is a draft of a public consultation."""
    is_public = workshop.consultation.status == Consultation.Status.PUBLISHED
    return workshop.status == Status.DRAFT and is_public and can_facilitate_workshop(user, workshop)


def can_open_workshop(user: Visitor, workshop: Workshop) -> bool:
    """Those who run it, once it is announced."""
    return workshop.status == Status.ANNOUNCED and can_facilitate_workshop(user, workshop)


def can_close_workshop(user: Visitor, workshop: Workshop) -> bool:
    """Those who run it, once its room is open."""
    return workshop.status == Status.OPEN and can_facilitate_workshop(user, workshop)


def can_cancel_workshop(user: Visitor, workshop: Workshop) -> bool:
    """Those who run it, between its announcement and the opening of its room."""
    return workshop.status == Status.ANNOUNCED and can_facilitate_workshop(user, workshop)


def can_invite_to_workshop(user: Visitor, workshop: Workshop) -> bool:
    """Those who run it, once it is announced and until its room opens."""
    return workshop.status == Status.ANNOUNCED and can_facilitate_workshop(user, workshop)


def can_delete_workshop(user: Visitor, workshop: Workshop) -> bool:
    """The organisers of its consultation, while it is a draft nobody was told of."""
    return workshop.status == Status.DRAFT and can_edit_consultation(user, workshop.consultation)


def can_read_workshop(user: Visitor, workshop: Workshop) -> bool:
    """Anyone once announced; before, those who run it."""
    is_public = workshop.consultation.status != Consultation.Status.DRAFT
    return (workshop.status != Status.DRAFT and is_public) or can_facilitate_workshop(user, workshop)


def can_register(workshop: Workshop) -> bool:
    """Anyone, without an account, until the room closes."""
    return workshop.status in Workshop.RUNNABLE


def can_facilitate_anywhere(user: Visitor) -> bool:
    """An organiser, a facilitator or an administrator, wherever it is."""
    return is_member(user) and (user.is_superuser or has_role(user, *FACILITATING))
