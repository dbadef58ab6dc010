"""Who enters the pages of a meeting, and what every one of them shows."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models.fields.files import FieldFile
from django.forms import Form
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.access import take_errors
from consultations.councils.permissions import can_work_on_councils
from consultations.meetings.forms import ReasonForm
from consultations.meetings.models import Meeting
from consultations.meetings.permissions import parts_of
from consultations.meetings.states import LIFE
from consultations.process.views.access import StaffRequest, posted, workspace
from core.states import RefusedTransition

INVALID = 422
desk = workspace(can_work_on_councils)
__all__ = [
    "INVALID",
    "StaffRequest",
    "asked_why",
    "attempt",
    "desk",
    "done_or_said",
    "meeting_or_refuse",
    "page",
    "sent_file",
]


def meeting_or_refuse(request: StaffRequest, pk: UUID, verb: str = "read") -> Meeting:
    """The meeting for those who are something to it; what was asked is refused with what is possible."""
    found = Meeting.objects.select_related("council", "reconvened_from", "current_item", "minutes")
    meeting = get_object_or_404(found, pk=pk)
    parts = parts_of(request.user, meeting)
    if not LIFE.can("read", parts, meeting):
        raise PermissionDenied(_("Only those who sit in this council, or keep its papers, open this page."))
    if verb != "read":
        try:
            LIFE.entitle(verb, who=parts, subject=meeting)
        except RefusedTransition as refused:
            raise PermissionDenied(refused.messages[0]) from refused
    return meeting


def page(
    request: StaffRequest, template: str, meeting: Meeting, tab: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    """A page of the meeting with its tabs; `may` says what this person may do now."""
    parts = parts_of(request.user, meeting)
    may = {verb: LIFE.can(verb, parts, meeting) for verb in LIFE.verbs}
    context = {"meeting": meeting, "council": meeting.council, "may": may, "parts": parts, "tab": tab, **more}
    return render(request, template, context, status=status)


def attempt(form: Form, act: Callable[[], Any]) -> Any:
    """What the service made when the form is whole and nothing is refused; else None, said at its place."""
    if not (form.is_bound and form.is_valid()):
        return None
    try:
        return act() or True
    except ValidationError as error:
        take_errors(form, error)
        return None


def done_or_said(
    request: StaffRequest, act: Callable[[], Any], said: str, address: str, *args: Any
) -> HttpResponse:
    """Do what a button asks, say it, and come back; what is refused is said in the same place."""
    try:
        act()
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
    else:
        messages.success(request, said)
    return redirect(address, *args)


def asked_why(
    request: StaffRequest,
    meeting: Meeting,
    shown: tuple[str, str],
    act: Callable[..., Any],
    said: str,
    **more: Any,
) -> HttpResponse:
    """A page (`shown`: its template, its tab) that asks why before it does something, then goes back to that tab."""
    template, tab = shown
    form = ReasonForm(posted(request))
    if attempt(form, lambda: act(actor=request.user, **form.cleaned_data)):
        messages.success(request, said)
        return redirect(f"meeting_desk:{'detail' if tab == 'overview' else tab}", meeting.pk)
    return page(request, template, meeting, tab, status=INVALID if form.errors else 200, form=form, **more)


def sent_file(file: FieldFile) -> HttpResponse:
    """A private file, to be kept under its own name; whether this person may was checked."""
    name = str(file.name).rpartition("/")[2]
    response: Any = FileResponse(file.open(), as_attachment=True, filename=name)
    return response
