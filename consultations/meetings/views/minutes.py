"""Minutes: written, corrected, signed, adopted, passed on, made public."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.second_factor import is_verified
from consultations.councils.selectors import bylaw
from consultations.meetings.forms import AmendmentForm, PassOnForm, ScanForm
from consultations.meetings.models import AgendaItem, Meeting, MinutesAmendment, MinutesLine, MinutesVersion
from consultations.meetings.selectors.minutes import minutes_content
from consultations.meetings.services import minutes
from consultations.meetings.views.access import (
    INVALID,
    StaffRequest,
    asked_why,
    attempt,
    desk,
    done_or_said,
    meeting_or_refuse,
    page,
    sent_file,
)
from core.repeats import once

PART = "item-"


def _lines(meeting: Meeting) -> list[tuple[AgendaItem, str]]:
    texts = dict(MinutesLine.objects.filter(item__meeting=meeting).values_list("item_id", "text"))
    return [(item, texts.get(item.pk, "")) for item in meeting.items.on_agenda()]


def _page(request: StaffRequest, meeting: Meeting, status: int = 200, **more: Any) -> HttpResponse:
    kept = getattr(meeting, "minutes", None)
    versions = list(kept.versions.select_related("signed_mandate")) if kept else []
    is_signed = meeting.state in {Meeting.State.MINUTES_SIGNED, Meeting.State.MINUTES_ADOPTED}
    signed = max(versions, key=lambda one: one.number, default=None) if is_signed else None
    context = {
        "content": signed.content if signed else minutes_content(meeting),
        "kept": kept,
        "versions": versions,
        "amendments": list(kept.amendments.select_related("mandate", "item")) if kept else [],
        "amendment_form": AmendmentForm(),
        "scan_form": ScanForm(),
        "pass_form": PassOnForm(initial=_passed(kept)),
        "is_public_by_rule": bool(bylaw(meeting.council, "minutes_public").value),
        **more,
    }
    return page(request, "meetings/desk/minutes.html", meeting, "minutes", status=status, **context)


def _passed(kept: Any) -> dict[str, Any]:
    if kept is None:
        return {}
    return {"to_operator_on": kept.passed_to_operator_on, "to_authority_on": kept.passed_to_authority_on}


def _post(
    request: StaffRequest, pk: UUID, verb: str, typed: tuple[str, Form], act: Callable[..., Any], said: str
) -> HttpResponse:
    """One of the small forms of the page (`typed`: its name there): done, or shown again with what was typed."""
    meeting, (name, form) = meeting_or_refuse(request, pk, verb), typed
    if attempt(form, lambda: act(actor=request.user, meeting=meeting, **form.cleaned_data)):
        messages.success(request, said)
        return redirect("meeting_desk:minutes", pk)
    return _page(request, meeting, INVALID, **{name: form})


@desk
@never_cache
def minutes_page(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The minutes as they stand, and what comes next."""
    return _page(request, meeting_or_refuse(request, pk))


