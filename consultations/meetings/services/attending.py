"""Who is there: by themselves with their code, or ticked by the secretary; substitutes and guests included."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.councils.models import Mandate
from consultations.councils.selectors import bylaw
from consultations.live.models import Participant, Room
from consultations.live.services import Joined, join_room, open_room
from consultations.meetings.codes import member_code
from consultations.meetings.models import Attendance, Meeting, SpeechRequest
from consultations.meetings.selectors.presence import room_of
from consultations.meetings.services.acting import ROOM, audit, check, lock, tell
from core.receipts import normalise_code

Way, By = Attendance.Way, Attendance.CheckedBy
DOORS = (Meeting.State.CONVENED, *Meeting.LIVE)


class UnknownCode(ValidationError):
    """No member of this meeting has this code."""


@transaction.atomic
def open_doors(*, actor: User | None, meeting: Meeting) -> Room:
    """Open the room: members may check in by themselves from now on."""
    meeting = lock(meeting)
    check("open_doors", actor=actor, meeting=meeting)
    return _room(actor, meeting)


def _room(actor: User | None, meeting: Meeting) -> Room:
    if meeting.doors_opened_at is None:
        meeting.doors_opened_at = timezone.now()
        meeting.save(update_fields=["doors_opened_at"])
        audit(actor, "meeting_doors_opened", meeting)
    return open_room(kind=ROOM, key=str(meeting.pk), actor=actor)


def mandate_of_code(meeting: Meeting, typed: str) -> Mandate:
    """The member of this meeting whose code it is; raises UnknownCode."""
    code = normalise_code(typed)
    sitting = meeting.council.mandates.in_force(meeting.held_on)
    found = next((one for one in sitting if code and member_code(meeting, one.pk) == code), None)
    if found is None:
        raise UnknownCode(_("No member of this meeting has this code. It is on your notice of meeting."))
    return found


@transaction.atomic
def check_in_self(*, meeting: Meeting, mandate: Mandate, way: str) -> Joined:
    """A member says they are there, with their code or signed in; their device may then ask to speak and vote.

    Checked in again from another device, the new one takes over: a voice is never held twice.
    """
    meeting = lock(meeting)
    if meeting.state not in DOORS:
        raise ValidationError(_("This meeting is not open: nobody can come in now."))
    if meeting.doors_opened_at is None:
        raise ValidationError(_("The doors are not open yet: come back when the meeting begins."))
    if way not in Attendance.HERE:
        raise ValidationError(_("Say whether you are in the room or far away."))
    _refuse_remote(meeting, way)
    room = _room(None, meeting)
    attendance = _kept(meeting, mandate)
    _leave_device(attendance)
    joined = join_room(
        room=room,
        college=mandate.constituency[:20],
        display_name=mandate.person_name,
        device=Participant.Device.PHONE,
        user=mandate.user,
    )
    attendance.participant = joined.participant.pk
    _enter(attendance, way, By.SELF)
    _stand_in(meeting)
    tell(meeting, "presence")
    return joined


def _refuse_remote(meeting: Meeting, way: str) -> None:
    if way == Way.REMOTE and not bylaw(meeting.council, "remote_attendance", meeting.held_on).value:
        raise ValidationError(_("The bylaws do not let members attend from afar."))


def _kept(meeting: Meeting, mandate: Mandate) -> Attendance:
    found = Attendance.objects.filter(meeting=meeting, mandate=mandate).first()
    return found or Attendance(meeting=meeting, mandate=mandate)


def _leave_device(attendance: Attendance) -> None:
    """Forget the device used before: it holds no voice any more."""
    if attendance.participant is not None:
        Participant.objects.filter(pk=attendance.participant).update(
            token_hash="", display_name="", left_at=timezone.now()
        )
        attendance.participant = None


def _enter(attendance: Attendance, way: str, checked_by: str, actor: User | None = None) -> None:
    if way in Attendance.HERE:
        attendance.arrived_at = attendance.arrived_at or timezone.now()
        attendance.left_at = None
    else:
        attendance.arrived_at = attendance.left_at = None
        _leave_device(attendance)
    attendance.way, attendance.checked_by, attendance.recorded_by = way, checked_by, actor
    attendance.full_clean(exclude=["meeting", "mandate", "recorded_by", "stands_in_for"])
    attendance.save()


@transaction.atomic
def record_attendance(
    *, actor: User | None, meeting: Meeting, mandate: Mandate, way: str, votes_on_paper: bool = False
) -> Attendance:
    """The secretary says how a member attends, or that they are excused or absent."""
    meeting = lock(meeting)
    check("attend", actor=actor, meeting=meeting)
    if mandate.council_id != meeting.council_id or not mandate.is_held_on(meeting.held_on):
        raise ValidationError(_("This person does not sit in the council on the day of the meeting."))
    _refuse_remote(meeting, way)
    attendance = _kept(meeting, mandate)
    attendance.votes_on_paper = votes_on_paper and way in Attendance.HERE
    _enter(attendance, way, By.SECRETARY, actor)
    after_presence(actor=actor, meeting=meeting)
    audit(actor, "attendance_recorded", meeting, mandate=str(mandate.pk), way=way)
    return attendance


@transaction.atomic
def record_leaving(*, actor: User | None, attendance: Attendance) -> Attendance:
    """Someone leaves before the end: the quorum is counted again without them."""
    meeting = lock(attendance.meeting)
    if actor is not None:
        check("attend", actor=actor, meeting=meeting)
    if not attendance.is_here:
        return attendance
    attendance.left_at = timezone.now()
    attendance.save(update_fields=["left_at"])
    SpeechRequest.objects.filter(attendance=attendance).exclude(state=SpeechRequest.State.DONE).delete()
    after_presence(actor=actor, meeting=meeting)
    audit(actor, "attendance_left", meeting, attendance=str(attendance.pk))
    return attendance


@transaction.atomic
def add_guest(
    *, actor: User | None, meeting: Meeting, name: str, role: str, way: str = Way.PRESENT
) -> Attendance:
    """Someone invited to advise on an item: they may speak and never vote."""
    meeting = lock(meeting)
    check("attend", actor=actor, meeting=meeting)
    guest = Attendance(
        meeting=meeting,
        guest_name=" ".join(name.split()),
        guest_role=role.strip(),
        way=way,
        arrived_at=timezone.now(),
        recorded_by=actor,
    )
    guest.full_clean(exclude=["recorded_by"])
    guest.save(force_insert=True)
    audit(actor, "guest_recorded", meeting)
    tell(meeting, "presence")
    return guest


def after_presence(*, actor: User | None, meeting: Meeting) -> None:
    """Substitutes stand in or give back; screens are told. The caller holds the lock."""
    _stand_in(meeting)
    tell(meeting, "presence")


def _stand_in(meeting: Meeting) -> None:
    """Write down for whom each substitute sits, as the rule finds it now."""
    for line in room_of(meeting).lines:
        if line.attendance is None:
            continue
        wanted = line.voice.stands_in_for if line.voice else None
        if line.attendance.is_here and line.attendance.stands_in_for_id != wanted:
            line.attendance.stands_in_for_id = wanted
            line.attendance.save(update_fields=["stands_in_for"])


def attendance_of_device(meeting: Meeting, participant: Participant) -> Attendance:
    """Whose device this is at this meeting; raises PermissionDenied when another one took over."""
    found = (
        Attendance.objects.filter(meeting=meeting, participant=participant.pk)
        .select_related("mandate")
        .first()
    )
    if found is None:
        raise PermissionDenied(_("This device no longer stands for a member: check in again with your code."))
    return found
