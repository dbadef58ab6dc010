"""A meeting from its first draft to its cancelling; it is never deleted."""

import datetime
from typing import Any, TypedDict, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.councils.models import Council, Mandate
from consultations.councils.selectors import bylaw
from consultations.meetings.models import AgendaItem, Meeting
from consultations.meetings.notice import earliest_day
from consultations.meetings.permissions import can_create_meeting
from consultations.meetings.services.acting import audit, check, lock, move

TOLD = ("held_at", "place", "remote_url", "minutes_planned")


class MeetingFields(TypedDict, total=False):
    """What is written of a meeting before it is held."""

    title: str
    held_at: datetime.datetime
    minutes_planned: int
    place: str
    access_details: str
    remote_url: str
    message: str
    session_secretary: Mandate | None
    is_demo: bool


@transaction.atomic
def create_meeting(
    *,
    actor: User | None,
    council: Council,
    reconvened_from: Meeting | None = None,
    **fields: Unpack[MeetingFields],
) -> Meeting:
    """A draft with the next number of the council."""
    if actor is not None and not can_create_meeting(actor, council):
        raise PermissionDenied(_("You may not prepare a meeting of this council."))
    Council.objects.select_for_update(of=("self",)).get(pk=council.pk)  # two meetings never share a number
    last = Meeting.objects.filter(council=council).aggregate(last=Max("number"))["last"] or 0
    meeting = Meeting(council=council, number=last + 1, reconvened_from=reconvened_from, created_by=actor)
    _assign(meeting, fields)
    meeting.save(force_insert=True)
    audit(actor, "meeting_created", meeting, council=str(council.pk))
    return meeting


@transaction.atomic
def update_meeting(*, actor: User | None, meeting: Meeting, **fields: Unpack[MeetingFields]) -> Meeting:
    """Change a meeting that is not held; what members were told is told again by another notice."""
    meeting = lock(meeting)
    check("edit", actor=actor, meeting=meeting)
    changed = [name for name in fields if getattr(meeting, name) != fields[name]]  # type: ignore[literal-required]
    _assign(meeting, fields)
    if set(changed) & set(TOLD):
        meeting.sequence += 1
    meeting.save()
    audit(actor, "meeting_changed", meeting, fields=sorted(changed))
    return meeting


def _assign(meeting: Meeting, fields: MeetingFields) -> None:
    for name, value in fields.items():
        setattr(meeting, name, value)
    errors: dict[str, Any] = {}
    secretary = meeting.session_secretary
    if secretary is not None and not (
        secretary.council_id == meeting.council_id and secretary.is_held_on(meeting.held_on)
    ):
        errors["session_secretary"] = _("Choose someone who sits in the council on the day of the meeting.")
    if not meeting.council.is_alive_on(meeting.held_on):
        errors["held_at"] = _("The council does not exist on that day.")
    if meeting.remote_url and not bylaw(meeting.council, "remote_attendance", meeting.held_on).value:
        errors["remote_url"] = _("The bylaws do not let members attend from afar: change the bylaws first.")
    if errors:
        raise ValidationError(errors)
    meeting.full_clean(exclude=["created_by", "council"])


@transaction.atomic
def cancel_meeting(*, actor: User | None, meeting: Meeting, reason: str) -> Meeting:
    """It will not be held, and why; those who were convened read it on its page and in their calendar."""
    meeting = lock(meeting)
    move("cancel", actor=actor, meeting=meeting, given={"reason": reason})
    meeting.state_reason = reason.strip()[:300]
    meeting.sequence += 1
    meeting.save(update_fields=["state", "state_reason", "sequence"])
    audit(actor, "meeting_cancelled", meeting)
    return meeting


def refuse_deletion(meeting: Meeting) -> str:
    """Why a meeting is never deleted, and what to do instead."""
    if meeting.state in {Meeting.State.DRAFT, Meeting.State.CONVENED}:
        return _("A meeting is not deleted: cancel it, with the reason. What was sent stays readable.")
    return _("A meeting that was held is not deleted: it has legal life. Correct its minutes instead.")


@transaction.atomic
def reconvene(
    *, actor: User | None, meeting: Meeting, held_at: datetime.datetime | None = None, place: str = ""
) -> Meeting:
    """The second meeting, for the items that could not be decided for want of quorum (CASF D311-17).

    A draft on the first day the bylaws allow, its agenda made of what was carried.
    """
    meeting = lock(meeting)
    check("reconvene", actor=actor, meeting=meeting)
    again = Meeting.objects.filter(reconvened_from=meeting).first()
    if again is not None:
        return again
    carried = list(
        meeting.items.filter(state=AgendaItem.State.CARRIED, carried_to=None, purpose__in=AgendaItem.DECIDING)
    )
    if not carried:
        raise ValidationError(_("Nothing was carried from this meeting: there is nothing to decide again."))
    created = create_meeting(
        actor=actor,
        council=meeting.council,
        reconvened_from=meeting,
        held_at=held_at or _second_date(meeting),
        place=place or meeting.place,
        access_details=meeting.access_details,
        minutes_planned=meeting.minutes_planned,
        is_demo=meeting.is_demo,
    )
    for order, item in enumerate(carried, start=1):
        carry_to(item=item, meeting=created, order=order)
    audit(actor, "meeting_reconvened", created, carried=len(carried), first=str(meeting.pk))
    return created


def _second_date(meeting: Meeting) -> datetime.datetime:
    """The same hour, on the first day that leaves the notice and the delay of the bylaws."""
    council, today = meeting.council, timezone.localdate()
    delay = int(bylaw(council, "reconvened_minimum_days", today).value)
    day = max(
        first_day(council),
        meeting.held_on + datetime.timedelta(days=max(delay, 1)),
    )
    hour = timezone.localtime(meeting.held_at)
    return timezone.make_aware(datetime.datetime.combine(day, hour.time().replace(tzinfo=None)))


def first_day(council: Council) -> datetime.date:
    """The first day a meeting may be held when its notice leaves tomorrow."""
    today = timezone.localdate()
    notice = int(bylaw(council, "agenda_notice_days", today).value)
    return earliest_day(today=today, required=notice + 1)


def carry_to(*, item: AgendaItem, meeting: Meeting, order: int) -> AgendaItem:
    """The same item on another agenda, its documents with it; the caller has checked and holds the lock."""
    again = AgendaItem.objects.create(
        meeting=meeting,
        order=order,
        title=item.title,
        explanation=item.explanation,
        purpose=item.purpose,
        minutes=item.minutes,
        is_confidential=item.is_confidential,
        state=AgendaItem.State.ACCEPTED,
        proposed_by=item.proposed_by,
        carried_from=item,
        subject_kind=item.subject_kind,
        subject_key=item.subject_key,
    )
    for document in item.documents.filter(withdrawn_on=None):
        again.documents.create(
            title=document.title,
            file=document.file.name,
            added_on=document.added_on,
            added_by=document.added_by,
        )
    return again
