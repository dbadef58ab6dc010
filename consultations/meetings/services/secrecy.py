"""A secret vote as soon as one member asks for it, where the bylaws say so; who asked is written nowhere."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.councils.selectors import bylaw
from consultations.meetings.models import AgendaItem, Attendance, Decision, Meeting
from consultations.meetings.selectors.presence import room_of
from consultations.meetings.services.acting import audit, check, lock, tell
from consultations.meetings.services.voting import restart_in_secret


@transaction.atomic
def ask_secret_vote(*, attendance: Attendance) -> None:
    """A member asks from their phone, before or during the vote on the item under discussion."""
    meeting = lock(attendance.meeting)
    line = room_of(meeting).line_of(attendance.mandate_id)
    if line is None or line.voice is None:
        raise PermissionDenied(_("Only those who vote may ask for a secret vote."))
    _ask(None, meeting, meeting.current_item)


@transaction.atomic
def record_secret_demand(*, actor: User | None, item: AgendaItem) -> None:
    """The secretary writes that a member asked for it aloud."""
    meeting = lock(item.meeting)
    check("lead", actor=actor, meeting=meeting)
    _ask(actor, meeting, meeting.current_item if meeting.current_item_id == item.pk else None)


def _ask(actor: User | None, meeting: Meeting, item: AgendaItem | None) -> None:
    if not bylaw(meeting.council, "secret_vote_on_demand", meeting.held_on).value:
        raise ValidationError(
            _("In this council the secret vote is not of right: ask the president to propose it.")
        )
    if meeting.state != Meeting.State.OPEN or item is None or not item.decides:
        raise ValidationError(
            _("A secret vote is asked for on the item under discussion, when it is to be voted.")
        )
    if item.secret_asked:
        return
    item.secret_asked = True
    item.save(update_fields=["secret_asked"])
    audit(None, "secret_vote_asked", meeting, item=str(item.pk))
    running = item.decisions.filter(state=Decision.State.OPEN).exclude(kind=Decision.Kind.SECRET).first()
    if running is not None:
        restart_in_secret(actor=actor, meeting=meeting, decision=running)
    tell(meeting, "vote")