@desk
@once
def minutes_write(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Every text of the minutes on one page."""
    meeting = meeting_or_refuse(request, pk, "write")
    kept = minutes.minutes_of(meeting)
    typed = [(item, request.POST.get(f"{PART}{item.pk}", text)) for item, text in _lines(meeting)]
    frame = {name: request.POST.get(name, getattr(kept, name)) for name in ("opening", "closing")}
    errors: list[str] = []
    if request.method == "POST":
        try:
            minutes.write_frame(actor=request.user, meeting=meeting, **frame)
            for item, text in typed:
                minutes.write_line(actor=request.user, item=item, text=text)
        except ValidationError as error:
            errors = error.messages
        else:
            messages.success(request, _("The minutes are kept."))
            return redirect("meeting_desk:minutes", pk)
    return page(request, "meetings/desk/minutes_write.html", meeting, "minutes", lines=typed, frame=frame, errors=errors, status=INVALID if errors else 200)  # fmt: skip


@desk
@require_POST
@once
def minutes_share(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show the draft to those who came."""
    meeting = meeting_or_refuse(request, pk)
    return done_or_said(
        request,
        lambda: minutes.share_minutes(actor=request.user, meeting=meeting),
        _("Those who came may now read the draft and ask for corrections."),
        "meeting_desk:minutes",
        pk,
    )


@desk
@require_POST
@once
def amendment_add(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A correction asked for."""
    return _post(
        request,
        pk,
        "amend",
        ("amendment_form", AmendmentForm(request.POST)),
        minutes.propose_amendment,
        _("Your correction is sent to who writes the minutes."),
    )


@desk
@require_POST
@once
def amendment_answer(request: StaffRequest, pk: UUID, amendment_pk: UUID) -> HttpResponse:
    """Taken, or not and why."""
    meeting = meeting_or_refuse(request, pk, "answer_amendment")
    rows = MinutesAmendment.objects.select_related("minutes__meeting")
    asked = get_object_or_404(rows, pk=amendment_pk, minutes__meeting=meeting)
    return done_or_said(
        request,
        lambda: minutes.answer_amendment(
            actor=request.user,
            amendment=asked,
            accepted="accept" in request.POST,
            answer=request.POST.get("answer", ""),
        ),
        _("The correction is answered."),
        "meeting_desk:minutes",
        pk,
    )


@desk
@never_cache
@once
def minutes_sign(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Read, then sign: the signature binds to the very text of this page."""
    meeting = meeting_or_refuse(request, pk)
    minutes.check_presides(request.user, meeting)
    meeting_or_refuse(request, pk, "sign")
    content = minutes_content(meeting)
    has_factor = is_verified(get_authentication_records(request, request.user))
    if request.method == "POST":
        return done_or_said(
            request,
            lambda: minutes.sign_minutes(
                actor=request.user,
                meeting=meeting,
                read_hash=request.POST.get("hash", ""),
                has_second_factor=has_factor,
            ),
            _("The minutes are signed."),
            "meeting_desk:minutes",
            pk,
        )
    digest = minutes.content_hash(content)
    return page(
        request,
        "meetings/desk/minutes_sign.html",
        meeting,
        "minutes",
        content=content,
        hash=digest,
        has_factor=has_factor,
    )


@desk
@require_POST
@once
def minutes_attach(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The paper signed by the president, scanned."""
    form = ScanForm(request.POST, request.FILES)
    return _post(
        request,
        pk,
        "attach_signed",
        ("scan_form", form),
        minutes.attach_signed,
        _("The signed minutes are attached."),
    )


@desk
@require_safe
def minutes_scan(request: StaffRequest, pk: UUID, version_pk: UUID) -> HttpResponse:
    """The scan, for those who read the minutes."""
    meeting = meeting_or_refuse(request, pk)
    rows = MinutesVersion.objects.filter(minutes__meeting=meeting).exclude(scan="")
    version = get_object_or_404(rows, pk=version_pk)
    return sent_file(version.scan)


@desk
@once
def minutes_correct(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take signed minutes up again, and why."""
    meeting = meeting_or_refuse(request, pk, "correct")
    act, said = (
        partial(minutes.correct_minutes, meeting=meeting),
        _("The signed version stays; write the new one, then sign it."),
    )
    return asked_why(request, meeting, ("meetings/desk/minutes_correct.html", "minutes"), act, said)


@desk
@require_POST
@once
def minutes_adopt(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The council adopted them."""
    meeting = meeting_or_refuse(request, pk, "adopt")
    return done_or_said(
        request,
        lambda: minutes.adopt_minutes(actor=request.user, meeting=meeting),
        _("The adoption is recorded."),
        "meeting_desk:minutes",
        pk,
    )


@desk
@require_POST
@once
def minutes_pass_on(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The managing body and the authority received them."""
    return _post(
        request,
        pk,
        "pass_on",
        ("pass_form", PassOnForm(request.POST)),
        minutes.pass_on_minutes,
        _("It is recorded."),
    )


@desk
@once
def minutes_redact(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Read every text again before anyone may."""
    meeting = meeting_or_refuse(request, pk, "redact")
    kept = minutes.minutes_of(meeting)
    lines = [(item, text) for item, text in _lines(meeting) if not item.is_confidential]
    if request.method == "POST":
        texts = {str(item.pk): request.POST.get(f"{PART}{item.pk}", "") for item, _text in lines}
        texts |= {name: request.POST.get(name, "") for name in ("opening", "closing")}
        return done_or_said(
            request,
            lambda: minutes.redact_minutes(actor=request.user, meeting=meeting, texts=texts),
            _("The public text is ready. Publish it when the president agrees."),
            "meeting_desk:minutes",
            pk,
        )
    shown = [(item, kept.public_text.get(str(item.pk), text)) for item, text in lines]
    frame = {name: kept.public_text.get(name, getattr(kept, name)) for name in ("opening", "closing")}
    return page(request, "meetings/desk/minutes_redact.html", meeting, "minutes", lines=shown, frame=frame)


@desk
@require_POST
@once
def minutes_public(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Publish, or withdraw."""
    meeting = meeting_or_refuse(request, pk, "publish")
    withdraws = "withdraw" in request.POST
    act = minutes.withdraw_minutes if withdraws else minutes.publish_minutes
    said = _("The minutes are no longer public.") if withdraws else _("The minutes are public.")
    return done_or_said(
        request, lambda: act(actor=request.user, meeting=meeting), said, "meeting_desk:minutes", pk
    )


@desk
@once
def minutes_easy(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The same in easy words."""
    meeting = meeting_or_refuse(request, pk, "write_easy")
    kept = minutes.minutes_of(meeting)
    text, errors = request.POST.get("text", kept.easy_read), []
    if request.method == "POST":
        try:
            minutes.write_easy_read(actor=request.user, meeting=meeting, text=text)
        except ValidationError as error:
            errors = error.messages
        else:
            messages.success(request, _("The easy-read version is kept."))
            return redirect("meeting_desk:minutes", pk)
    return page(request, "meetings/desk/minutes_easy.html", meeting, "minutes", text=text, errors=errors, status=INVALID if errors else 200)  # fmt: skip
