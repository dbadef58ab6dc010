"""The sitting: opened, led item by item, suspended, closed; the floor asked for and given."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.live.models import Room
from consultations.live.services import close_room, open_room
from consultations.meetings.models import AgendaItem, Attendance, Decision, Meeting, Minutes, SpeechRequest
from consultations.meetings.registries import agenda_sources
from consultations.meetings.selectors.presence import room_of
from consultations.meetings.services.acting import ROOM, audit, check, lock, move, move_item, tell
from consultations.meetings.services.attending import after_presence

State, Item = Meeting.State, AgendaItem.State


@transaction.atomic
def open_meeting(*, actor: User | None, meeting: Meeting) -> Meeting:
    """Begin. Without the quorum the council may sit and talk; what decides will be carried."""
    meeting = lock(meeting)
    move("open", actor=actor, meeting=meeting)
    if meeting.held_on > timezone.localdate():
        raise ValidationError(_("This meeting is not today: change its day first if it is held now."))
    meeting.opened_at = timezone.now()
    meeting.doors_opened_at = meeting.doors_opened_at or meeting.opened_at
    meeting.save(update_fields=["state", "opened_at", "doors_opened_at"])
    open_room(kind=ROOM, key=str(meeting.pk), actor=actor)
    Minutes.objects.get_or_create(meeting=meeting)
    after_presence(actor=actor, meeting=meeting)
    meeting.opening_quorum = room_of(meeting).verdict.as_json()
    meeting.save(update_fields=["opening_quorum"])
    audit(actor, "meeting_opened", meeting, quorum=meeting.opening_quorum)
    tell(meeting, "meeting")
    return meeting


@transaction.atomic
def suspend_meeting(*, actor: User | None, meeting: Meeting) -> Meeting:
    """A pause: nothing is voted, nobody is asked to speak."""
    return _step("suspend", "meeting_suspended", actor, meeting)


@transaction.atomic
def resume_meeting(*, actor: User | None, meeting: Meeting) -> Meeting:
    """Go on."""
    return _step("resume", "meeting_resumed", actor, meeting)


def _step(verb: str, said: str, actor: User | None, meeting: Meeting) -> Meeting:
    meeting = lock(meeting)
    if verb == "suspend":
        _refuse_open_votes(meeting)
    move(verb, actor=actor, meeting=meeting)
    meeting.save(update_fields=["state"])
    audit(actor, said, meeting)
    tell(meeting, "meeting")
    return meeting


def _refuse_open_votes(meeting: Meeting) -> None:
    if Decision.objects.filter(item__meeting=meeting, state=Decision.State.OPEN).exists():
        raise ValidationError(_("A vote is under way: close it first."))


@transaction.atomic
def start_item(*, actor: User | None, item: AgendaItem) -> AgendaItem:
    """This is what is talked about now. Those who waited to speak on the item before leave the queue."""
    meeting = lock(item.meeting)
    check("lead", actor=actor, meeting=meeting)
    if item.state not in {Item.ACCEPTED, Item.DONE}:
        raise ValidationError(_("This item is not on the agenda of this meeting any more."))
    _refuse_open_votes(meeting)
    if meeting.current_item_id != item.pk:
        meeting.speech_requests.exclude(state=SpeechRequest.State.DONE).delete()
    meeting.current_item = item
    meeting.save(update_fields=["current_item"])
    audit(actor, "item_started", meeting, item=str(item.pk))
    tell(meeting, "item")
    return item


@transaction.atomic
def finish_item(*, actor: User | None, item: AgendaItem) -> AgendaItem:
    """The item is treated; what it is about is told, for instance that an answer was read back."""
    meeting = lock(item.meeting)
    check("lead", actor=actor, meeting=meeting)
    if item.decisions.filter(state=Decision.State.OPEN).exists():
        raise ValidationError(_("A vote is under way: close it first."))
    move_item("finish", actor=actor, item=item)
    item.save(update_fields=["state"])
    if item.subject_kind in agenda_sources:
        agenda_sources[item.subject_kind].treated(item=item, actor=actor)
    audit(actor, "item_finished", meeting, item=str(item.pk))
    tell(meeting, "item")
    return item


@transaction.atomic
def carry_item(*, actor: User | None, item: AgendaItem, reason: str) -> AgendaItem:
    """Not decided today, and why; a reconvened meeting or the next agenda takes it up."""
    meeting = lock(item.meeting)
    check("lead", actor=actor, meeting=meeting)
    _carry(actor, item, reason)
    audit(actor, "item_carried", meeting, item=str(item.pk))
    tell(meeting, "item")
    return item


def _carry(actor: User | None, item: AgendaItem, reason: str) -> None:
    move_item("carry", actor=actor, item=item, given={"reason": reason})
    item.state_reason = reason.strip()[:300]
    item.save(update_fields=["state", "state_reason"])


def carry_for_quorum(*, actor: User | None, item: AgendaItem) -> None:
    """The quorum is not there: what decides goes to the second meeting. The caller has checked and holds the lock."""
    if item.state == Item.ACCEPTED:
        _carry(actor, item, _("the quorum was not reached"))


@transaction.atomic
def carry_undecided(*, actor: User | None, meeting: Meeting) -> int:
    """Carry every item left that decides, when the quorum is not (or no longer) there; gives how many."""
    meeting = lock(meeting)
    check("lead", actor=actor, meeting=meeting)
    if room_of(meeting).verdict.is_valid:
        raise ValidationError(_("The quorum is reached: the council may decide these items now."))
    _refuse_open_votes(meeting)
    left = list(meeting.items.filter(state=Item.ACCEPTED, purpose__in=AgendaItem.DECIDING))
    for item in left:
        carry_for_quorum(actor=actor, item=item)
    audit(actor, "items_carried", meeting, count=len(left))
    tell(meeting, "item")
    return len(left)


@transaction.atomic
def close_meeting(*, actor: User | None, meeting: Meeting) -> Meeting:
    """The end. Items that were not treated are carried; the room closes; who asked to speak is forgotten."""
    meeting = lock(meeting)
    _refuse_open_votes(meeting)
    move("close", actor=actor, meeting=meeting)
    is_short = not room_of(meeting).verdict.is_valid
    for item in meeting.items.filter(state=Item.ACCEPTED):
        if item.pk == meeting.current_item_id and not item.decides:
            move_item("finish", actor=actor, item=item)
            item.save(update_fields=["state"])
        else:
            lacks = is_short and item.decides
            _carry(actor, item, _("the quorum was not reached") if lacks else _("there was no time left"))
    meeting.closed_at, meeting.current_item = timezone.now(), None
    meeting.save(update_fields=["state", "closed_at", "current_item"])
    Attendance.objects.filter(meeting=meeting).update(participant=None)
    meeting.speech_requests.all().delete()
    room = Room.objects.filter(kind=ROOM, key=str(meeting.pk)).first()
    if room is not None:
        close_room(room=room, actor=actor)
    audit(actor, "meeting_closed", meeting)
    return meeting


@transaction.atomic
def ask_to_speak(*, attendance: Attendance) -> SpeechRequest:
    """Take a place in the queue; asking again keeps the same place."""
    meeting = lock(attendance.meeting)
    if meeting.state != State.OPEN or not attendance.is_here:
        raise ValidationError(_("The floor is asked for while the meeting is under way."))
    waiting = SpeechRequest.objects.exclude(state=SpeechRequest.State.DONE)
    found = waiting.filter(attendance=attendance).first()
    if found is None:
        found = SpeechRequest.objects.create(meeting=meeting, attendance=attendance)
        tell(meeting, "speech")
    return found


@transaction.atomic
def withdraw_request(*, attendance: Attendance) -> None:
    """Leave the queue."""
    meeting = lock(attendance.meeting)
    SpeechRequest.objects.filter(attendance=attendance, state=SpeechRequest.State.WAITING).delete()
    tell(meeting, "speech")


@transaction.atomic
def ask_for(*, actor: User | None, attendance: Attendance) -> SpeechRequest:
    """The secretary puts in the queue someone who raised their hand."""
    check("lead", actor=actor, meeting=attendance.meeting)
    return ask_to_speak(attendance=attendance)


@transaction.atomic
def give_floor(*, actor: User | None, request: SpeechRequest) -> None:
    """This person speaks now; the one who spoke has spoken."""
    meeting = lock(request.meeting)
    check("lead", actor=actor, meeting=meeting)
    speaking = meeting.speech_requests.filter(state=SpeechRequest.State.SPEAKING).exclude(pk=request.pk)
    speaking.update(state=SpeechRequest.State.DONE)
    request.state = SpeechRequest.State.SPEAKING
    request.save(update_fields=["state"])
    tell(meeting, "speech")


@transaction.atomic
def end_speech(*, actor: User | None, request: SpeechRequest) -> None:
    """They have spoken, or no longer wish to."""
    meeting = lock(request.meeting)
    check("lead", actor=actor, meeting=meeting)
    request.state = SpeechRequest.State.DONE
    request.save(update_fields=["state"])
    tell(meeting, "speech")
