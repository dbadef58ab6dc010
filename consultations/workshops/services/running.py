"""Opening the room of a workshop, and closing it with what must be kept of it."""

from collections import Counter

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.live.models import Participant, Room
from consultations.live.services import close_room, open_room
from consultations.polls.services import close_poll
from consultations.workshops.models import Card, College, Stage, Workshop
from consultations.workshops.permissions import can_close_workshop, can_open_workshop
from consultations.workshops.polling import polls_of
from consultations.workshops.services.following import link_contributions
from consultations.workshops.services.satisfaction import propose_satisfaction
from consultations.workshops.services.stages import end_stage
from core.services import record_audit

KIND = "workshop"


def find_room_of(workshop: Workshop) -> Room | None:
    """The room of a workshop, open or not; none before it is opened."""
    return Room.objects.filter(kind=KIND, key=str(workshop.pk)).first()


@transaction.atomic
def open_workshop(*, actor: User, workshop: Workshop) -> Room:
    """Open the room: its code can be typed from now on."""
    if not can_open_workshop(actor, workshop):
        raise PermissionDenied(_("You may not open this workshop, or not in its present state."))
    if not workshop.stages.exists():
        raise ValidationError(_("Write the scenario first: the room opens on its first stage."))
    room = open_room(kind=KIND, key=str(workshop.pk), actor=actor)
    workshop.status = Workshop.Status.OPEN
    workshop.save(update_fields=["status"])
    propose_satisfaction(actor=actor, workshop=workshop)
    record_audit(actor=actor, verb="workshop_opened", target=workshop)
    return room


@transaction.atomic
def close_workshop(*, actor: User, workshop: Workshop) -> Workshop:
    """End it: the stage under way closes, people present are counted, each card is linked to what follows."""
    if not can_close_workshop(actor, workshop):
        raise PermissionDenied(_("You may not close this workshop, or not in its present state."))
    for poll in polls_of(workshop):
        if poll.status == poll.Status.OPEN:
            close_poll(actor=actor, poll=poll)
    return end_workshop(actor=actor, workshop=workshop)


@transaction.atomic
def end_workshop(*, actor: User | None, workshop: Workshop) -> Workshop:
    """What closing does, without asking who may: the tick ends one that everybody left open."""
    now = timezone.now()
    for stage in workshop.stages.filter(state__in=[Stage.State.RUNNING, Stage.State.PAUSED]):
        end_stage(stage, now)
    room = find_room_of(workshop)
    if room is not None:
        close_room(room=room, actor=actor)
        workshop.attendance = count_attendance(room)
    workshop.status, workshop.closed_at = Workshop.Status.CLOSED, now
    workshop.save(update_fields=["status", "closed_at", "attendance"])
    link_contributions(workshop=workshop)
    record_audit(actor=actor, verb="workshop_closed", target=workshop)
    return workshop


def count_attendance(room: Room) -> dict[str, int]:
    """People by college: each device counts those around it; someone heard only through the facilitator
    (a paper card, a raised hand) is not counted, since nobody said who wrote it."""
    joined = Participant.objects.filter(room=room, device__in=["phone", "tablet"]).order_by()
    counted = Counter(dict(joined.values_list("college").annotate(people=Sum("headcount"))))
    return {code: counted[code] for code in College.values if counted[code]}


def kept_card_count(workshop: Workshop) -> int:
    """How many cards count."""
    return Card.objects.kept().filter(stage__workshop=workshop).count()
