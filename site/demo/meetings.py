"""Meetings of the demo: March without quorum, April reconvened, one today to try, one to come, other councils' year.

Written row by row in the past: services date what they do on the day they are called. Idempotent.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from consultations.councils.models import Council, Mandate
from consultations.councils.selectors import bylaw, members
from consultations.meetings.majority import Votes, decide, total
from consultations.meetings.models import (
    AgendaItem,
    Attendance,
    Convening,
    ConveningProof,
    Decision,
    Meeting,
    Minutes,
    MinutesLine,
    MinutesVersion,
)
from consultations.meetings.selectors.minutes import minutes_content
from consultations.meetings.selectors.presence import room_of
from consultations.meetings.services import agenda, attending, convening, preparing
from consultations.meetings.services.minutes import content_hash
from demo.meetings_story import (
    COMING,
    HELD,
    REFERENCE,
    TODAY,
    TRY,
    DemoItem,
    DemoMeeting,
)

HOUR = datetime.time(14, 30)
DAYS_AHEAD = 24
SIGNED = {"minutes_signed", "minutes_adopted"}
HERE = 4


@transaction.atomic
def load() -> None:
    """Create what is missing; what was changed by hand since is left as it is."""
    for one in HELD:
        council = Council.objects.get(slug=one.council)
        if not Meeting.objects.filter(council=council, number=one.number).exists():
            load_held(council, one)
    _load_coming()
    _load_today()


def _at(day: datetime.date, hour: datetime.time = HOUR) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, hour))


def load_held(council: Council, one: DemoMeeting) -> None:
    held_at = _at(one.day)
    meeting = Meeting.objects.create(
        council=council,
        number=one.number,
        held_at=held_at,
        minutes_planned=90,
        place="Salle du rez-de-chaussée",
        access_details="Entrée de plain-pied, boucle magnétique",
        state=one.state,
        reconvened_from=Meeting.objects.filter(council=council, number=one.reconvened_from).first(),
        doors_opened_at=held_at - datetime.timedelta(minutes=15),
        opened_at=held_at,
        closed_at=held_at + datetime.timedelta(minutes=80),
        is_demo=True,
    )
    seated = [member.mandate for member in members(council, one.day)]
    _convene(meeting, one.sent, seated)
    _attend(meeting, one, seated)
    minutes = Minutes.objects.create(meeting=meeting, easy_read=one.easy_read)
    for order, item in enumerate(one.items, start=1):
        _load_item(meeting, minutes, order, item)
    if one.state in SIGNED:
        _sign(meeting, minutes, seated)
    if one.state == "minutes_adopted":
        _publish(meeting, minutes)
        minutes.adopted_on = minutes.passed_to_operator_on = one.day + datetime.timedelta(days=28)
        minutes.save()


def _publish(meeting: Meeting, minutes: Minutes) -> None:
    """Where the bylaws make minutes public: the conclusions, which name nobody here."""
    if bylaw(meeting.council, "minutes_public", meeting.held_on).value:
        lines = minutes.lines.exclude(item__is_confidential=True)
        minutes.public_text = {str(line.item_id): line.text for line in lines}
        minutes.published_on = meeting.held_on + datetime.timedelta(days=30)


def _convene(meeting: Meeting, sent_on: datetime.date, seated: list[Mandate]) -> None:
    rule = bylaw(meeting.council, "agenda_notice_days", meeting.held_on)
    sent = Convening.objects.create(
        meeting=meeting,
        number=1,
        sent_on=sent_on,
        held_at=meeting.held_at,
        required_days=rule.value,
        required_source=rule.source[:200],
        text=convening.notice_text(meeting),
        signed_by_title="La présidence",
    )
    ConveningProof.objects.bulk_create(
        ConveningProof(
            convening=sent,
            mandate=one,
            way="email" if one.user_id else "hand",
            state="handed" if one.user_id else "given",
            at=_at(sent_on, datetime.time(10, 0)),
            by_label="la plateforme" if one.user_id else "L’animatrice",
        )
        for one in seated
    )


def _attend(meeting: Meeting, one: DemoMeeting, seated: list[Mandate]) -> None:
    left = dict(one.came)
    rows = []
    for mandate in seated:
        if mandate.rank != Mandate.Rank.FULL:
            continue
        came = left.get(mandate.constituency, 0) > 0
        left[mandate.constituency] = left.get(mandate.constituency, 0) - 1
        way = Attendance.Way.PRESENT if came else Attendance.Way.EXCUSED
        arrived = meeting.doors_opened_at if came else None
        rows.append(Attendance(meeting=meeting, mandate=mandate, way=way, arrived_at=arrived))
    Attendance.objects.bulk_create(rows)


def _load_item(meeting: Meeting, minutes: Minutes, order: int, one: DemoItem) -> None:
    before = AgendaItem.objects.filter(
        meeting=meeting.reconvened_from, title=one.title, state="carried"
    ).first()
    item = AgendaItem.objects.create(
        meeting=meeting,
        order=order,
        title=one.title,
        purpose=one.purpose,
        minutes=20,
        state="carried" if one.carried else "done",
        state_reason="le quorum n’était pas atteint" if one.carried else "",
        carried_from=before,
    )
    MinutesLine.objects.create(minutes=minutes, item=item, text=one.text)
    if not one.votes:
        return
    room, votes = room_of(meeting), {place: Votes(*counts) for place, counts in one.votes.items()}
    Decision.objects.create(
        item=item,
        number=1,
        kind="show_of_hands",
        question=one.question,
        state="closed",
        counts={place: counted.as_json() for place, counted in votes.items()},
        present_count=len(room.voices),
        quorum=room.verdict.as_json(),
        majority=room.base,
        result=decide(total(votes.values()), present=len(room.voices)),
        opened_at=meeting.held_at,
        closed_at=meeting.closed_at,
    )


def _sign(meeting: Meeting, minutes: Minutes, seated: list[Mandate]) -> None:
    content = minutes_content(meeting)
    MinutesVersion.objects.create(
        minutes=minutes,
        number=1,
        content=content,
        content_hash=content_hash(content),
        signed_as="La présidence",
        signed_mandate=seated[0],
        signed_at=meeting.held_at + datetime.timedelta(days=6),
        way=MinutesVersion.Way.SECOND_FACTOR,
    )


def _load_coming() -> None:
    """The next meeting of the reference council: convened in time, one item proposed and waiting for an answer."""
    council = Council.objects.get(slug=REFERENCE)
    if Meeting.objects.filter(council=council, number__gt=3).exists():
        return
    meeting = preparing.create_meeting(
        actor=None,
        council=council,
        held_at=_at(timezone.localdate() + datetime.timedelta(days=DAYS_AHEAD)),
        minutes_planned=90,
        place="Salle du rez-de-chaussée",
        access_details="Entrée de plain-pied, boucle magnétique",
        is_demo=True,
    )
    for title, purpose, explanation in COMING[:2]:
        agenda.add_item(actor=None, meeting=meeting, title=title, purpose=purpose, explanation=explanation)
    title, purpose, explanation = COMING[2]
    AgendaItem.objects.create(
        meeting=meeting,
        title=title,
        purpose=purpose,
        explanation=explanation,
        proposed_by=council.mandates.filter(constituency="families", rank="full").first(),
    )
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.CONVENED)
    meeting.refresh_from_db()
    seated = [member.mandate for member in members(council, meeting.held_on)]
    _convene(meeting, timezone.localdate(), seated)


def _load_today() -> None:
    """A meeting of today with its doors open: one representative of the users more, and it may decide."""
    council = Council.objects.get(slug=REFERENCE)
    if Meeting.objects.filter(council=council, title=TRY).exists():
        return
    meeting = preparing.create_meeting(
        actor=None,
        council=council,
        title=TRY,
        held_at=_at(timezone.localdate()),
        minutes_planned=60,
        place="Salle du rez-de-chaussée",
        access_details="Entrée de plain-pied, boucle magnétique",
        message="Ouvrez cette réunion et essayez tout : elle est faite pour cela.",
        is_demo=True,
    )
    for title, purpose, explanation in TODAY:
        agenda.add_item(actor=None, meeting=meeting, title=title, purpose=purpose, explanation=explanation)
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.CONVENED)
    meeting.refresh_from_db()
    seated = [member.mandate for member in members(council, meeting.held_on)]
    _convene(meeting, meeting.held_on - datetime.timedelta(days=16), seated)
    attending.open_doors(actor=None, meeting=meeting)
    users = ("supported_persons", "families")
    full = [one for one in seated if one.rank == Mandate.Rank.FULL and one.constituency in users]
    there = [one for one in full if one.user_id is None][:HERE]
    for place, mandate in enumerate(there):
        attending.record_attendance(
            actor=None, meeting=meeting, mandate=mandate, way="present", votes_on_paper=place == 0
        )
