"""What is known of the people of a workshop is erased: access needs first, then who came. Run by the tick."""

import datetime

from django.db import transaction
from django.utils import timezone

from consultations.workshops.models import AccessNeed, Invitation, Registration, Workshop
from core.services import record_audit

ACCESS_NEED_DAYS = 1
REGISTRATION_DAYS = 60  # long enough to comment on the synthesis
MOST = 20


def purge_access_needs() -> int:
    """Erase what people needed, the day after the workshop; gives how many."""
    over = timezone.now() - datetime.timedelta(days=ACCESS_NEED_DAYS)
    found = AccessNeed.objects.filter(registration__workshop__ends_at__lt=over)
    count: int = found.delete()[0]
    return count


def purge_registrations() -> int:
    """Erase names, addresses and phone numbers when their time is over; gives how many workshops."""
    over = timezone.now() - datetime.timedelta(days=REGISTRATION_DAYS)
    due = Workshop.objects.filter(ends_at__lt=over, purged_at=None).order_by("ends_at")
    return sum(_purge(workshop) for workshop in due[:MOST])


@transaction.atomic
def _purge(workshop: Workshop) -> int:
    count = workshop.registrations.count() + workshop.invitations.count()
    workshop.invitations.all().delete()
    workshop.registrations.all().delete()
    workshop.purged_at = timezone.now()
    workshop.save(update_fields=["purged_at"])
    record_audit(actor=None, verb="registrations_purged", target=workshop, changes={"count": count})
    return 1


def forget_registered_person(*, email: str) -> None:
    """Erase an address and what came with it everywhere, because the person asks; their place stays counted
    until the workshop is over, without any name."""
    mine = Registration.objects.filter(email__iexact=email)
    AccessNeed.objects.filter(registration__in=mine).delete()
    mine.update(name="–", email="", phone="")
    Invitation.objects.filter(email__iexact=email).delete()
