"""A meeting in the workspace: the list, one's own page, writing it, cancelling it, its second meeting."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from consultations.councils.models import Council, Mandate
from consultations.councils.selectors import members
from consultations.meetings.forms import MeetingForm
from consultations.meetings.models import Meeting
from consultations.meetings.permissions import can_create_meeting
from consultations.meetings.selectors.desk import agenda_of, desk_list, is_today
from consultations.meetings.selectors.presence import room_of
from consultations.meetings.selectors.sending import sendings_of
from consultations.meetings.services import attending, preparing, sitting
from consultations.meetings.services.convening import notice_of
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
from consultations.meetings.wording import notice_words, quorum_title, quorum_words
from consultations.process.views.access import posted
from core.repeats import once


@desk
def meeting_list(request: StaffRequest) -> HttpResponse:
    """Meetings to come, minutes to finish, then the past."""
    return render(request, "meetings/desk/meeting_list.html", {"found": desk_list(request.user)})


def _choices(council: Council) -> list[Mandate]:
    return [one.mandate for one in members(council)]


@desk
@once
def meeting_create(request: StaffRequest, slug: str) -> HttpResponse:
    """A draft of this council."""
    council = get_object_or_404(Council, slug=slug)
    if not can_create_meeting(request.user, council):
        raise PermissionDenied(_("You may not prepare a meeting of this council."))
    form = MeetingForm(posted(request), mandates=_choices(council))
    made = attempt(
        form,
        lambda: preparing.create_meeting(actor=request.user, council=council, **form.fields_for_service()),
    )
    if made:
        messages.success(request, _("The meeting is prepared. Now build its agenda."))
        return redirect("meeting_desk:agenda", made.pk)
    context = {"form": form, "council": council, "meeting": None}
    return render(request, "meetings/desk/meeting_form.html", context, status=INVALID if form.errors else 200)


@desk
@once
def meeting_edit(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change the day, the place, the texts; members already convened get another notice."""
    meeting = meeting_or_refuse(request, pk, "edit")
    form = MeetingForm(
        posted(request), initial=MeetingForm.initial_of(meeting), mandates=_choices(meeting.council)
    )
    if attempt(
        form,
        lambda: preparing.update_meeting(actor=request.user, meeting=meeting, **form.fields_for_service()),
    ):
        messages.success(request, _("The meeting is changed."))
        return redirect("meeting_desk:detail", pk)
    return page(
        request,
        "meetings/desk/meeting_form.html",
        meeting,
        "overview",
        form=form,
        status=INVALID if form.errors else 200,
    )


@desk
def meeting_detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Where the meeting stands, and what is to be done now."""
    meeting = meeting_or_refuse(request, pk)
    found = notice_of(meeting)
    verdict = room_of(meeting).verdict if meeting.state in {Meeting.State.CONVENED, *Meeting.HELD} else None
    carried = meeting.items.filter(state="carried", carried_to=None, purpose__in=("opinion", "vote")).count()
    return page(
        request,
        "meetings/desk/meeting_detail.html",
        meeting,
        "overview",
        agenda=agenda_of(meeting),
        notice=found,
        notice_words=notice_words(found),
        sendings=sendings_of(meeting),
        verdict=verdict,
        quorum_title=quorum_title(verdict) if verdict else "",
        quorum_words=quorum_words(verdict) if verdict else [],
        carried=carried,
        second=Meeting.objects.filter(reconvened_from=meeting).first(),
        is_today=is_today(meeting),
        is_past=meeting.ends_at < timezone.now(),
    )


@desk
@once
def meeting_cancel(request: StaffRequest, pk: UUID) -> HttpResponse:
    """It will not be held, and why."""
    meeting = meeting_or_refuse(request, pk, "cancel")
    act, said = (
        partial(preparing.cancel_meeting, meeting=meeting),
        _("The meeting is cancelled. Its page and calendars say so."),
    )
    return asked_why(request, meeting, ("meetings/desk/cancel.html", "overview"), act, said)


@desk
def meeting_delete(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Never: the page says why, and what to do instead."""
    meeting = meeting_or_refuse(request, pk)
    raise PermissionDenied(preparing.refuse_deletion(meeting))


STEPS = {
    "ouvrir-accueil": (
        attending.open_doors,
        gettext_lazy("The doors are open: members may check in."),
        "attendance",
    ),
    "ouvrir": (sitting.open_meeting, gettext_lazy("The meeting is open."), "sitting"),
    "suspendre": (sitting.suspend_meeting, gettext_lazy("The meeting is suspended."), "sitting"),
    "reprendre": (sitting.resume_meeting, gettext_lazy("The meeting goes on."), "sitting"),
    "reporter": (
        sitting.carry_undecided,
        gettext_lazy("What decides is carried to a second meeting."),
        "sitting",
    ),
    "lever": (sitting.close_meeting, gettext_lazy("The meeting is over. Finish the minutes."), "minutes"),
}


@desk
@require_POST
@once
def meeting_step(request: StaffRequest, pk: UUID, step: str) -> HttpResponse:
    """A step of the meeting's life, by one button."""
    meeting = meeting_or_refuse(request, pk)
    if step not in STEPS:
        raise PermissionDenied(_("This step does not exist."))
    act, said, place = STEPS[step]
    return done_or_said(
        request, lambda: act(actor=request.user, meeting=meeting), str(said), f"meeting_desk:{place}", pk
    )


@desk
@require_POST
@once
def meeting_reconvene(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The second meeting, in one click."""
    meeting = meeting_or_refuse(request, pk, "reconvene")
    try:
        again = preparing.reconvene(actor=request.user, meeting=meeting)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("meeting_desk:detail", pk)
    messages.success(
        request,
        _("The second meeting is prepared, with what was carried. Check its day, then send the notice."),
    )
    return redirect("meeting_desk:detail", again.pk)
