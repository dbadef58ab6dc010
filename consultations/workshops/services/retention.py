"""What is known of the people of a workshop is erased: access needs first, then who came, then all that is left.

Run by the tick. Cards, groups, votes and heads by college stay: the evidence of the diagnosis, by nobody's name;
the words of the cards too, unless the consultation promised to erase them.
"""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from consultations.lineage.models import Link
from consultations.live.models import Participant
from consultations.live.services import forget_log, forget_room
from consultations.process.models import Consultation
from consultations.process.selectors import retention_ends_on
from consultations.workshops.lineage import CONTRIBUTION
from consultations.workshops.models import AccessNeed, Card, Invitation, Registration, Workshop
from consultations.workshops.services.running import end_workshop, find_room_of
from core.models import Receipt
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


def purge_ended_workshops(*, on: datetime.date | None = None) -> int:
    """Erase what still leads to a person when the retention of the consultation is over; gives how many rows.

    Whatever the times above say: a workshop planned late, or left open, keeps nobody's name longer than was promised.
    """
    day = on or timezone.localdate()
    held = Workshop.objects.filter(consultation=OuterRef("pk"), ends_at__date__lt=day)
    ended = Consultation.objects.filter(Q(ends_on__lt=day) | Q(closed_at__isnull=False)).filter(Exists(held))
    due = [one for one in ended if (last := retention_ends_on(one)) and last <= day]
    workshops = Workshop.objects.filter(consultation__in=due, ends_at__date__lt=day)
    return sum(_forget_everyone(workshop) for workshop in workshops)


@transaction.atomic
def _forget_everyone(workshop: Workshop) -> int:
    count = workshop.invitations.all().delete()[0] + workshop.registrations.all().delete()[0]
    if workshop.status == Workshop.Status.OPEN:
        end_workshop(actor=None, workshop=workshop)
    room = find_room_of(workshop)
    if room is not None:
        devices = [str(key) for key in Participant.objects.filter(room=room).values_list("pk", flat=True)]
        count += Receipt.objects.filter(subject_kind=CONTRIBUTION, subject_id__in=devices).delete()[0]
        count += Link.objects.filter(source_kind=CONTRIBUTION, source_id__in=devices).delete()[0]
        count += forget_room(room=room)
    if count:
        workshop.purged_at = workshop.purged_at or timezone.now()
        workshop.save(update_fields=["purged_at"])
        record_audit(actor=None, verb="registrations_purged", target=workshop, changes={"count": count})
    return count


@transaction.atomic
def _purge(workshop: Workshop) -> int:
    count = workshop.registrations.count() + workshop.invitations.count()
    workshop.invitations.all().delete()
    workshop.registrations.all().delete()
    workshop.purged_at = timezone.now()
    workshop.save(update_fields=["purged_at"])
    record_audit(actor=None, verb="registrations_purged", target=workshop, changes={"count": count})
    return 1


@transaction.atomic
def erase_card_words(*, workshop: Workshop) -> int:
    """Erase what was written on the cards of a workshop that is over, and the room's log; gives how many cards.

    The cards stay, in their groups, with their votes: they are counted and no longer read.
    """
    count: int = Card.objects.filter(stage__workshop=workshop).exclude(text="").update(text="")
    room = find_room_of(workshop)
    if room is not None:
        forget_log(room=room)
    if count:
        record_audit(actor=None, verb="cards_erased", target=workshop, changes={"count": count})
    return count


def forget_registered_person(*, email: str) -> None:
    """Erase an address and what came with it everywhere, because the person asks; their place stays counted
    until the workshop is over, without any name."""
    mine = Registration.objects.filter(email__iexact=email)
    AccessNeed.objects.filter(registration__in=mine).delete()
    mine.update(name="–", email="", phone="")
    Invitation.objects.filter(email__iexact=email).delete()
