"""Leading the sitting: the item, the floor, the votes, the minutes as they are written."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from consultations.live.models import Room as LiveRoom
from consultations.meetings.forms import CountForm, DecisionForm
from consultations.meetings.models import Attendance, Decision, Meeting, MinutesLine, SpeechRequest
from consultations.meetings.selectors.presence import room_of
from consultations.meetings.selectors.sitting import Screen, screen_of
from consultations.meetings.services import minutes, sitting, voting
from consultations.meetings.services.acting import ROOM
from consultations.meetings.views.access import (
    INVALID,
    StaffRequest,
    asked_why,
    attempt,
    desk,
    done_or_said,
    meeting_or_refuse,
    page,
)
from consultations.meetings.views.agenda import item_or_404
from core.repeats import once


@desk
@never_cache
def sitting_page(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The whole sitting on one page."""
    return _page(request, meeting_or_refuse(request, pk))


def _page(request: StaffRequest, meeting: Meeting, status: int = 200, **forms: Any) -> HttpResponse:
    screen = screen_of(meeting)
    vote = screen.open_vote
    places = [] if vote is None or vote.decision.is_secret else sorted(screen.room.voices_by_constituency())
    line = MinutesLine.objects.filter(item=screen.current).first() if screen.current else None
    context = {
        "screen": screen,
        "live": LiveRoom.objects.filter(kind=ROOM, key=str(meeting.pk), is_open=True).first(),
        "decision_form": DecisionForm(
            initial={"kind": _usual_kind(screen), "question": _usual_question(screen)}
        ),
        "count_form": CountForm(places=places) if vote else None,
        "line_text": line.text if line else "",
        **forms,
    }
    return page(request, "meetings/desk/sitting.html", meeting, "sitting", status=status, **context)


def _usual_kind(screen: Screen) -> str:
    is_asked = screen.current is not None and screen.current.secret_asked
    return Decision.Kind.SECRET if is_asked else Decision.Kind.HANDS


def _usual_question(screen: Screen) -> str:
    """A question whose answer is yes or no; the secretary may write another."""
    asked = _("Are you in favour of: %(title)s?") % {"title": screen.current or ""}
    return asked[:300]


@desk
@require_POST
@once
def item_step(request: StaffRequest, pk: UUID, item_pk: UUID, step: str) -> HttpResponse:
    """Start or finish an item."""
    meeting = meeting_or_refuse(request, pk, "lead")
    item, act = item_or_404(meeting, item_pk), sitting.start_item
    said = _("This item is now under discussion.")
    if step == "terminer":
        act, said = sitting.finish_item, _("The item is marked as treated.")
    return done_or_said(request, lambda: act(actor=request.user, item=item), said, "meeting_desk:sitting", pk)


@desk
@once
def item_carry(request: StaffRequest, pk: UUID, item_pk: UUID) -> HttpResponse:
    """Not decided today, and why."""
    meeting = meeting_or_refuse(request, pk, "lead")
    item, said = item_or_404(meeting, item_pk), _("The item is carried to a later meeting.")
    act = partial(sitting.carry_item, item=item)
    return asked_why(request, meeting, ("meetings/desk/item_carry.html", "sitting"), act, said, item=item)


@desk
@require_POST
@once
def line_write(request: StaffRequest, pk: UUID, item_pk: UUID) -> HttpResponse:
    """What is written of the item, from the sitting."""
    meeting = meeting_or_refuse(request, pk, "write")
    item = item_or_404(meeting, item_pk)
    text = request.POST.get("text", "")
    try:
        minutes.write_line(actor=request.user, item=item, text=text)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return _page(request, meeting, INVALID, line_text=text)
    messages.success(request, _("The conclusions are kept."))
    return redirect("meeting_desk:sitting", pk)


@desk
@require_POST
@once
def decision_open(request: StaffRequest, pk: UUID, item_pk: UUID) -> HttpResponse:
    """Put a question to the vote."""
    meeting = meeting_or_refuse(request, pk, "lead")
    item, form = item_or_404(meeting, item_pk), DecisionForm(request.POST)
    if attempt(form, lambda: voting.open_decision(actor=request.user, item=item, **form.cleaned_data)):
        messages.success(request, _("The vote is open."))
        return redirect("meeting_desk:sitting", pk)
    return _page(request, meeting, INVALID, decision_form=form)


def _decision(meeting: Meeting, decision_pk: UUID) -> Decision:
    rows = Decision.objects.select_related("item__meeting__council")
    return get_object_or_404(rows, pk=decision_pk, item__meeting=meeting)


@desk
@require_POST
@once
def decision_count(request: StaffRequest, pk: UUID, decision_pk: UUID) -> HttpResponse:
    """Hands or paper ballots counted; with "close", the vote is closed at once."""
    meeting = meeting_or_refuse(request, pk, "lead")
    decision = _decision(meeting, decision_pk)
    places = [] if decision.is_secret else sorted(room_of(meeting).voices_by_constituency())
    form = CountForm(request.POST, places=places)

    def count() -> Decision:
        counted = voting.record_votes(actor=request.user, decision=decision, counts=form.counts())
        return _closed(request, decision) if "close" in request.POST else counted

    if attempt(form, count):
        messages.success(request, _("The votes are counted."))
        return redirect("meeting_desk:sitting", pk)
    return _page(request, meeting, INVALID, count_form=form)


def _closed(request: StaffRequest, decision: Decision) -> Decision:
    return voting.close_decision(actor=request.user, decision=decision)


@desk
@require_POST
@once
def decision_close(request: StaffRequest, pk: UUID, decision_pk: UUID) -> HttpResponse:
    """Close the vote and say what it decided."""
    decision = _decision(meeting_or_refuse(request, pk, "lead"), decision_pk)
    said = _("The vote is closed.")
    return done_or_said(request, lambda: _closed(request, decision), said, "meeting_desk:sitting", pk)


@desk
@once
def decision_void(request: StaffRequest, pk: UUID, decision_pk: UUID) -> HttpResponse:
    """Stop a vote, and why."""
    meeting = meeting_or_refuse(request, pk, "lead")
    decision, said = _decision(meeting, decision_pk), _("The vote is stopped, without effect.")
    act, shown = (
        partial(voting.void_decision, decision=decision),
        ("meetings/desk/decision_void.html", "sitting"),
    )
    return asked_why(request, meeting, shown, act, said, decision=decision)


@desk
@require_POST
@once
def floor(request: StaffRequest, pk: UUID, step: str) -> HttpResponse:
    """Give the floor, end a speech, or put in the queue someone who raised their hand."""
    meeting = meeting_or_refuse(request, pk, "lead")
    said, act = _("The queue is up to date."), _floor_act(request, meeting, step)
    return done_or_said(request, act, said, "meeting_desk:sitting", pk)


def _floor_act(request: StaffRequest, meeting: Meeting, step: str) -> Callable[[], Any]:
    if step == "demander":
        rows = Attendance.objects.filter(meeting=meeting).select_related("meeting__council")
        who = get_object_or_404(rows, pk=_uuid(request.POST.get("attendance", "")))
        return lambda: sitting.ask_for(actor=request.user, attendance=who)
    rows_of = SpeechRequest.objects.filter(meeting=meeting).select_related("meeting")
    asked = get_object_or_404(rows_of, pk=_number(request.POST.get("request", "")))
    act = sitting.give_floor if step == "donner" else sitting.end_speech
    return lambda: act(actor=request.user, request=asked)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 16 else None
